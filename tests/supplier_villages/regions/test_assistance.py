"""Paired assistance: who helps whom, by which row, and what the import refuses."""

import datetime as dt
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from marketplace.core.tabular import TableError
from supplier_villages.regions.assistance import import_pairs
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import AssistanceKind, Confidence, PairedAssistance
from supplier_villages.regions.queries import pair_for
from tests.factories import regions

pytestmark = pytest.mark.django_db

HEADER = (
    "helper_region_code,helper_name,helped_region_code,helped_name,kind,level,valid_from,valid_to,source,"
    "confidence,note,listed_supervision_2020\n"
)
COUNTY = "441900,东莞市,520524,织金县,东西部扶贫协作,county,2016-10-01,2020-12-31,search,high,x,yes\n"
PREFECTURE = "441900,东莞市,520500,毕节市,东西部扶贫协作,prefecture,2016-09-01,2020-12-31,search,high,,\n"
SECOND = "445200,揭阳市,520500,毕节市,东西部扶贫协作,prefecture,2016-09-01,2020-12-31,search,high,,\n"
DAY = dt.date(2020, 6, 1)
VILLAGE = "520524001209"


@pytest.fixture(autouse=True)
def _places() -> None:
    regions.jieyang()
    regions.dongguan()
    regions.zhijin()
    regions.region("520525", "纳雍县", parent="520500")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "pairs.csv"


def helper(code: str, day: dt.date = DAY) -> str | None:
    """The name of who helps the region."""
    pair = pair_for(region_code=code, day=day, kind=AssistanceKind.EAST_WEST)
    return pair.helper.name if pair else None


def refusal(file: Path, rows: str) -> list[str]:
    """The mistakes in English; nothing may have been written."""
    file.write_text(HEADER + rows)
    before = PairedAssistance.objects.count()
    with translation.override("en"), pytest.raises(TableError) as caught:
        import_pairs(path=file)
    assert PairedAssistance.objects.count() == before
    return [str(error) for error in caught.value.errors]


def test_the_last_day_in_the_file_becomes_the_day_after(file: Path) -> None:
    file.write_text(HEADER + COUNTY)
    assert import_pairs(path=file) == 1
    pair = PairedAssistance.objects.get()
    assert (pair.helper_id, pair.helped_id, pair.kind, pair.level) == (
        "441900", "520524", AssistanceKind.EAST_WEST, Level.COUNTY,
    )  # fmt: skip
    assert (pair.valid_from, pair.valid_to) == (dt.date(2016, 10, 1), dt.date(2021, 1, 1))
    assert (pair.source, pair.confidence, pair.note) == ("search", Confidence.HIGH, "x")


def test_the_same_file_again_changes_nothing_and_a_corrected_one_overwrites(file: Path) -> None:
    for rows in (COUNTY, COUNTY, COUNTY.replace("2020-12-31", "")):
        file.write_text(HEADER + rows)
        import_pairs(path=file)
    assert PairedAssistance.objects.get().valid_to is None


def test_the_countys_pair_goes_before_its_prefectures(
    file: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    file.write_text(HEADER + COUNTY + SECOND)
    import_pairs(path=file)
    with django_assert_num_queries(1):
        assert helper(VILLAGE) == "东莞市"
    assert helper("520525") == "揭阳市"


def test_where_two_help_a_prefecture_only_the_countys_own_pair_tells(file: Path) -> None:
    file.write_text(HEADER + COUNTY + PREFECTURE + SECOND)
    import_pairs(path=file)
    assert helper(VILLAGE) == "东莞市"
    assert helper("520525") is None


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2016, 9, 30), None),
        (dt.date(2016, 10, 1), "东莞市"),
        (dt.date(2020, 12, 31), "东莞市"),
        (dt.date(2021, 1, 1), None),
    ],
)
def test_a_pair_holds_from_its_first_day_to_its_last(file: Path, day: dt.date, name: str | None) -> None:
    file.write_text(HEADER + COUNTY)
    import_pairs(path=file)
    assert helper("520524", day) == name


