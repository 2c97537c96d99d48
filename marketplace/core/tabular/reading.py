"""Rows out of a CSV file."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext

from marketplace.core.tabular.cells import CellError
from marketplace.core.tabular.columns import Column, Placed, place_columns
from marketplace.core.tabular.decoding import read_text
from marketplace.core.tabular.errors import RowError, TableError

MAX_ERRORS = 200  # a file with more is the wrong file: no one reads on


@dataclass(frozen=True, slots=True)
class Row:
    """A row's values by declared column; `number` as a spreadsheet shows it, `headings` as the file says."""

    number: int
    values: Mapping[str, Any]
    headings: Mapping[str, str]

    def __getitem__(self, column: str) -> Any:
        return self.values[column]

    def error(self, column: str, message: str, remedy: str) -> RowError:
        """A mistake in this row that only the caller can see."""
        return RowError(
            row=self.number, column=self.headings.get(column, column), message=message, remedy=remedy
        )


def read_table(path: Path, columns: Sequence[Column]) -> list[Row]:
    """The file's rows in order, empty ones left out.

    Raises:
        TableError: with every mistake that was found in header and cells, at most 200.
    """
    return parse_table(read_text(path), columns, file=path.name)


def parse_table(content: str, columns: Sequence[Column], *, file: str) -> list[Row]:
    """The rows of a CSV text; `file` is what an error calls it. Raises TableError."""
    records = _records(content, file)
    _, header = next(records, (1, []))
    placed, errors = place_columns(columns, header)
    if errors:
        raise TableError(file, errors)
    rows = _Rows(columns, placed, len(header))
    for number, record in records:
        rows.add(number, record)
        if len(rows.errors) >= MAX_ERRORS:
            break
    if rows.errors:
        raise TableError(file, rows.errors)
    return rows.taken


def _records(content: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """Numbered records with trimmed cells; those without any text are counted and left out."""
    number = 0
    try:
        for number, record in enumerate(csv.reader(io.StringIO(content, newline=""), strict=True), start=1):
            cells = [cell.strip() for cell in record]
            if any(cells):
                yield number, cells
    except csv.Error as error:
        message = gettext("The row cannot be read (%(reason)s).") % {"reason": error}
        remedy = gettext("Look for a quotation mark that is not closed.")
        raise TableError(file, [RowError(row=number + 1, message=message, remedy=remedy)]) from error


class _Rows:
    """Records parsed one by one; values and errors pile up."""

    def __init__(self, columns: Sequence[Column], placed: Sequence[Placed], width: int) -> None:
        self.placed = placed
        self.width = width
        self.headings = {each.column.name: each.heading for each in placed}
        self.absent = {column.name: None for column in columns if column.name not in self.headings}
        self.seen: dict[str, dict[Any, int]] = {
            each.column.name: {} for each in placed if each.column.is_unique
        }
        self.taken: list[Row] = []
        self.errors: list[RowError] = []

    def add(self, number: int, cells: list[str]) -> None:
        if len(cells) != self.width:
            self.errors.append(self._wrong_width(number, len(cells)))
            return
        values: dict[str, Any] = dict(self.absent)
        for each in self.placed:
            try:
                values[each.column.name] = self._value(each.column, cells[each.index], number)
            except CellError as refused:
                self.errors.append(
                    RowError(row=number, column=each.heading, message=refused.message, remedy=refused.remedy)
                )
        self.taken.append(Row(number, values, self.headings))

    def _value(self, column: Column, cell: str, number: int) -> Any:
        if not cell:
            if column.may_be_empty:
                return None
            raise CellError(gettext("The cell is empty."), gettext("Fill it in."))
        value = column.parse(cell)
        if column.is_unique:
            first = self.seen[column.name].setdefault(value, number)
            if first != number:
                raise CellError(
                    gettext("“%(cell)s” stands already in row %(row)d.") % {"cell": cell, "row": first},
                    gettext("Delete or correct one of the two rows."),
                )
        return value

    def _wrong_width(self, number: int, found: int) -> RowError:
        return RowError(
            row=number,
            message=gettext("The row has %(found)d cells, the header %(expected)d.")
            % {"found": found, "expected": self.width},
            remedy=gettext(
                "Look for a comma too many or too few; text with a comma stands in quotation marks."
            ),
        )
