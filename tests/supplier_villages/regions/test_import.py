"""Importing the tree: what changes, what does not, and that a mistake leaves nothing behind."""

import datetime as dt
import gzip
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from marketplace.core.tabular import TableError
from marketplace.sales_journal.successions import all_successions
from supplier_villages.regions.models import Region, RegionImport, RegionSuccession
from supplier_villages.regions.services import ImportedRegions, import_regions

pytestmark = pytest.mark.django_db

DAY = dt.datetime(2026, 1, 31, 16, 30, tzinfo=dt.UTC)  # the first of February in Shanghai
COUNTIES = "level,code,parent,name\n1,440000,,广东省\n2,441200,440000,肇庆市\n3,441204,441200,高要区\n"
TOWNS = "code9,county,name\n441204101,441204,河台镇\n"
VILLAGES = "code12,town9,name\n441204101200,441204101,云罗村委会\n441204101001,441204101,河台居委会\n"
CHANGES = "last_year_end_with_old,old_code,old_name,code2025,name2025\n2014,441283,高要市,441204,高要区\n"


class Files:
    """A folder with the four files, small; each can be rewritten."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write()

    def write(
        self,
        *,
        counties: str = COUNTIES,
        towns: str = TOWNS,
        villages: str = VILLAGES,
        changes: str = CHANGES,
    ) -> None:
        """Rewrites all four, those that are not given as they were at first."""
        (self.folder / "mca2025_to_county.csv").write_text(counties)
        (self.folder / "nbs2023_towns_5prov.csv.gz").write_bytes(gzip.compress(towns.encode()))
        (self.folder / "nbs2023_villages_5prov.csv.gz").write_bytes(gzip.compress(villages.encode()))
        (self.folder / "county_code_changes_2014_2025.csv").write_text(changes)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def run(files: Files, **options: bool) -> ImportedRegions:
    """One import on the day."""
    return import_regions(directory=files.folder, now=DAY, **options)


def refusal(files: Files) -> list[str]:
    """The mistakes in English; nothing may have been written."""
    with translation.override("en"), pytest.raises(TableError) as caught:
        run(files)
    assert not Region.objects.exists()
    assert not RegionImport.objects.exists()
    return [f"{caught.value.file}: {error}" for error in caught.value.errors]


def test_every_row_becomes_a_region_with_what_follows_from_code_and_name(files: Files) -> None:
    assert run(files) == ImportedRegions(created=6)
    village = Region.objects.get(pk="441204101200")
    assert (village.parent_id, village.name, village.pinyin, village.initials, village.is_rural) == (
        "441204101", "云罗村委会", "yunluocunweihui", "ylcwh", True,
    )  # fmt: skip
    assert not Region.objects.get(pk="441204101001").is_rural
    succession = RegionSuccession.objects.get()
    assert (succession.old_code, succession.new_id, succession.changed_after) == (
        "441283", "441204", dt.date(2014, 12, 31),
    )  # fmt: skip


def test_the_same_files_again_are_not_even_compared(
    files: Files, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    run(files)
    with django_assert_max_num_queries(4):  # a savepoint and its release, the lock, the last import
        assert run(files) == ImportedRegions()
    assert RegionImport.objects.count() == 1


def test_comparing_all_changes_nothing_where_nothing_differs(files: Files) -> None:
    run(files)
    assert run(files, compare_all=True) == ImportedRegions()


def test_only_what_differs_is_written(files: Files) -> None:
    run(files)
    files.write(towns=TOWNS.replace("河台镇", "河台街道") + "441204102,441204,乐城镇\n")
    assert run(files) == ImportedRegions(created=1, changed=1)
    assert Region.objects.get(pk="441204101").pinyin == "hetaijiedao"


def test_a_region_gone_from_the_files_ends_today_and_comes_back(files: Files) -> None:
    run(files)
    files.write(villages=VILLAGES.rsplit("441204101001", 1)[0])
    assert run(files) == ImportedRegions(closed=1)
    assert Region.objects.get(pk="441204101001").valid_to == dt.date(2026, 2, 1)
    files.write()
    assert run(files) == ImportedRegions(changed=1)
    assert Region.objects.get(pk="441204101001").valid_to is None


def test_a_change_of_code_that_the_files_withdraw_is_gone(files: Files) -> None:
    run(files)
    files.write(changes=CHANGES.replace("441283,高要市", "441282,高要县"))
    run(files)
    assert list(RegionSuccession.objects.values_list("old_code", "new_id")) == [("441282", "441204")]


def test_a_change_of_code_can_be_turned_round(files: Files) -> None:
    run(files)
    files.write(
        counties=COUNTIES.replace("441204", "441283"),
        towns="code9,county,name\n",
        villages="code12,town9,name\n",
        changes=CHANGES.splitlines()[0] + "\n2014,441204,高要区,441283,高要市\n",
    )
    run(files)
    successions = all_successions()
    assert (successions.current("441204"), successions.current("441283")) == ("441283", "441283")


@pytest.mark.parametrize(
    ("changed", "mistake"),
    [
        (
            {"towns": "code9,county,name\n441283101,441283,河台镇\n"},
            (
                "nbs2023_towns_5prov.csv.gz: row 2, column county: The code 441283 is no longer in force. "
                "Use its successor 441204."
            ),
        ),
        (
            {"counties": COUNTIES + "3,441283,441200,高要市\n"},
            (
                "mca2025_to_county.csv: row 5, column code: The code 441283 is no longer in force. "
                "Use its successor 441204."
            ),
        ),
        (
            {"towns": "code9,county,name\n441299101,441299,河台镇\n"},
            (
                "nbs2023_towns_5prov.csv.gz: row 2, column county: There is no region 441299. "
                "Correct the code, or add the region with its own row."
            ),
        ),
        (
            {"villages": VILLAGES + "441204999200,441204999,无镇村委会\n"},
            (
                "nbs2023_villages_5prov.csv.gz: row 4, column town9: There is no region 441204999. "
                "Correct the code, or add the region with its own row."
            ),
        ),
        (
            {"villages": VILLAGES + "441283101201,441204101,云罗村委会\n"},
            (
                "nbs2023_villages_5prov.csv.gz: row 4, column town9: By its digits 441283101201 does not lie "
                "in 441204101. Correct one of the two codes."
            ),
        ),
        (
            {"villages": VILLAGES + "441204101200,441204101,又一村委会\n"},
            (
                "nbs2023_villages_5prov.csv.gz: row 4, column code12: “441204101200” stands already in row "
                "2. Delete or correct one of the two rows."
            ),
        ),
        (
            {"counties": COUNTIES.replace("2,441200", "3,441200")},
            (
                "mca2025_to_county.csv: row 3, column level: The digits of 441200 mean “prefecture-level "
                "city”. Correct the level or the code."
            ),
        ),
        (
            {"counties": COUNTIES.replace("441204,441200", "441204,")},
            (
                "mca2025_to_county.csv: row 4, column parent: A province has no parent, and every other "
                "region has one. Empty the cell of a province; fill in that of 441204."
            ),
        ),
        (
            {"counties": COUNTIES.replace("parent", "belongs")},
            (
                "mca2025_to_county.csv: row 1, column parent: The column is missing. "
                "Add it; the first row now says: level, code, belongs, name."
            ),
        ),
        (
            {"changes": CHANGES.replace("441204", "441205")},
            (
                "county_code_changes_2014_2025.csv: row 2, column code2025: There is no region 441205. "
                "Correct the code, or add the region with its own row."
            ),
        ),
        (
            {"changes": CHANGES.replace("2014,", "14,")},
            (
                "county_code_changes_2014_2025.csv: row 2, column last_year_end_with_old: “14” is not a "
                "year. Write the year with four digits."
            ),
        ),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(
    files: Files, changed: dict[str, str], mistake: str
) -> None:
    files.write(**changed)
    assert refusal(files) == [mistake]


def test_codes_that_succeed_each_other_are_refused(files: Files) -> None:
    files.write(
        counties=COUNTIES + "3,441283,441200,高要市\n", changes=CHANGES + "2015,441204,高要区,441283,高要市\n"
    )
    assert refusal(files) == [
        f"mca2025_to_county.csv: row {row}, column code: The code {code} is no longer in force. "
        f"Use its successor {successor}."
        for row, code, successor in ((4, "441204", "441283"), (5, "441283", "441204"))
    ]


def test_a_wrong_encoding_is_named(files: Files) -> None:
    (files.folder / "mca2025_to_county.csv").write_bytes(COUNTIES.encode("gb18030"))
    (mistake,) = refusal(files)
    assert mistake.startswith("mca2025_to_county.csv: The file is encoded in GB18030")


def test_a_missing_file_is_named(files: Files) -> None:
    (files.folder / "nbs2023_towns_5prov.csv.gz").unlink()
    (mistake,) = refusal(files)
    assert mistake.startswith("nbs2023_towns_5prov.csv.gz: There is no such file.")


def test_a_mistake_in_a_later_file_leaves_the_regions_of_before(files: Files) -> None:
    run(files)
    files.write(counties=COUNTIES.replace("高要区", "别名区"), villages=VILLAGES + "x,441204101,坏村\n")
    with pytest.raises(TableError):
        run(files)
    assert Region.objects.get(pk="441204").name == "高要区"
    assert Region.objects.count() == 6


def test_the_command_fails_with_the_mistakes_and_no_traceback(files: Files) -> None:
    files.write(villages="code12,town9\n")
    with translation.override("en"), pytest.raises(CommandError) as caught:
        call_command("import_regions", dir=files.folder)
    assert caught.value.returncode == 1
    assert str(caught.value).splitlines()[-1] == "Nothing was imported."


def test_the_command_says_what_it_did(files: Files, capsys: pytest.CaptureFixture[str]) -> None:
    with translation.override("en"):
        call_command("import_regions", dir=files.folder)
        call_command("import_regions", dir=files.folder)
    assert capsys.readouterr().out.splitlines() == [
        "Regions: 6 added, 0 changed, 0 closed.",
        "The regions are up to date.",
    ]