def test_another_kind_does_not_count(file: Path) -> None:
    file.write_text(HEADER + COUNTY)
    import_pairs(path=file)
    assert pair_for(region_code="520524", day=DAY, kind=AssistanceKind.DESIGNATED) is None


@pytest.mark.parametrize(
    ("rows", "mistakes"),
    [
        (
            COUNTY.replace("520524", "520599"),
            [
                (
                    "row 2, column helped_region_code: There is no region 520599. Correct the code; the "
                    "region picker shows those in force."
                )
            ],
        ),
        (
            COUNTY.replace("织金县", "纳雍县"),
            ["row 2, column helped_name: 520524 is 织金县, not 纳雍县. Correct the code or the name."],
        ),
        (
            COUNTY.replace("county", "prefecture"),
            [
                (
                    "row 2, column level: The digits of 520524 mean “county or district”. Correct the level "
                    "or the code."
                )
            ],
        ),
        (
            COUNTY.replace("2020-12-31", "2016-09-30"),
            [
                (
                    "row 2, column valid_to: The last day 2016-09-30 does not fit the first. Correct one of "
                    "the two days, or leave the last one empty if there is none."
                )
            ],
        ),
        (
            COUNTY + COUNTY.replace("441900,东莞市", "445200,揭阳市"),
            [
                (
                    "row 3, column valid_from: 520524 is already helped by 441900 from 2016-10-01. Let one "
                    "pair end before the other begins."
                )
            ],
        ),
        (
            COUNTY.replace("东西部扶贫协作", "帮扶") + COUNTY.replace("441900", "520524"),
            [
                (
                    "row 2, column kind: “帮扶” is not known here. Write one of: 东西部扶贫协作, 对口帮扶, "
                    "定点扶贫."
                )
            ],
        ),
        (
            COUNTY.replace("441900,东莞市", "520524,织金县"),
            ["row 2, column helped_region_code: A region cannot help itself. Correct one of the two codes."],
        ),
    ],
)
def test_a_mistake_is_named_and_nothing_is_written(file: Path, rows: str, mistakes: list[str]) -> None:
    assert refusal(file, rows) == mistakes


def test_a_second_helper_is_refused_beside_one_that_stands(file: Path) -> None:
    file.write_text(HEADER + COUNTY)
    import_pairs(path=file)
    later = COUNTY.replace("441900,东莞市", "445200,揭阳市").replace("2016-10-01", "2020-12-31")
    assert refusal(file, later) == [
        (
            "row 2, column valid_from: 520524 is already helped by 441900 from 2016-10-01. Let one pair end "
            "before the other begins."
        )
    ]


def test_the_command_reports_and_refuses(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.write_text(HEADER + COUNTY + SECOND)
    with translation.override("en"):
        call_command("import_pairs", file)
        assert capsys.readouterr().out == "2 pairs.\n"
        file.write_text("helper_region_code\n")
        with pytest.raises(CommandError, match="column kind: The column is missing"):
            call_command("import_pairs", file)


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"helper_id": "520524"}, "pair_helps_another"),
        ({"level": Level.PREFECTURE}, "pair_level_is_the_helped_regions"),
        ({"helper_id": "445200"}, "pair_county_has_one_helper_at_a_time"),
        ({"valid_from": dt.date(2019, 1, 1)}, "pair_windows_do_not_overlap|pair_county_has_one_helper"),
        ({"valid_from": dt.date(2022, 1, 1), "valid_to": dt.date(2022, 1, 1)}, "pair_window_is_not_empty"),
    ],
)
def test_the_database_refuses(file: Path, fields: dict[str, object], constraint: str) -> None:
    file.write_text(HEADER + COUNTY)
    import_pairs(path=file)
    good = {
        "helper_id": "441900", "helped_id": "520524", "kind": AssistanceKind.EAST_WEST, "level": Level.COUNTY,
        "valid_from": dt.date(2016, 10, 1), "confidence": Confidence.HIGH,
    }  # fmt: skip
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PairedAssistance.objects.create(**good | fields)
