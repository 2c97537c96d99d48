"""A month is closed by two persons; what comes later counts when it is booked."""

import datetime as dt
from threading import Event

import pytest
from django.db import IntegrityError, transaction

from marketplace.accounts.models import User
from marketplace.core.periods import Window
from marketplace.sales_journal import closing, queries, services
from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.models import ClosingProposal, MonthClosure, SalesEvent
from tests.factories.sales_journal import VILLAGE, at, journal_line, posted
from tests.threads import PATIENCE_SECONDS, run_together, wait_until_waiting

MARCH, APRIL, MAY = (dt.date(2020, month, 1) for month in (3, 4, 5))
APRIL_10 = at(2020, 4, 10)


def people() -> tuple[User, User]:
    return User.objects.create_user("zhang-san"), User.objects.create_user("li-si")


def close(month: dt.date, now: dt.datetime) -> None:
    first, second = people()
    closing.propose_closing(month=month, actor=first, now=now)
    closing.close_month(month=month, actor=second, now=now)


def accepted(month: dt.date) -> int:
    return queries.totals(region_codes=[VILLAGE[:6]], window=Window.month(month)).accepted_fen


@pytest.mark.django_db
def test_two_persons_close_a_month_and_both_are_named() -> None:
    first, second = people()
    closing.propose_closing(month=MARCH, actor=first, now=at(2020, 4, 2))
    closure = closing.close_month(month=MARCH, actor=second, now=at(2020, 4, 3))
    assert MonthClosure.objects.values_list().get() == (
        MARCH, first.pk, at(2020, 4, 2), second.pk, at(2020, 4, 3),
    )  # fmt: skip
    assert closure.month == MARCH
    assert not ClosingProposal.objects.exists()


@pytest.mark.django_db
def test_who_proposed_cannot_close() -> None:
    first, _ = people()
    closing.propose_closing(month=MARCH, actor=first, now=APRIL_10)
    with pytest.raises(closing.SecondPersonNeeded):
        closing.close_month(month=MARCH, actor=first, now=APRIL_10)
    assert not MonthClosure.objects.exists()


@pytest.mark.django_db
def test_the_database_knows_that_it_takes_two() -> None:
    first, _ = people()
    with pytest.raises(IntegrityError, match="month_closure_takes_two_persons"), transaction.atomic():
        MonthClosure.objects.create(
            month=MARCH, proposed_by=first, proposed_at=APRIL_10, closed_by=first, closed_at=APRIL_10
        )


@pytest.mark.django_db
def test_a_month_is_closed_once_and_only_when_it_is_over() -> None:
    first, second = people()
    with pytest.raises(closing.NotProposed):
        closing.close_month(month=MARCH, actor=second, now=APRIL_10)
    with pytest.raises(closing.MonthNotOver):
        closing.propose_closing(month=MARCH, actor=first, now=at(2020, 3, 31, 23))
    closing.propose_closing(month=MARCH, actor=first, now=at(2020, 4, 1, 0))
    with pytest.raises(closing.AlreadyProposed):
        closing.propose_closing(month=MARCH, actor=second, now=APRIL_10)
    closing.withdraw_proposal(month=MARCH)
    with pytest.raises(closing.NotProposed):
        closing.withdraw_proposal(month=MARCH)
    closing.propose_closing(month=MARCH, actor=second, now=APRIL_10)
    closing.close_month(month=MARCH, actor=first, now=APRIL_10)
    with pytest.raises(closing.AlreadyClosed):
        closing.propose_closing(month=MARCH, actor=first, now=APRIL_10)
    with pytest.raises(closing.AlreadyClosed):
        closing.close_month(month=MARCH, actor=second, now=APRIL_10)


@pytest.mark.django_db
def test_a_return_after_closing_counts_in_the_month_in_which_it_is_booked() -> None:
    posted(Kind.ACCEPTED, journal_line(amount_fen=10_000), key="accepted", event_at=at(2020, 3, 20))
    close(MARCH, APRIL_10)
    event = posted(
        Kind.RETURNED,
        journal_line(amount_fen=2_500),
        key="returned",
        event_at=at(2020, 3, 30),
        now=at(2020, 5, 6),
    )
    assert event.counted_on == dt.date(2020, 5, 6)
    assert event.event_at == at(2020, 3, 30)
    assert [accepted(month) for month in (MARCH, APRIL, MAY)] == [10_000, 0, -2_500]


@pytest.mark.django_db
def test_before_closing_what_is_booked_late_counts_on_its_own_day() -> None:
    event = posted(key="a", event_at=at(2020, 3, 30), now=at(2020, 5, 6))
    assert event.counted_on == dt.date(2020, 3, 30)


@pytest.mark.django_db
def test_booking_at_a_time_in_a_closed_month_is_refused() -> None:
    """A clock that stands still: neither the event's day nor the booking day can take the sale."""
    close(MARCH, APRIL_10)
    with pytest.raises(services.BookingMonthClosed), transaction.atomic():
        posted(key="a", event_at=at(2020, 3, 30))
    assert not SalesEvent.objects.exists()


@pytest.mark.usefixtures("race_database")
def test_closing_waits_for_whoever_is_posting_and_who_comes_after_counts_in_the_next_month() -> None:
    first, second = people()
    closing.propose_closing(month=MARCH, actor=first, now=APRIL_10)
    holding = Event()

    def post_slowly() -> dt.date:
        with transaction.atomic():
            event = posted(key="early", event_at=at(2020, 3, 30), now=APRIL_10)
            holding.set()
            wait_until_waiting(1)
            assert not MonthClosure.objects.exists()
        return event.counted_on

    def close_meanwhile() -> dt.date:
        assert holding.wait(PATIENCE_SECONDS)
        closing.close_month(month=MARCH, actor=second, now=APRIL_10)
        return posted(key="late", event_at=at(2020, 3, 30), now=APRIL_10).counted_on

    days = run_together([post_slowly, close_meanwhile])
    assert days == [dt.date(2020, 3, 30), dt.date(2020, 4, 10)]
    assert (accepted(MARCH), accepted(APRIL)) == (10_000, 10_000)


@pytest.mark.usefixtures("race_database")
def test_who_waits_for_the_closing_counts_in_the_booking_month() -> None:
    first, second = people()
    closing.propose_closing(month=MARCH, actor=first, now=APRIL_10)
    holding = Event()

    def close_slowly() -> None:
        with transaction.atomic():
            closing.close_month(month=MARCH, actor=second, now=APRIL_10)
            holding.set()
            wait_until_waiting(1)
            assert not SalesEvent.objects.exists()

    def post_meanwhile() -> None:
        assert holding.wait(PATIENCE_SECONDS)
        posted(key="late", event_at=at(2020, 3, 30), now=APRIL_10)

    run_together([close_slowly, post_meanwhile])
    assert SalesEvent.objects.get().counted_on == dt.date(2020, 4, 10)
    assert (accepted(MARCH), accepted(APRIL)) == (0, 10_000)
