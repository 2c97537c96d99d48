"""CSV files that people made: what is taken, and what each mistake is called."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation

from marketplace.core.tabular import (
    Column,
    RowError,
    TableError,
    choice,
    day,
    digits,
    read_table,
    text,
    whole_number,
)

COLUMNS = [
    Column(name="code", parse=digits(6, 9), is_unique=True),
    Column(name="name", aliases=("village_name",), parse=text(5)),
    Column(name="households", parse=whole_number, is_optional=True, may_be_empty=True),
]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """Where the test writes its file."""
    return tmp_path / "table.csv"


def refusal(path: Path) -> list[str]:
    """The mistakes, each as a user reads it."""
    with pytest.raises(TableError) as caught:
        read_table(path, COLUMNS)
    assert caught.value.file == path.name
    return [str(error) for error in caught.value.errors]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_rows_carry_values_and_the_number_that_a_spreadsheet_shows(table: Path, encoding: str) -> None:
    table.write_text("code,name,note\n445203, 揭东区 ,x\n\n,,\n４４５２０２,榕城区,\n", encoding=encoding)
    rows = read_table(table, COLUMNS)
    assert [(row.number, row["code"], row["name"], row["households"]) for row in rows] == [
        (2, "445203", "揭东区", None),
        (5, "445202", "榕城区", None),
    ]


def test_an_alias_is_named_in_errors_as_the_file_names_it(table: Path) -> None:
    table.write_text("code,village_name\n445203,一二三四五六\n")
    assert refusal(table) == ["row 2, column village_name: The text has 6 characters. Shorten it to 5."]


def test_a_packed_file_is_read(tmp_path: Path) -> None:
    packed = tmp_path / "table.csv.gz"
    packed.write_bytes(gzip.compress("code,name\n445203,揭东区\n".encode()))
    assert read_table(packed, COLUMNS)[0]["name"] == "揭东区"


def test_every_mistake_is_named_at_once(table: Path) -> None:
    table.write_text("code,name,households\n4.45203E+11,揭东区,1\n445202,,1.5\n445203,a\n445202,b,2\n")
    assert refusal(table) == [
        (
            "row 2, column code: “4.45203E+11” is not a code. Write it with 6/9 digits, in a column that the "
            "spreadsheet treats as text."
        ),
        "row 3, column name: The cell is empty. Fill it in.",
        "row 3, column households: “1.5” is not a whole number. Write digits only.",
        (
            "row 4: The row has 2 cells, the header 3. Look for a comma too many or too few; text with "
            "a comma stands in quotation marks."
        ),
        "row 5, column code: “445202” stands already in row 3. Delete or correct one of the two rows.",
    ]


def test_a_misspelt_heading_is_recognised(table: Path) -> None:
    table.write_text("cod,name\n445203,揭东区\n")
    assert refusal(table) == ["row 1, column code: The column is missing. Rename “cod” to “code”."]


def test_a_file_without_its_header_is_told_what_its_first_row_says(table: Path) -> None:
    table.write_text("445203,揭东区\n")
    assert refusal(table) == [
        "row 1, column code: The column is missing. Add it; the first row now says: 445203, 揭东区.",
        "row 1, column name: The column is missing. Add it; the first row now says: 445203, 揭东区.",
    ]


def test_a_column_that_stands_twice_is_refused(table: Path) -> None:
    table.write_text("code,name,village_name\n445203,a,b\n")
    assert refusal(table) == ["row 1, column village_name: Two columns say the same. Delete one of them."]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("code,name\n445203,揭东区\n".encode("gb18030"), "GB18030"),
        ("code,name\n445203,揭东区\n".encode("utf-16"), "UTF-16"),
        (b"PK\x03\x04rest of a workbook", "Excel workbook"),
        (b"\xff\xff\xff", "not encoded in UTF-8"),
        (b"code\x00,name", "not text"),
    ],
)
def test_other_encodings_are_named_not_guessed(table: Path, content: bytes, message: str) -> None:
    table.write_bytes(content)
    (error,) = refusal(table)
    assert message in error
    assert error.endswith("In Excel or WPS choose “Save as”, then “CSV UTF-8”.")


def test_an_open_quotation_mark_is_found(table: Path) -> None:
    table.write_text('code,name\n445203,"揭东区\n')
    (error,) = refusal(table)
    assert error.startswith("row 2: The row cannot be read")


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    assert refusal(missing) == [f"There is no such file. Check the path: {missing}"]


def test_a_damaged_packed_file_is_refused(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.csv.gz"
    damaged.write_bytes(gzip.compress(b"code,name\n" * 100)[:-12])
    assert refusal(damaged)[0].startswith("The compressed file is damaged.")


def test_an_empty_file_lacks_its_columns(table: Path) -> None:
    table.write_text("")
    assert len(refusal(table)) == 2


def test_a_wrong_file_is_not_read_to_its_end(table: Path) -> None:
    table.write_text("code,name\n" + "x,y\n" * 5000)
    assert len(refusal(table)) == 200


def test_a_long_list_of_mistakes_is_cut_and_says_that_nothing_was_imported() -> None:
    errors = [RowError(row=number, message="Wrong.", remedy="Right it.") for number in range(2, 25)]
    lines = str(TableError("a.csv", errors)).splitlines()
    assert lines[0] == "a.csv: row 2: Wrong. Right it."
    assert lines[-2:] == ["… and 3 more mistakes.", "Nothing was imported."]
    assert len(lines) == 22


def test_days_and_choices_are_read(table: Path) -> None:
    table.write_text("from,kind\n2020-02-30,东西部\n2020-02-29,东西部扶贫协作\n")
    columns = [Column(name="from", parse=day), Column(name="kind", parse=choice({"东西部扶贫协作": 1}))]
    with pytest.raises(TableError) as caught:
        read_table(table, columns)
    assert [str(error) for error in caught.value.errors] == [
        "row 2, column from: “2020-02-30” is not a day. Write year, month and day like 2020-03-31.",
        "row 2, column kind: “东西部” is not known here. Write one of: 东西部扶贫协作.",
    ]
