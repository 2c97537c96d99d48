"""Merging keeps work; writing is stable; compiling happens only when needed."""

import os
from pathlib import Path

from babel.messages.catalog import Catalog

from marketplace.core.translations import catalogs


def catalog(**translations: str) -> Catalog:
    made = Catalog(locale="zh_Hans")
    for text, string in translations.items():
        made.add(text, string)
    return made


def strings(made: Catalog) -> dict[str, str]:
    return {message.id: message.string for message in catalogs.texts(made)}


def test_merging_drops_what_no_source_has_and_keeps_the_first_translation() -> None:
    merged = catalogs.merge(
        catalog(Ship="", Price="", New=""),
        [catalog(Ship="发货", Old="旧"), catalog(Ship="装船", Price="价格")],
    )
    assert strings(merged) == {"Ship": "发货", "Price": "价格", "New": ""}


def test_what_is_written_reads_the_same_and_is_sorted_without_dates(tmp_path: Path) -> None:
    path = tmp_path / "django.po"
    catalogs.write(catalog(b="二", a="一"), path)
    first = path.read_text()
    catalogs.write(catalogs.read(path), path)
    assert path.read_text() == first
    assert first.index('msgid "a"') < first.index('msgid "b"')
    assert "Date" not in first


def test_compiling_again_writes_only_what_changed(tmp_path: Path) -> None:
    folder = tmp_path / "zh_Hans" / "LC_MESSAGES"
    catalogs.write(catalog(a="一"), folder / "django.po")
    assert catalogs.compile_changed([tmp_path]) == [folder / "django.mo"]
    assert catalogs.compile_changed([tmp_path]) == []
    os.utime(folder / "django.mo", (0, 0))
    assert catalogs.compile_changed([tmp_path]) == [folder / "django.mo"]
    assert [path.name for path in sorted(folder.iterdir())] == ["django.mo", "django.po"]
