"""Columns as an import declares them, and where they stand in a file's header."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext

from marketplace.core.tabular.errors import RowError


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column that is read; others in the file are ignored.

    `parse` turns a trimmed, non-empty cell into its value or raises CellError; an empty cell is None.
    """

    name: str
    parse: Callable[[str], Any] = str
    aliases: tuple[str, ...] = ()  # other headings that mean the same
    is_optional: bool = False  # the file may lack it altogether; its value is then None
    may_be_empty: bool = False
    is_unique: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """Every heading by which the column goes."""
        return (self.name, *self.aliases)


@dataclass(frozen=True)
class Placed:
    """A declared column and where the file has it."""

    column: Column
    index: int
    heading: str


def place_columns(columns: Sequence[Column], header: Sequence[str]) -> tuple[list[Placed], list[RowError]]:
    """The declared columns that the header has, and an error for each that it lacks or has twice."""
    placed: list[Placed] = []
    errors: list[RowError] = []
    for column in columns:
        found = [index for index, heading in enumerate(header) if heading in column.names]
        if len(found) > 1:
            errors.append(_twice(header[found[1]]))
        elif found:
            placed.append(Placed(column, found[0], header[found[0]]))
        elif not column.is_optional:
            errors.append(_missing(column, header))
    return placed, errors


def _missing(column: Column, header: Sequence[str]) -> RowError:
    similar = get_close_matches(column.name, header, n=1)
    if similar:
        remedy = gettext("Rename “%(heading)s” to “%(name)s”.") % {
            "heading": similar[0], "name": column.name,
        }  # fmt: skip
    else:
        remedy = gettext("Add it; the first row now says: %(header)s.") % {"header": ", ".join(header[:20])}
    return RowError(row=1, column=column.name, message=gettext("The column is missing."), remedy=remedy)


def _twice(heading: str) -> RowError:
    return RowError(
        row=1,
        column=heading,
        message=gettext("Two columns say the same."),
        remedy=gettext("Delete one of them."),
    )
