"""The office reads the sales of its region, down to the lines, on the screen and as files; nobody else's."""

import csv
import datetime as dt
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.models import User
from marketplace.core.periods import SHANGHAI, shanghai_day
from marketplace.portals.office.figures_compared import change
from marketplace.sales_journal.kinds import Kind
from tests.factories import regions
from tests.factories.offices import make_office
from tests.factories.sales_journal import at, journal_line, posted
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]

CITY, COUNTY, TOWN, VILLAGE = "445200", "445203", "445203001", "445203001201"
NEIGHBOUR, NEIGHBOURS_VILLAGE = "445202", "445202007203"
MARCH = {"first_day": "2020-03-01", "last_day": "2020-03-31"}
PAGES = ("", "table.csv", "table.xlsx", "lines/", "lines/table.csv", "lines/table.xlsx")


@pytest.fixture(autouse=True)
def _sales() -> None:
    """In March 2020 圩埔's neighbour 港美 sold for 100.00 accepted; 美西 in the next county for 7.01."""
    regions.jieyang()
    posted(Kind.CONTRACTED, journal_line(VILLAGE, 15_000), key="c", event_at=at(2020, 3, 1, 0))
    posted(Kind.ACCEPTED, journal_line(VILLAGE, 10_000), key="a", event_at=at(2020, 3, 31, 23))
    posted(Kind.PAID, journal_line(VILLAGE, 4_050), key="p", event_at=at(2020, 3, 31))
    posted(Kind.ACCEPTED, journal_line(NEIGHBOURS_VILLAGE, 701), key="n", event_at=at(2020, 3, 15))
    posted(Kind.ACCEPTED, journal_line(VILLAGE, 999), key="april", event_at=at(2020, 4, 1, 0))


def office_client(client_of: ClientOf, code: str) -> Client:
    """The browser of somebody in the region's office."""
    user = make_user(f"office-{code}")
    make_office(code, user)
    return client_of(user)


def address(office: str, region: str, page: str = "") -> str:
    """A figures page of a region in an office's portal."""
    return f"/office/{office}/figures/{region}/{page}"


def amounts(totals: object) -> tuple[int, int, int]:
    """Contracted, accepted, paid in fen."""
    return tuple(getattr(totals, f"{name}_fen") for name in ("contracted", "accepted", "paid"))


def test_a_window_holds_its_last_day(client_of: ClientOf) -> None:
    page = office_client(client_of, CITY).get(address(CITY, CITY), MARCH)
    rows = {shown.row.code: amounts(shown.row.totals) for shown in page.context["rows"]}
    assert rows == {
        "445203": (15_000, 10_000, 4_050),
        "445202": (0, 701, 0),
        "445222": (0, 0, 0),
        "445224": (0, 0, 0),
        "445281": (0, 0, 0),
    }
    assert amounts(page.context["figures"].total) == (15_000, 10_701, 4_050)
    assert "¥107.01" in page.content.decode()


def test_regions_are_ranked_and_those_without_sales_folded_away(client_of: ClientOf) -> None:
    page = office_client(client_of, CITY).get(address(CITY, CITY), MARCH)
    ranked = [
        (each.shown.row.code, each.accepted_width, each.contracted_width) for each in page.context["ranking"]
    ]
    assert ranked == [("445203", "66.7%", "100.0%"), ("445202", "4.7%", "0.0%")]
    assert [shown.row.code for shown in page.context["silent"]] == ["445224", "445222", "445281"]
    assert "这段时间没有销售的地区：3 个" in page.content.decode()


def test_the_three_figures_are_compared_with_the_month_before(client_of: ClientOf) -> None:
    posted(Kind.ACCEPTED, journal_line(VILLAGE, 9_500), key="feb", event_at=at(2020, 2, 29, 23))
    posted(Kind.PAID, journal_line(VILLAGE, 4_050), key="feb-paid", event_at=at(2020, 2, 1, 0))
    posted(Kind.PAID, journal_line(VILLAGE, 9), key="january", event_at=at(2020, 1, 31))
    client = office_client(client_of, CITY)
    compared = client.get(address(CITY, CITY), MARCH).context["compared"]
    assert (compared.label, compared.contracted) == ("较上月", None)
    assert (compared.accepted.text, compared.accepted.direction) == ("+12.6%", "up")
    assert (compared.paid.text, compared.paid.direction) == ("持平", "flat")


@pytest.mark.parametrize(
    ("now", "before", "text"),
    [
        (701, 10_000, "−93.0%"),
        (0, 1, "−100.0%"),
        (-1, 4, "−125.0%"),
        (19_999, 2_000, "+900.0%"),
        (30_005, 2_000, "×15"),
    ],
)
def test_a_change_has_one_decimal_until_times_say_more(now: int, before: int, text: str) -> None:
    found = change(now, before)
    assert found is not None
    assert found.text == text


@pytest.mark.parametrize("before", [0, -1])
def test_nothing_is_compared_with_nothing(before: int) -> None:
    assert change(100, before) is None


