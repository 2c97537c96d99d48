"""A campaign's figures: exact to the fen, at once, from a roll-up that is what the journal adds up to."""

import datetime as dt
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.campaigns import queries
from marketplace.campaigns.models import Campaign
from marketplace.core.periods import Window
from marketplace.county_figures import verification
from marketplace.sales_journal import queries as journal
from marketplace.sales_journal import services
from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.lines import Posting
from marketplace.sales_journal.models import CampaignTotal, JournalEntry
from marketplace.sales_journal.queries import RegionTotals, Totals
from supplier_villages.regions.models import RegionSuccession
from tests.factories import regions
from tests.factories.sales_journal import OTHER_VILLAGE, VILLAGE, at, journal_line, posted

pytestmark = pytest.mark.django_db

NOON = at(2020, 3, 3)
ALWAYS = Window(dt.date(1970, 1, 1), dt.date(9999, 1, 1))
SUMS = ("contracted_fen", "accepted_fen", "paid_fen", "contracted_grams", "accepted_grams")


def kept() -> dict[tuple[int, str], tuple[int, ...]]:
    rows = CampaignTotal.objects.values_list("campaign_id", "county_code", *SUMS)
    return {(campaign_id, county): tuple(sums) for campaign_id, county, *sums in rows}


@pytest.mark.parametrize(
    ("kind", "sums"),
    [
        (Kind.CONTRACTED, (12_345, 0, 0, 5_000, 0)),
        (Kind.CANCELLED, (-12_345, 0, 0, -5_000, 0)),
        (Kind.ACCEPTED, (0, 12_345, 0, 0, 5_000)),
        (Kind.RETURNED, (0, -12_345, 0, 0, -5_000)),
        (Kind.PAID, (0, 0, 12_345, 0, 0)),
        (Kind.REPAID, (0, 0, -12_345, 0, 0)),
    ],
)
def test_a_posting_moves_its_campaign_by_exactly_its_amount(kind: Kind, sums: tuple[int, ...]) -> None:
    line = journal_line(amount_fen=12_345, weight_grams=5_000, campaign_id=9)
    posted(kind, line, key="a", event_at=NOON)
    assert kept() == {(9, "445224"): sums}


def test_each_line_moves_its_own_campaign_and_those_without_move_none() -> None:
    lines = [
        journal_line(VILLAGE, 100, line_key="line:1", campaign_id=9),
        journal_line(VILLAGE, 20, line_key="line:2", campaign_id=8),
        journal_line(OTHER_VILLAGE, 3, line_key="line:3", campaign_id=9),
        journal_line(VILLAGE, 7, line_key="line:4"),
    ]
    posted(Kind.ACCEPTED, *lines, key="a", event_at=NOON)
    assert {key: sums[1] for key, sums in kept().items()} == {
        (9, "445224"): 100,
        (8, "445224"): 20,
        (9, "445281"): 3,
    }
    assert journal.totals_of_campaigns([9, 8, 7]) == {9: Totals(0, 103, 0), 8: Totals(0, 20, 0)}


@pytest.mark.parametrize("lines", [1, 200])
def test_a_campaign_costs_one_query_more_whatever_the_lines(lines: int) -> None:
    rows = [journal_line(line_key=f"line:{n}", campaign_id=9) for n in range(lines)]
    with CaptureQueriesContext(connection) as captured:
        posted(Kind.CONTRACTED, *rows, key="a", event_at=NOON)
    assert len(captured) == 7


def test_the_league_is_by_what_was_accepted_and_counts_former_codes() -> None:
    regions.jieyang()
    RegionSuccession.objects.create(
        old_code="445299", old_name="旧县", new_id="445224", changed_after=dt.date(2014, 12, 31)
    )
    sales = [("445224100201", 100), ("445299100201", 5), ("445281102203", 300), ("445203001204", 104)]
    for village, amount in sales:
        posted(Kind.ACCEPTED, journal_line(village, amount, campaign_id=9), key=village, event_at=NOON)
    posted(Kind.CONTRACTED, journal_line("445202007203", 7, campaign_id=9), key="c", event_at=NOON)
    assert journal.totals_of_campaign_by_county(9) == [
        RegionTotals("445281", "普宁市", Totals(0, 300, 0)),
        RegionTotals("445224", "惠来县", Totals(0, 105, 0)),
        RegionTotals("445203", "揭东区", Totals(0, 104, 0)),
        RegionTotals("445202", "榕城区", Totals(7, 0, 0)),
    ]


@pytest.mark.parametrize(("accepted", "percent"), [(0, 0), (999_999, 99), (1_000_000, 100), (2_500_001, 250)])
def test_the_goal_is_reached_when_it_is(accepted: int, percent: int) -> None:
    campaign = Campaign(goal_fen=1_000_000)
    assert queries.percent_reached(campaign, Totals(0, accepted, 0)) == percent
    assert queries.percent_reached(Campaign(), Totals(0, accepted, 0)) is None


@pytest.mark.parametrize(
    ("day", "percent"), [((2020, 2, 1), 0), ((2020, 3, 1), 0), ((2020, 3, 16), 50), ((2020, 3, 31), 100)]
)
def test_the_days_gone_by(day: tuple[int, int, int], percent: int) -> None:
    campaign = Campaign(start_date=dt.date(2020, 3, 1), end_date=dt.date(2020, 3, 31))
    assert queries.percent_gone_by(campaign, at(*day)) == percent


SALES = st.lists(
    st.tuples(
        st.sampled_from(list(Kind)),
        st.sampled_from([VILLAGE, OTHER_VILLAGE, "520524001209"]),
        st.sampled_from([None, 7, 8]),
        st.integers(0, 10**10),
    ),
    min_size=1,
    max_size=15,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sales=SALES)
def test_the_roll_up_is_what_the_journal_adds_up_to(
    sales: list[tuple[Kind, str, int | None, int]],
) -> None:
    run = JournalEntry.objects.count()
    postings = [
        Posting(
            key=f"{run}:{n}",
            kind=kind,
            lines=[journal_line(village, amount, line_key=f"{n}", campaign_id=campaign_id)],
            event_at=NOON,
        )
        for n, (kind, village, campaign_id, amount) in enumerate(sales)
    ]
    services.post_all(postings=postings, now=NOON)
    recomputed: dict[int, list[int]] = {}
    columns = ["contracted", "accepted", "paid"]
    for entry in JournalEntry.objects.filter(campaign_id__isnull=False):
        assert entry.campaign_id is not None
        recomputed.setdefault(entry.campaign_id, [0, 0, 0])[columns.index(entry.basis)] += entry.amount_fen
    found = journal.totals_of_campaigns([7, 8])
    assert found == {campaign_id: Totals(*sums) for campaign_id, sums in recomputed.items()}
    assert list(verification.campaign_totals(ALWAYS)) == []


def test_the_migration_fills_the_roll_up_with_what_the_journal_has() -> None:
    for number, kind in enumerate(Kind):
        for campaign_id in (7, 8, None):
            line = journal_line(OTHER_VILLAGE, 1_000 + number, campaign_id=campaign_id)
            posted(kind, line, key=f"{kind}:{campaign_id}", event_at=NOON)
    posted_so_far = kept()
    CampaignTotal.objects.all().delete()
    migration = import_module("marketplace.sales_journal.migrations.0003_campaign_totals")
    with connection.cursor() as cursor:
        cursor.execute(migration.FILL)
    filled = kept()
    assert {key: sums[:3] for key, sums in filled.items()} == {
        key: sums[:3] for key, sums in posted_so_far.items()
    }
    assert list(verification.campaign_totals(ALWAYS)) == []
