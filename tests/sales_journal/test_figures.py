"""Figures by region and window, from the roll-ups."""

import datetime as dt
from itertools import pairwise

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.core.periods import Window
from marketplace.sales_journal import queries, services
from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.lines import Posting
from marketplace.sales_journal.models import JournalEntry
from marketplace.sales_journal.queries import Totals
from supplier_villages.regions.models import Region, RegionSuccession
from tests.factories import regions
from tests.factories.sales_journal import at, journal_line, posted

pytestmark = pytest.mark.django_db

YEAR = Window.year(dt.date(2020, 1, 1))
MARCH = Window.month(dt.date(2020, 3, 1))
GANGMEI, XUPU, QUXI = "445203001201", "445203001204", "445203001001"
MEIXI = "445202007203"
NOON = at(2020, 3, 3)


def accepted(*region_codes: str, window: Window = YEAR) -> int:
    return queries.totals(region_codes=region_codes, window=window).accepted_fen


def accepted_by_child(code: str, window: Window = YEAR) -> dict[str, int]:
    rows = queries.totals_by_child(region=Region.objects.get(code=code), window=window)
    return {row.code: row.totals.accepted_fen for row in rows}


def accepted_by_village(code: str) -> dict[str, int]:
    """What the region's villages have sold, which must be its figure; its villages are those and no other."""
    region = Region.objects.get(code=code)
    figure, villages = queries.totals_and_villages(region=region, window=YEAR)
    assert queries.sold_villages(region=region) == villages
    sold = JournalEntry.objects.filter(village_code__in=villages).values("village_code")
    found = dict(sold.annotate(sum=Sum("amount_fen")).values_list("village_code", "sum"))
    assert sum(found.values()) == figure.accepted_fen
    return found


def sell(village: str, amount_fen: int, day: dt.datetime = NOON) -> None:
    posted(
        Kind.ACCEPTED, journal_line(village, amount_fen), key=f"{village}:{day}:{amount_fen}", event_at=day
    )


def test_every_level_has_its_figure() -> None:
    regions.jieyang()
    sell(GANGMEI, 1)
    sell(XUPU, 20)
    sell(MEIXI, 300)
    assert [accepted(code) for code in ("440000", "445200", "445203", "445203001", GANGMEI)] == [
        321, 321, 21, 21, 1,
    ]  # fmt: skip
    assert accepted_by_child("440000") == {"445200": 321}
    assert accepted_by_child("445200") == {
        "445222": 0, "445224": 0, "445281": 0, "445202": 300, "445203": 21,
    }  # fmt: skip
    assert accepted_by_child("445203") == {"445203001": 21}
    assert accepted_by_child("445203001") == {GANGMEI: 1, XUPU: 20, QUXI: 0}
    assert accepted_by_child(GANGMEI) == {}


def test_the_three_figures_stand_side_by_side() -> None:
    regions.jieyang()
    for kind, amount in [
        (Kind.CONTRACTED, 900),
        (Kind.CANCELLED, 100),
        (Kind.ACCEPTED, 800),
        (Kind.PAID, 50),
    ]:
        posted(kind, journal_line(GANGMEI, amount), key=kind, event_at=at(2020, 3, 3))
    assert queries.totals(region_codes=["445203"], window=YEAR) == Totals(800, 800, 50)


def test_several_regions_count_each_sale_once() -> None:
    regions.jieyang()
    sell(GANGMEI, 1)
    sell(MEIXI, 300)
    assert accepted("445203", "445203001", GANGMEI) == 1
    assert accepted("445200", MEIXI) == 301
    assert accepted(GANGMEI, MEIXI) == 301
    assert queries.totals(region_codes=[], window=YEAR) == Totals()


