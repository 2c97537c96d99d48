"""Posting moves the roll-ups by exactly the amount, once, at a cost that does not grow."""

import datetime as dt

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from marketplace.sales_journal import services
from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.lines import InvalidLine, Posting
from marketplace.sales_journal.models import DailyTotal, JournalEntry, MonthlyTotal, SalesEvent
from tests.factories.sales_journal import OTHER_VILLAGE, VILLAGE, at, journal_line, posted

pytestmark = pytest.mark.django_db

MARCH_3 = dt.date(2020, 3, 3)
MARCH = dt.date(2020, 3, 1)
SUMS = ("contracted_fen", "accepted_fen", "paid_fen", "contracted_grams", "accepted_grams")


def daily(village: str = VILLAGE, day: dt.date = MARCH_3) -> tuple[int, ...]:
    return DailyTotal.objects.filter(day=day, village_code=village).values_list(*SUMS).get()


def monthly(county: str = VILLAGE[:6], month: dt.date = MARCH) -> tuple[int, ...]:
    return MonthlyTotal.objects.filter(month=month, county_code=county).values_list(*SUMS).get()


@pytest.mark.parametrize(
    ("kind", "sums"),
    [
        (Kind.CONTRACTED, (12_345, 0, 0, 5_000, 0)),
        (Kind.CANCELLED, (-12_345, 0, 0, -5_000, 0)),
        (Kind.ACCEPTED, (0, 12_345, 0, 0, 5_000)),
        (Kind.RETURNED, (0, -12_345, 0, 0, -5_000)),
        (Kind.ADJUSTED, (0, 12_345, 0, 0, 5_000)),
        (Kind.PAID, (0, 0, 12_345, 0, 0)),
        (Kind.REPAID, (0, 0, -12_345, 0, 0)),
    ],
)
def test_a_posting_moves_day_and_month_by_exactly_its_amount(kind: Kind, sums: tuple[int, ...]) -> None:
    posted(kind, journal_line(amount_fen=12_345, weight_grams=5_000), key="a", event_at=at(2020, 3, 3))
    assert daily() == monthly() == sums
    assert DailyTotal.objects.count() == MonthlyTotal.objects.count() == 1


def test_an_adjustment_may_take_away() -> None:
    line = journal_line(amount_fen=-250, weight_grams=-100, quantity=0)
    posted(Kind.ADJUSTED, line, key="a", event_at=at(2020, 3, 3))
    assert monthly() == (0, -250, 0, 0, -100)


def test_postings_add_up_per_village_day_and_county_month() -> None:
    lines = [
        journal_line(VILLAGE, 100, line_key="line:1"),
        journal_line(VILLAGE, 20, line_key="line:2"),
        journal_line(OTHER_VILLAGE, 3, line_key="line:3"),
    ]
    posted(Kind.ACCEPTED, *lines, key="a", event_at=at(2020, 3, 3))
    posted(Kind.ACCEPTED, journal_line(VILLAGE, 4_000), key="b", event_at=at(2020, 3, 4))
    posted(Kind.RETURNED, journal_line(VILLAGE, 1), key="c", event_at=at(2020, 3, 4))
    assert [daily()[1], daily(day=dt.date(2020, 3, 4))[1], daily(OTHER_VILLAGE)[1]] == [120, 3_999, 3]
    assert [monthly()[1], monthly(OTHER_VILLAGE[:6])[1]] == [4_119, 3]


def test_an_entry_keeps_every_dimension_of_its_line_as_it_was() -> None:
    pairs = [{"kind": "east_west", "helper_code": "440300"}]
    rules = [{"rule": "guangdong_directory"}]
    line = journal_line(campaign_id=9, pairs=pairs, rules=rules, channel="individual")
    event = posted(Kind.RETURNED, line, key="returned:order:12", event_at=at(2020, 3, 3, 9))
    entry = JournalEntry.objects.get()
    assert (entry.event_id, entry.counted_on, entry.kind, entry.basis) == (
        event.pk, MARCH_3, "returned", "accepted",
    )  # fmt: skip
    assert (entry.amount_fen, entry.weight_grams, entry.quantity) == (-10_000, -50_000, -10)
    expected = {**vars(line), "amount_fen": -10_000, "weight_grams": -50_000, "quantity": -10}
    assert {name: getattr(entry, name) for name in expected} == expected
    assert (event.event_at, event.booked_at) == (at(2020, 3, 3, 9), at(2020, 3, 3, 9))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2020-03-31T15:59:59.999999+00:00", dt.date(2020, 3, 31)),
        ("2020-03-31T16:00:00+00:00", dt.date(2020, 4, 1)),
    ],
)
def test_an_event_counts_on_its_day_in_shanghai(instant: str, day: dt.date) -> None:
    event = posted(key="a", event_at=dt.datetime.fromisoformat(instant), now=at(2020, 5, 1))
    assert event.counted_on == day
    assert DailyTotal.objects.get().day == day
    assert MonthlyTotal.objects.get().month == day.replace(day=1)


