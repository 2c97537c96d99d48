"""Listed supervision from the two shapes of file in use."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

from marketplace.core.tabular import TableError
from supplier_villages.regions.models import ListedSupervision
from supplier_villages.regions.supervision import import_supervision
from tests.factories import regions

pytestmark = pytest.mark.django_db

VILLAGES = (
    "code12,village_name,listed_supervision\n445202007203,美西村民委员会,yes\n445203001204,圩埔村委会,no\n"
)
YEAR = (dt.date(2020, 1, 1), dt.date(2021, 1, 1))


@pytest.fixture(autouse=True)
def _places() -> None:
    regions.jieyang()
    regions.zhijin()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "villages.csv"


def listed() -> list[tuple[str, dt.date, dt.date | None]]:
    """Region, first day and the day after the last."""
    return list(ListedSupervision.objects.order_by("pk").values_list("region", "valid_from", "valid_to"))


def refusal(file: Path) -> list[str]:
    """The mistakes in English."""
    with translation.override("en"), pytest.raises(TableError) as caught:
        import_supervision(path=file)
    return [str(error) for error in caught.value.errors]


def test_rows_without_dates_count_for_2020_and_those_that_say_no_do_not(file: Path) -> None:
    file.write_text(VILLAGES)
    assert [import_supervision(path=file), import_supervision(path=file)] == [1, 1]
    assert listed() == [("445202007203", *YEAR)]
    assert ListedSupervision.objects.get().source == "villages.csv"


def test_a_file_of_pairs_lists_the_helped_counties_for_2020_not_for_the_pairs_own_years(file: Path) -> None:
    file.write_text(
        "helped_region_code,helped_name,valid_from,valid_to,listed_supervision_2020\n"
        "520524,织金县,2016-10-01,2020-12-31,yes\n520500,毕节市,2016-10-01,2020-12-31,\n"
    )
    assert import_supervision(path=file) == 1
    assert listed() == [("520524", *YEAR)]


def test_rows_may_have_days_of_their_own(file: Path) -> None:
    file.write_text(
        "region_code,listed_supervision,supervised_from,supervised_to\n"
        "445203,是,2020-03-01,2020-06-30\n445203,是,2020-07-01,\n"
    )
    assert import_supervision(path=file) == 2
    assert listed() == [
        ("445203", dt.date(2020, 3, 1), dt.date(2020, 7, 1)),
        ("445203", dt.date(2020, 7, 1), None),
    ]
    days = [dt.date(2020, 2, 29), dt.date(2020, 3, 1), dt.date(2030, 1, 1)]
    assert [ListedSupervision.objects.valid_on(day).count() for day in days] == [0, 1, 1]


@pytest.mark.parametrize(
    ("content", "mistake"),
    [
        (
            VILLAGES + "445202007203,,yes\n",
            (
                "row 4, column code12: 445202007203 is on the list already on some of these days. Delete the "
                "row, or let one time end before the other begins."
            ),
        ),
        (
            VILLAGES.replace("美西", "美东"),
            (
                "row 2, column village_name: 445202007203 is 美西村民委员会, not 美东村民委员会. Correct the "
                "code or the name."
            ),
        ),
        (
            "region_code,listed_supervision,supervised_to\n445203,yes,2020-06-30\n",
            "row 2, column supervised_from: There is a last day, but no first. Fill in the first day.",
        ),
        (
            VILLAGES.replace("yes", "maybe"),
            "row 2, column listed_supervision: “maybe” is not known here. Write one of: yes, no, 是, 否.",
        ),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(file: Path, content: str, mistake: str) -> None:
    file.write_text(content)
    assert refusal(file) == [mistake]
    assert listed() == []


def test_the_command_reports(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(VILLAGES)
    with translation.override("en"):
        call_command("import_supervision", file)
    assert capsys.readouterr().out == "1 region is listed.\n"