def test_a_window_takes_its_first_day_and_not_its_end() -> None:
    regions.jieyang()
    sell(GANGMEI, 1, at(2020, 2, 29))
    sell(GANGMEI, 20, at(2020, 3, 1, 0))
    sell(GANGMEI, 300, at(2020, 3, 31, 23))
    sell(GANGMEI, 4_000, at(2020, 4, 1, 0))
    assert accepted("445203", window=MARCH) == 320
    assert accepted("445203", window=Window(dt.date(2020, 2, 29), dt.date(2020, 3, 31))) == 21
    assert accepted("445203", window=Window(dt.date(2020, 3, 31), dt.date(2020, 4, 2))) == 4_300
    assert accepted(GANGMEI, window=MARCH) == 320


def test_dongguan_has_towns_directly_below_the_city() -> None:
    regions.dongguan()
    sell("441900003001", 70)
    assert accepted("441900") == 70
    assert accepted_by_child("441900") == {"441900003": 70}
    assert accepted_by_child("440000") == {"441900": 70}


def test_a_counties_old_code_counts_with_its_successor_at_every_level() -> None:
    """高要市 441283 became 高要区 441204."""
    regions.region("440000", "广东省", parent=None)
    regions.region("441200", "肇庆市", parent="440000")
    regions.region("441204", "高要区", parent="441200")
    regions.region("441204001", "南岸街道", parent="441204")
    regions.region("441204001001", "城东社区", parent="441204001")
    succession("441283", "高要市", "441204")
    sell("441283001001", 5)
    sell("441204001001", 60)
    assert [accepted(code) for code in ("440000", "441200", "441204", "441204001", "441204001001")] == [
        65
    ] * 5
    assert accepted_by_child("441200") == {"441204": 65}
    assert accepted_by_child("441204") == {"441204001": 65}
    assert accepted_by_child("441204001") == {"441204001001": 65}
    assert accepted_by_village("441204001") == {"441283001001": 5, "441204001001": 60}


def test_a_county_that_changed_its_city_leaves_the_old_one() -> None:
    """简阳市 512081 of 资阳 became 510185 of 成都: no city counts it twice."""
    regions.region("510000", "四川省", parent=None)
    regions.region("510100", "成都市", parent="510000")
    regions.region("510185", "简阳市", parent="510100")
    regions.region("512000", "资阳市", parent="510000")
    succession("512081", "简阳市", "510185")
    sell("512081001001", 5)
    assert accepted_by_child("510000") == {"510100": 5, "512000": 0}
    assert (accepted("510100"), accepted("512000"), accepted("510000")) == (5, 0, 5)
    assert accepted_by_child("512000") == {}
    assert (accepted_by_village("510100"), accepted_by_village("512000")) == ({"512081001001": 5}, {})


def test_a_chain_of_changes_is_followed_to_its_end() -> None:
    regions.jieyang()
    regions.region("445201", "榕城区（旧）", parent="445200")
    Region.objects.filter(code="445201").update(valid_to=dt.date(2020, 1, 1))
    succession("445299", "更早的区", "445201")
    succession("445201", "榕城区（旧）", "445203")
    sell("445299001001", 5)
    sell("445201001001", 60)
    assert (accepted("445203"), accepted("445200")) == (65, 65)
    assert accepted_by_child("445200")["445203"] == 65
    assert "445201" not in accepted_by_child("445200")


def test_a_sale_under_a_code_without_successor_has_a_row_of_its_own() -> None:
    regions.jieyang()
    sell("445299001001", 5)
    sell(GANGMEI, 60)
    by_child = accepted_by_child("445200")
    assert by_child["445299"] == 5
    assert sum(by_child.values()) == accepted("445200") == 65


def succession(old: str, old_name: str, new: str) -> None:
    RegionSuccession.objects.create(
        old_code=old, old_name=old_name, new_id=new, changed_after=dt.date(2014, 12, 31)
    )


