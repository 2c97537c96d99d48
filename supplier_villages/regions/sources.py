"""The regions as the vendored files tell them, checked before anything is written."""

import datetime as dt
import hashlib
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext

from marketplace.core.tabular import (
    Column,
    Row,
    RowError,
    TableError,
    choice,
    digits,
    read_table,
    text,
    whole_number,
)
from supplier_villages.regions.codes import ancestor_codes, level_of
from supplier_villages.regions.levels import Level

VENDORED = Path(__file__).parent / "data"
RULES = ("codes.py", "committees.py", "pinyin.py", "sources.py")
CHANGES = "county_code_changes_2014_2025.csv"
CHANGES_COLUMNS = (
    Column(name="last_year_end_with_old", parse=whole_number),
    Column(name="old_code", parse=digits(6, 9, 12), is_unique=True),
    Column(name="old_name", parse=text(100)),
    Column(name="new_code", aliases=("code2025",), parse=digits(6, 9, 12)),
)
MCA_LEVELS = {"1": Level.PROVINCE, "2": Level.PREFECTURE, "3": Level.COUNTY}


@dataclass(frozen=True)
class Layer:
    """A file of regions, and how it calls a region's code and its parent's."""

    file: str
    code: str
    code_digits: int
    parent: str
    parent_digits: int

    @property
    def columns(self) -> list[Column]:
        """What is read of the file."""
        return [
            Column(name="level", parse=choice(MCA_LEVELS), is_optional=self.code_digits > 6),
            Column(name=self.code, parse=digits(self.code_digits), is_unique=True),
            Column(name=self.parent, parse=digits(self.parent_digits), may_be_empty=True),
            Column(name="name", parse=text(100)),
        ]


LAYERS = (
    Layer("mca2025_to_county.csv", "code", 6, "parent", 6),
    Layer("nbs2023_towns_5prov.csv.gz", "code9", 9, "county", 6),
    # The ministry's townships have other codes than the bureau's: villages join only the bureau's towns.
    Layer("nbs2023_villages_5prov.csv.gz", "code12", 12, "town9", 9),
)


class SourceRegion(NamedTuple):
    """A region as a source states it."""

    code: str
    level: Level
    parent: str | None
    name: str


class SourceSuccession(NamedTuple):
    """A change of code as a source states it."""

    old_code: str
    old_name: str
    new_code: str
    changed_after: dt.date


@dataclass(frozen=True)
class Sources:
    """All regions of the country that the files know, and the changes of code."""

    regions: list[SourceRegion]
    successions: list[SourceSuccession]


def digest_of(directory: Path) -> str:
    """What differs whenever a file, or a rule by which it is read, does; a missing file counts as empty."""
    digest = hashlib.sha256(version("pypinyin").encode())
    files = [directory / name for name in (CHANGES, *(layer.file for layer in LAYERS))]
    for path in [*(Path(__file__).parent / name for name in RULES), *files]:
        digest.update(hashlib.sha256(path.read_bytes() if path.is_file() else b"").digest())
    return digest.hexdigest()


def read_sources(directory: Path) -> Sources:
    """What the four files of the directory say.

    Raises:
        TableError: a file is missing or cannot be read; a code is malformed, superseded or stands twice;
            a parent does not exist or does not enclose the region by its code.
    """
    changes = read_table(directory / CHANGES, CHANGES_COLUMNS)
    successors = {change["old_code"]: change["new_code"] for change in changes}
    regions: dict[str, SourceRegion] = {}
    for layer in LAYERS:
        rows = read_table(directory / layer.file, layer.columns)
        regions |= {row[layer.code]: _region(row, layer) for row in rows}
        _refuse(
            layer.file, [each for row in rows for each in _mistakes(row, layer, regions.keys(), successors)]
        )
    _refuse(CHANGES, [each for row in changes for each in _dead_ends(row, regions.keys(), successors)])
    return Sources(list(regions.values()), [_succession(row) for row in changes])


def _region(row: Row, layer: Layer) -> SourceRegion:
    code = row[layer.code]
    return SourceRegion(code, level_of(code), row[layer.parent], row["name"])


def _succession(row: Row) -> SourceSuccession:
    last_day = dt.date(row["last_year_end_with_old"], 12, 31)
    return SourceSuccession(row["old_code"], row["old_name"], row["new_code"], last_day)


def _refuse(file: str, errors: list[RowError]) -> None:
    if errors:
        raise TableError(file, errors)


def _mistakes(row: Row, layer: Layer, known: Set[str], successors: Mapping[str, str]) -> Iterator[RowError]:
    code, parent = row[layer.code], row[layer.parent]
    level = level_of(code)
    if code in successors:
        yield _superseded(row, layer.code, code, successors)
    if row["level"] not in (None, level):
        yield row.error(
            "level",
            gettext("The digits of %(code)s mean “%(level)s”.") % {"code": code, "level": level.label},
            gettext("Correct the level or the code."),
        )
    if (parent is None) != (level is Level.PROVINCE):
        yield row.error(
            layer.parent,
            gettext("A province has no parent, and every other region has one."),
            gettext("Empty the cell of a province; fill in that of %(code)s.") % {"code": code},
        )
    elif parent is not None:
        yield from _parent_mistakes(row, layer, known, successors)


def _parent_mistakes(
    row: Row, layer: Layer, known: Set[str], successors: Mapping[str, str]
) -> Iterator[RowError]:
    code, parent = row[layer.code], row[layer.parent]
    if parent in successors:
        yield _superseded(row, layer.parent, parent, successors)
    elif parent not in known:
        yield row.error(
            layer.parent,
            gettext("There is no region %(code)s.") % {"code": parent},
            gettext("Correct the code, or add the region with its own row."),
        )
    elif parent not in ancestor_codes(code):
        yield row.error(
            layer.parent,
            gettext("By its digits %(code)s does not lie in %(parent)s.") % {"code": code, "parent": parent},
            gettext("Correct one of the two codes."),
        )


def _superseded(row: Row, column: str, code: str, successors: Mapping[str, str]) -> RowError:
    return row.error(
        column,
        gettext("The code %(code)s is no longer in force.") % {"code": code},
        gettext("Use its successor %(successor)s.") % {"successor": successors[code]},
    )


def _dead_ends(row: Row, known: Set[str], successors: Mapping[str, str]) -> Iterator[RowError]:
    if not 1949 <= row["last_year_end_with_old"] <= 2200:
        yield row.error(
            "last_year_end_with_old",
            gettext("“%(cell)s” is not a year.") % {"cell": row["last_year_end_with_old"]},
            gettext("Write the year with four digits."),
        )
    if row["new_code"] not in known:
        yield row.error(
            "new_code",
            gettext("There is no region %(code)s.") % {"code": row["new_code"]},
            gettext("Correct the code, or add the region with its own row."),
        )