def test_the_same_key_again_changes_nothing() -> None:
    posted(Kind.ACCEPTED, key="accepted:order:12", event_at=at(2020, 3, 3))
    with pytest.raises(services.AlreadyPosted) as refused, transaction.atomic():
        posted(Kind.ACCEPTED, key="accepted:order:12", event_at=at(2020, 3, 4))
    assert refused.value.keys == ["accepted:order:12"]
    assert SalesEvent.objects.count() == JournalEntry.objects.count() == DailyTotal.objects.count() == 1
    assert monthly() == (0, 10_000, 0, 0, 50_000)


def test_of_several_events_none_is_posted_if_one_is_there_already() -> None:
    posted(key="b", event_at=at(2020, 3, 3))
    postings = [
        Posting(key=key, kind=Kind.ACCEPTED, lines=[journal_line()], event_at=at(2020, 3, 3)) for key in "abc"
    ]
    with pytest.raises(services.AlreadyPosted), transaction.atomic():
        services.post_all(postings=postings, now=at(2020, 3, 3))
    assert list(SalesEvent.objects.values_list("key", flat=True)) == ["b"]
    assert monthly() == (0, 10_000, 0, 0, 50_000)


@pytest.mark.parametrize("lines", [1, 20, 200])
def test_a_posting_costs_six_queries_whatever_its_lines(lines: int) -> None:
    spread = [journal_line(f"4452241002{n % 50:02}", line_key=f"line:{n}") for n in range(lines)]
    with CaptureQueriesContext(
        connection,
    ) as queries:
        posted(Kind.CONTRACTED, *spread, key="a", event_at=at(2020, 3, 3))
    assert len(queries) == 6
    assert monthly()[0] == lines * 10_000


def test_twenty_events_cost_six_queries() -> None:
    postings = [
        Posting(key=f"{n}", kind=Kind.ACCEPTED, lines=[journal_line()], event_at=at(2020, 1 + n % 3, 3))
        for n in range(20)
    ]
    with CaptureQueriesContext(connection) as queries:
        events = services.post_all(postings=postings, now=at(2020, 4, 1))
    assert len(queries) == 6
    assert [event.key for event in events] == sorted(posting.key for posting in postings)


def test_an_event_later_than_its_booking_is_refused() -> None:
    with pytest.raises(services.EventInFuture), transaction.atomic():
        posted(key="a", event_at=at(2020, 3, 4), now=at(2020, 3, 3))
    assert not SalesEvent.objects.exists()


@pytest.mark.parametrize("year", [2018, 2037])
def test_a_day_without_a_partition_is_refused_and_nothing_stays(year: int) -> None:
    with pytest.raises(IntegrityError, match="no partition"), transaction.atomic():
        posted(key="a", event_at=at(year, 6, 1))
    assert not SalesEvent.objects.exists()
    assert not MonthlyTotal.objects.exists()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"village_code": "445224"}, "12 digits"),
        ({"village_code": "44522410020１"}, "12 digits"),
        ({"county_code": "445281"}, "does not lie in"),
    ],
)
def test_a_line_names_a_village_and_its_county(changes: dict[str, str], message: str) -> None:
    with pytest.raises(InvalidLine, match=message):
        journal_line(**changes)


def test_a_town_of_dongguan_lies_in_the_prefecture() -> None:
    posted(Kind.ACCEPTED, journal_line("441900003001"), key="a", event_at=at(2020, 3, 3))
    assert monthly("441900")[1] == 10_000


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ([], "no line"),
        ([journal_line(), journal_line()], "twice"),
        ([journal_line(amount_fen=-1)], "negative"),
        ([journal_line(quantity=-1)], "negative"),
    ],
)
def test_an_event_has_distinct_positive_lines(lines: list[object], message: str) -> None:
    with pytest.raises(InvalidLine, match=message):
        Posting(key="a", kind=Kind.PAID, lines=lines, event_at=at(2020, 3, 3))  # type: ignore[arg-type]