DAYS = st.dates(dt.date(2019, 12, 25), dt.date(2020, 4, 8))
SALES = st.lists(
    st.tuples(DAYS, st.sampled_from([GANGMEI, XUPU, MEIXI, "445299001001"]), st.integers(0, 10**9)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sales=SALES, cuts=st.lists(DAYS, min_size=2, max_size=5, unique=True))
def test_adjacent_windows_and_children_add_up_to_the_whole(
    sales: list[tuple[dt.date, str, int]], cuts: list[dt.date]
) -> None:
    regions.jieyang()
    lines = [
        (day, journal_line(village, amount, line_key=f"{n}"))
        for n, (day, village, amount) in enumerate(sales)
    ]
    before = {code: accepted(code, window=Window(min(cuts), max(cuts))) for code in ("445200", "445203")}
    run = Region.objects.count(), JournalEntry.objects.count()
    postings = [
        Posting(key=f"{run}:{n}", kind=Kind.ACCEPTED, lines=[line], event_at=at(day.year, day.month, day.day))
        for n, (day, line) in enumerate(lines)
    ]
    services.post_all(postings=postings, now=at(2020, 5, 1))
    cuts.sort()
    whole = Window(cuts[0], cuts[-1])
    parts = [Window(start, end) for start, end in pairwise(cuts)]
    sold = {
        code: sum(
            amount for day, village, amount in sales if day in whole and village.startswith(code[:stem])
        )
        for code, stem in (("445200", 4), ("445203", 6))
    }
    for code, amount in sold.items():
        assert accepted(code, window=whole) - before[code] == amount
        assert sum(accepted(code, window=part) for part in parts) == accepted(code, window=whole)
        assert sum(accepted_by_child(code, whole).values()) == accepted(code, window=whole)


def test_several_windows_are_read_as_each_of_them_and_at_the_cost_of_one() -> None:
    city = regions.jieyang()
    windows = [MARCH, YEAR, Window(dt.date(2020, 2, 10), dt.date(2020, 5, 20))]
    sell(GANGMEI, 1)
    sell(MEIXI, 20, at(2020, 2, 10))
    sell(XUPU, 300, at(2020, 5, 20))
    codes = ["445203", MEIXI]
    for region in (city, Region.objects.get(code="445203"), Region.objects.get(code=GANGMEI)):
        with CaptureQueriesContext(connection) as captured:
            found = queries.tables(region=region, windows=windows)
        assert len(captured) == 3
        assert found == [queries.tables(region=region, windows=[window])[0] for window in windows]
        assert [table.total for table in found] == [
            queries.totals(region_codes=[region.code], window=window) for window in windows
        ]
    assert queries.totals_of_each(region_codes=codes, windows=windows) == [
        queries.totals(region_codes=codes, window=window) for window in windows
    ]


def test_a_table_costs_the_same_for_one_sale_and_for_many() -> None:
    city = regions.jieyang()
    window = Window(dt.date(2020, 1, 15), dt.date(2020, 6, 15))
    sell(GANGMEI, 1)
    with CaptureQueriesContext(connection) as few:
        queries.totals_by_child(region=city, window=window)
    for day in range(1, 29):
        sell(GANGMEI, day, at(2020, 2, day))
        sell(MEIXI, day, at(2020, 5, day))
    with CaptureQueriesContext(connection) as many:
        queries.totals_by_child(region=city, window=window)
    assert len(few) == len(many) == 3
    with CaptureQueriesContext(connection) as single:
        queries.totals(region_codes=["445203", MEIXI], window=window)
    assert len(single) == 3


@pytest.mark.parametrize("code", ["440000", "445203", GANGMEI])
def test_figures_read_the_roll_ups_only(code: str) -> None:
    regions.jieyang()
    sell(GANGMEI, 1)
    window = Window(dt.date(2020, 1, 15), dt.date(2020, 6, 15))
    with CaptureQueriesContext(connection) as captured:
        queries.totals(region_codes=[code], window=window)
        queries.totals_by_child(region=Region.objects.get(code=code), window=window)
    with connection.cursor() as cursor:
        for query in captured.captured_queries:
            cursor.execute(f"EXPLAIN {query['sql']}")
            plan = "\n".join(line for (line,) in cursor.fetchall())
            assert "journalentry" not in plan
            assert "salesevent" not in plan
