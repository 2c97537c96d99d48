"""The .po files that translators edit and the .mo files that Django reads."""

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.reloader import translation_file_changed

# Nothing that changes by itself: two branches that add texts meet only where the texts do.
HEADER = """\
msgid ""
msgstr ""
"Language: zh_Hans\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def po_file() -> Path:
    """The Chinese translations of our own texts."""
    path: Path = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    return path


def read(path: Path) -> Catalog:
    """The translations in a .po file; none if there is no such file."""
    if not path.exists():
        return Catalog(locale="zh_Hans")
    with path.open("rb") as file:
        return read_po(file, locale="zh_Hans", charset="utf-8", abort_invalid=True)


def texts(catalog: Catalog) -> Iterator[Message]:
    """The messages of a catalogue without its header."""
    return (message for message in catalog if message.id)


def merge(sources: Catalog, translations: Iterable[Catalog]) -> Catalog:
    """Exactly the texts of the sources, each with the first translation that is not empty.

    A text without a translation stays empty: the completeness test names it.
    """
    merged = Catalog(locale="zh_Hans")
    for message in texts(sources):
        found = (each.get(message.id, message.context) for each in translations)
        known = next((each.string for each in found if each and is_translated(each)), "")
        merged.add(message.id, known, context=message.context)
    return merged


def is_translated(message: Message) -> bool:
    """Whether the message has a translation in each plural form and nobody doubts it."""
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(strings) and not message.fuzzy


def write(catalog: Catalog, path: Path) -> None:
    """Writes a .po file: sorted by text, without line numbers and dates."""
    body = io.BytesIO()
    write_po(body, catalog, width=0, no_location=True, omit_header=True, sort_output=True)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + body.getvalue().decode())


def compile_changed(folders: Iterable[Path]) -> list[Path]:
    """The .mo files written because their .po file is newer, or because there was none.

    Whatever this process had read of the old ones is forgotten: what it says next is in the new words.
    """
    written = []
    for source in sorted(path for folder in folders for path in folder.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            _compile(source, target)
            translation_file_changed(sender=None, file_path=target)
            written.append(target)
    return written


def _compile(source: Path, target: Path) -> None:
    """Whole or not at all: a server may be reading the old file."""
    draft = target.with_suffix(f".{os.getpid()}.part")
    with draft.open("wb") as file:
        write_mo(file, read(source))
    draft.replace(target)
