"""Tables for spreadsheets."""

import io
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import IO, Any

import pytest
from openpyxl import load_workbook

from marketplace.county_figures import exports

HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1", '=HYPERLINK("http://x")']


def written_by(write: Callable[..., None], **table: Any) -> bytes:
    """What stands in the file."""
    file = io.BytesIO()
    write(file, **table)
    return file.getvalue()


csv_bytes, xlsx_bytes = partial(written_by, exports.write_csv), partial(written_by, exports.write_xlsx)


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula_in_csv(text: str) -> None:
    written = csv_bytes(header=["名称"], rows=[[text]])
    assert f"'{text}" in written.decode("utf-8-sig").replace('""', '"')


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_a_formula_in_xlsx_and_it_stays_as_it_is(text: str) -> None:
    written = xlsx_bytes(title="销售额", header=["名称"], rows=[[text]])
    cell = load_workbook(io.BytesIO(written)).active["A2"]
    assert (cell.data_type, cell.value, bool(cell.quotePrefix)) == ("s", text, True)


def test_csv_opens_in_chinese_and_keeps_negative_amounts_as_numbers() -> None:
    written = csv_bytes(header=["code", "名称"], rows=[["445224", exports.yuan(-123_450)]])
    assert written == b"\xef\xbb\xbf" + "code,名称\r\n445224,-1234.50\r\n".encode()


def test_xlsx_has_texts_as_texts_and_amounts_as_numbers_with_two_decimals() -> None:
    rows = [["445224", exports.yuan(123_450)]]
    written = xlsx_bytes(title="销售额", header=["地区代码", "验收额（元）"], rows=rows)
    sheet = load_workbook(io.BytesIO(written))["销售额"]
    assert [cell.value for cell in sheet[1]] == ["地区代码", "验收额（元）"]
    code, amount = sheet[2]
    assert (code.value, code.data_type) == ("445224", "s")
    assert (Decimal(str(amount.value)), amount.number_format) == (Decimal("1234.5"), "#,##0.00")
    assert sheet.freeze_panes == "A2"


def lines(number: int) -> Iterator[Sequence[exports.Cell]]:
    """So many rows, made as they are asked for, none like another."""
    for each in range(number):
        yield f"订单 {each}", f"示范市第{each}中学", each, exports.yuan(each)


@pytest.mark.parametrize("write", [exports.write_csv, partial(exports.write_xlsx, title="明细")])
def test_a_long_file_takes_no_more_memory_than_a_short_one(write: Callable[..., None]) -> None:
    def peak(number: int) -> int:
        with tempfile.TemporaryFile() as file:
            written: IO[bytes] = file
            tracemalloc.start()
            write(written, header=["订单", "采购方", "数量", "金额"], rows=lines(number))
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        return most

    peak(10)  # what is loaded once
    assert peak(2_000) < 1.2 * peak(500)
