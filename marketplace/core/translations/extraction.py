"""The texts of our own sources: Python and templates."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import cast

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from django.conf import settings
from django.utils.translation.template import templatize

SOURCES = {
    "marketplace": ("*.py", "*.html", "*.txt"),
    "catalog": ("*.py", "*.html", "*.txt"),
    "supplier_villages": ("*.py", "*.html", "*.txt"),
    "cms": ("*.py", "*.html", "*.txt"),
    "templates": ("*.html", "*.txt"),
}
# The lazy functions take the same arguments as those that Babel knows.
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Call = tuple[str, tuple[str, ...]]
Arguments = str | None | tuple[str | None, ...]


def source_messages() -> Catalog:
    """Every text of our sources, without translations; one entry per text (and context)."""
    messages = Catalog()
    for path in source_files():
        for function, arguments in _texts(path):
            _add(messages, function, arguments)
    return messages


def source_files() -> list[Path]:
    """The files whose texts are translated, sorted."""
    return sorted(
        path
        for folder, patterns in SOURCES.items()
        for pattern in patterns
        for path in (settings.BASE_DIR / folder).rglob(pattern)
    )


def texts_of_template(template: str, *, origin: str | None = None) -> Iterator[Call]:
    """(function, arguments) of each translated text in a Django template."""
    # Without its indentation, which Python would read as blocks.
    lines = (line.strip() for line in templatize(template, origin=origin).splitlines())
    return texts_of_python("\n".join(lines))


def texts_of_python(source: str) -> Iterator[Call]:
    """(function, arguments) of each call that translates a literal text."""
    found = extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {})
    # Babel's annotation is that of another function's result.
    for _, function, text, _ in cast("Iterator[tuple[int, str | None, Arguments, list[str]]]", found):
        arguments = text if isinstance(text, tuple) else (text,)
        if function and arguments[0]:
            yield function, tuple(argument for argument in arguments if argument)


def _texts(path: Path) -> Iterator[Call]:
    source = path.read_text()
    return texts_of_python(source) if path.suffix == ".py" else texts_of_template(source, origin=str(path))


def _add(messages: Catalog, function: str, arguments: tuple[str, ...]) -> None:
    """Adds a text as its function says which argument is singular, plural and context."""
    spec = KEYWORDS[function] or (1,)
    numbers = [each for each in spec if isinstance(each, int)]
    context = next((arguments[each[0] - 1] for each in spec if isinstance(each, tuple)), None)
    if len(arguments) >= max(numbers):
        ids = tuple(arguments[number - 1] for number in numbers)
        messages.add(ids if len(ids) > 1 else ids[0], context=context)
