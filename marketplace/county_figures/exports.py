"""Tables as XLSX and CSV for people who open them in a spreadsheet: a text never runs as a formula there."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import IO, TypeAlias

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Cell: TypeAlias = str | int | Decimal

# A tab or a line's end before such a character is dropped by some programs, so they count too.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
MONEY_FORMAT = "#,##0.00"


def yuan(fen: int) -> Decimal:
    """An amount in CNY with its two decimals: 123450 fen are 1234.50."""
    return Decimal(fen).scaleb(-2)


def write_csv(file: IO[bytes], *, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """The table as CSV that Excel opens in Chinese (UTF-8 with its mark); a text like =1 begins with '.

    Row after row, so that the rows may be many.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([safe_text(title) for title in header])
    writer.writerows([_csv_value(cell) for cell in row] for row in rows)
    text.detach()  # the file stays open


def write_xlsx(file: IO[bytes], *, title: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """The table as a workbook of one sheet: text as text, whatever it begins with, amounts as numbers.

    Row after row, too: the library keeps them on the disk.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append([_xlsx_cell(sheet, value) for value in header])
    for row in rows:
        sheet.append([_xlsx_cell(sheet, value) for value in row])
    book.save(file)


def safe_text(text: str) -> str:
    """The text, with a ' before it if a spreadsheet would take it for a formula."""
    return f"'{text}" if _is_like_formula(text) else text


def _is_like_formula(text: str) -> bool:
    return text.lstrip(" ").startswith(FORMULA_STARTS)


def _csv_value(cell: Cell) -> Cell:
    return safe_text(cell) if isinstance(cell, str) else cell


def _xlsx_cell(sheet: object, value: Cell) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # openpyxl takes "=…" for a formula
        cell.quotePrefix = _is_like_formula(value)  # nor does it become one when somebody edits the cell
    elif isinstance(value, Decimal):
        cell.number_format = MONEY_FORMAT
    return cell