def test_the_way_leads_down_to_the_lines_and_keeps_the_days(client_of: ClientOf) -> None:
    client = office_client(client_of, CITY)
    query = "first_day=2020-03-01&last_day=2020-03-31"
    for region, below, view in ((CITY, COUNTY, ""), (COUNTY, TOWN, ""), (TOWN, VILLAGE, "lines/")):
        page = client.get(address(CITY, region), MARCH)
        urls = {shown.row.code: shown.url for shown in page.context["rows"]}
        assert urls[below] == f"{address(CITY, below, view)}?{query}"
    page = client.get(address(CITY, VILLAGE, "lines/"), MARCH)
    assert [amounts(line.totals) for line in page.context["lines"]] == [(15_000, 10_000, 4_050)]
    assert amounts(page.context["totals"]) == (15_000, 10_000, 4_050)
    assert [way.label for way in page.context["ways"]] == ["揭阳市", "揭东区", "曲溪街道", "港美村委会"]


def test_the_way_up_ends_at_the_office_itself(client_of: ClientOf) -> None:
    page = office_client(client_of, COUNTY).get(address(COUNTY, TOWN))
    assert [way.label for way in page.context["ways"]] == ["揭东区", "曲溪街道"]


def test_this_month_unless_asked_otherwise(client_of: ClientOf) -> None:
    client = office_client(client_of, COUNTY)
    today = shanghai_day(timezone.now())
    month = client.get(address(COUNTY, COUNTY)).context["figures"].window
    year = client.get(address(COUNTY, COUNTY), {"period": "year"}).context["figures"].window
    assert (month.start, month.last_day.month) == (today.replace(day=1), today.month)
    assert (year.start, year.end) == (dt.date(today.year, 1, 1), dt.date(today.year + 1, 1, 1))


def test_the_source_line_says_until_when(client_of: ClientOf) -> None:
    before = timezone.now()
    source = office_client(client_of, COUNTY).get(address(COUNTY, COUNTY)).context["source"]
    minutes = {f"{moment.astimezone(SHANGHAI):%H:%M}" for moment in (before, timezone.now())}
    assert source in {f"按验收时间 · 截至今天 {minute}" for minute in minutes}


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"first_day": "2020-03-02", "last_day": "2020-03-01"}, "last_day", "截止日早于起始日。"),
        ({"first_day": "2020-03-02"}, "last_day", "请填写起始日和截止日。"),
        ({"last_day": "2020-03-02"}, "first_day", "请填写起始日和截止日。"),
        ({"first_day": "2020-02-30", "last_day": "2020-03-01"}, "first_day", "输入一个有效的日期。"),
        ({"first_day": "2020-03-01", "last_day": "9999-12-31"}, "last_day", None),
    ],
)
def test_days_that_make_no_sense_are_named(
    data: dict[str, str], field: str, message: str | None, client_of: ClientOf
) -> None:
    client = office_client(client_of, COUNTY)
    for page in ("", "lines/"):
        answer = client.get(address(COUNTY, COUNTY, page), data)
        assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
        assert message is None or answer.context["form"].errors[field] == [message]
    for page in ("table.csv", "table.xlsx", "lines/table.csv", "lines/table.xlsx"):
        answer = client.get(address(COUNTY, COUNTY, page), data, follow=True)
        assert list(answer.context["form"].errors) == [field]
        assert answer.redirect_chain[0][0].startswith(address(COUNTY, COUNTY, page.rpartition("table.")[0]))


def test_the_files_hold_the_rows_of_the_screen(client_of: ClientOf) -> None:
    client = office_client(client_of, CITY)
    answer = client.get(address(CITY, CITY, "table.csv"), MARCH)
    table = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert table[0] == ["地区代码", "地区", "签约额（元）", "验收额（元）", "付款额（元）"]
    shown = client.get(address(CITY, CITY), MARCH).context["rows"]
    assert [row[0] for row in table[1:]] == [each.row.code for each in shown]
    assert ["445203", "揭东区", "150.00", "100.00", "40.50"] in table
    assert "attachment" in answer["Content-Disposition"]
    workbook = load_workbook(io.BytesIO(client.get(address(CITY, CITY, "table.xlsx"), MARCH).getvalue()))
    rows = [list(row) for row in workbook.active.iter_rows(values_only=True)]
    assert ["445203", "揭东区", 150, 100, 40.5] in rows
    assert len(rows) == len(table)


@pytest.mark.parametrize("page", PAGES)
def test_other_regions_are_not_there(page: str, client_of: ClientOf) -> None:
    client = office_client(client_of, COUNTY)
    assert client.get(address(COUNTY, COUNTY, page)).status_code == 200
    for region in (NEIGHBOUR, NEIGHBOURS_VILLAGE, CITY, "440000", "999999", "x"):
        assert client.get(address(COUNTY, region, page)).status_code == 404
    make_office(NEIGHBOUR)
    assert client.get(address(NEIGHBOUR, NEIGHBOUR, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_strangers_log_in_and_others_find_nothing(page: str, client: Client, client_of: ClientOf) -> None:
    make_office(COUNTY)
    path = address(COUNTY, COUNTY, page)
    assert client.get(path).url == f"/account/login/?next={path}"
    assert client_of(make_user()).get(path).status_code == 404


def test_the_table_costs_the_same_for_many_regions(
    client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = office_client(client_of, COUNTY)
    for _round in range(2):
        with django_assert_num_queries(TABLE_QUERIES):
            client.get(address(COUNTY, COUNTY), MARCH)
        for number in range(49):
            regions.region(f"445203{number + 100}", "某镇", parent=COUNTY)


TABLE_QUERIES = 8
