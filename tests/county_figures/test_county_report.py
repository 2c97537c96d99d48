"""manage.py county_report."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.sales_journal.kinds import Kind
from supplier_villages.regions.models import Region, RegionSuccession
from tests.factories import regions
from tests.factories.sales_journal import at, journal_line, posted

pytestmark = pytest.mark.django_db
GANGMEI, MEIXI = "445203001201", "445202007203"


def run(capsys: pytest.CaptureFixture[str], region: str, start: str, end: str, form: str = "json") -> str:
    call_command("county_report", "--region", region, "--from", start, "--to", end, "--format", form)
    return capsys.readouterr().out


@pytest.fixture
def march() -> None:
    """Sales of 1234.50 CNY contracted and accepted in 揭东, 0.07 paid in 榕城."""
    regions.jieyang()
    line = journal_line(GANGMEI, 123_450)
    posted(Kind.CONTRACTED, line, key="c", event_at=at(2020, 3, 1, 0))
    posted(Kind.ACCEPTED, line, key="a", event_at=at(2020, 3, 31, 23))
    posted(Kind.PAID, journal_line(MEIXI, 7), key="p", event_at=at(2020, 3, 15))
    posted(Kind.ACCEPTED, line, key="later", event_at=at(2020, 4, 1, 0))


@pytest.mark.usefixtures("march")
def test_json_has_a_row_per_region_one_level_below_with_zeros_and_the_total(
    capsys: pytest.CaptureFixture[str],
) -> None:
    none = {"contracted": "0.00", "accepted": "0.00", "paid": "0.00"}
    assert json.loads(run(capsys, "445200", "2020-03-01", "2020-04-01")) == {
        "region": "445200",
        "name": "揭阳市",
        "from": "2020-03-01",
        "to": "2020-04-01",
        "rows": [
            {"code": "445224", "name": "惠来县", **none},
            {
                "code": "445203",
                "name": "揭东区",
                "contracted": "1234.50",
                "accepted": "1234.50",
                "paid": "0.00",
            },
            {"code": "445222", "name": "揭西县", **none},
            {"code": "445281", "name": "普宁市", **none},
            {"code": "445202", "name": "榕城区", **none, "paid": "0.07"},
        ],
        "total": {"contracted": "1234.50", "accepted": "1234.50", "paid": "0.07"},
    }


@pytest.mark.usefixtures("march")
def test_csv_has_the_same_columns(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "445203", "2020-03-01", "2020-04-02", "csv").splitlines() == [
        "code,name,contracted,accepted,paid",
        "445203001,曲溪街道,1234.50,2469.00,0.00",
    ]


@pytest.mark.usefixtures("march")
def test_a_village_has_its_total_and_no_rows(capsys: pytest.CaptureFixture[str]) -> None:
    report = json.loads(run(capsys, GANGMEI, "2020-01-01", "2021-01-01"))
    assert report["rows"] == []
    assert report["total"] == {"contracted": "1234.50", "accepted": "2469.00", "paid": "0.00"}


NO_CODE = "'44520' is no region code: give 6, 9 or 12 digits, such as 445224."
UNKNOWN = "No region has the code 999999: look it up in the regions' table."
SUPERSEDED = "445299 (旧县) was superseded by 445203: use 445203, whose figures include it."
EMPTY = "--from 2020-04-01 must be before --to 2020-04-01: the day --to is not included."
REVERSED = "--from 2020-04-02 must be before --to 2020-04-01: the day --to is not included."
NO_SUCH_DAY = "--from '2020-02-30' is no day: write it as YYYY-MM-DD, such as 2020-03-01."
NO_DAY = "--to 'April' is no day: write it as YYYY-MM-DD, such as 2020-03-01."


@pytest.mark.parametrize(
    ("region", "start", "end", "message"),
    [
        ("44520", "2020-03-01", "2020-04-01", NO_CODE),
        ("999999", "2020-03-01", "2020-04-01", UNKNOWN),
        ("445299", "2020-03-01", "2020-04-01", SUPERSEDED),
        ("445200", "2020-04-01", "2020-04-01", EMPTY),
        ("445200", "2020-04-02", "2020-04-01", REVERSED),
        ("445200", "2020-02-30", "2020-04-01", NO_SUCH_DAY),
        ("445200", "2020-03-01", "April", NO_DAY),
    ],
)
def test_bad_input_names_the_remedy(region: str, start: str, end: str, message: str) -> None:
    regions.jieyang()
    RegionSuccession.objects.create(
        old_code="445299", old_name="旧县", new=Region.objects.get(code="445203"), changed_after="2019-12-31"
    )
    with pytest.raises(CommandError) as refused:
        call_command("county_report", "--region", region, "--from", start, "--to", end)
    assert str(refused.value) == message
    assert refused.value.returncode == 1


@pytest.mark.usefixtures("march")
def test_a_report_costs_five_queries_for_one_child_and_for_five() -> None:
    counts = []
    for region in ("445200", "445203", "440000"):
        with CaptureQueriesContext(connection) as queries:
            call_command("county_report", "--region", region, "--from", "2020-01-15", "--to", "2020-05-15")
        counts.append(len(queries))
    assert counts == [5, 5, 5]
