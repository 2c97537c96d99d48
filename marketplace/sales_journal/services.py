"""Posting to the journal. Closing a month is in closing.py."""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.db import IntegrityError, transaction

from marketplace.core import rows
from marketplace.core.locks import advisory_locks
from marketplace.core.periods import month_of, shanghai_day
from marketplace.sales_journal import rollups
from marketplace.sales_journal.kinds import BASIS, Kind, sign_of
from marketplace.sales_journal.lines import JournalLine, Posting
from marketplace.sales_journal.models import JournalEntry, MonthClosure, SalesEvent

__all__ = [
    "AlreadyPosted",
    "BookingMonthClosed",
    "EventInFuture",
    "JournalLine",
    "Kind",
    "Posting",
    "post",
    "post_all",
]
MONTH_LOCK = "sales_journal.month"


class AlreadyPosted(Exception):
    """One of the events stands in the journal already; the caller's transaction has to be rolled back."""

    def __init__(self, keys: Sequence[str]) -> None:
        super().__init__(f"Already posted: one of {', '.join(keys)}.")
        self.keys = list(keys)


class EventInFuture(ValueError):
    """An event that is said to happen after it is booked."""


class BookingMonthClosed(Exception):
    """The month was closed while the caller was still booking in it: try again with the present time."""

    def __init__(self, month: dt.date) -> None:
        super().__init__(f"The month {month:%Y-%m} is closed; book at the present time.")
        self.month = month


def post(
    *, key: str, kind: Kind, lines: Sequence[JournalLine], event_at: dt.datetime, now: dt.datetime
) -> SalesEvent:
    """The one event, journalled with its lines and added to the roll-ups; see `post_all`."""
    return post_all(postings=[Posting(key=key, kind=kind, lines=lines, event_at=event_at)], now=now)[0]


def post_all(*, postings: Sequence[Posting], now: dt.datetime) -> list[SalesEvent]:
    """The events, in the order of their keys, journalled with all lines and added to the roll-ups.

    Six queries, however many events and lines, and one more for what belongs to campaigns. Call it once in a
    transaction, with all of its events: two calls would lock the roll-ups' rows in two rounds, and two such
    transactions could wait for each other.

    Raises:
        AlreadyPosted: one of the keys is there already. Nothing of the transaction may be committed.
        BookingMonthClosed: `now` lies in a closed month.
        EventInFuture: an event is later than `now`.
    """
    ordered = sorted(postings, key=lambda posting: posting.key)
    with transaction.atomic(savepoint=False):
        closed = _hold_open({now, *(posting.event_at for posting in ordered)})
        events = _save_events([_event(posting, closed, now) for posting in ordered])
        entries = rows.insert(_entries(ordered, events))
        rollups.add(entries)
    return events


def _hold_open(times: set[dt.datetime]) -> set[dt.date]:
    """The months among these that are closed; those that are open stay so until we commit.

    Read after the lock, in a statement of its own: the one that waits would not see who closed meanwhile.
    """
    months = {month_of(shanghai_day(time)) for time in times}
    advisory_locks(MONTH_LOCK, [month.isoformat() for month in months], shared=True)
    return set(MonthClosure.objects.filter(month__in=months).values_list("month", flat=True))


def _event(posting: Posting, closed: set[dt.date], now: dt.datetime) -> SalesEvent:
    return SalesEvent(
        key=posting.key,
        event_at=posting.event_at,
        booked_at=now,
        counted_on=_counted_on(posting.event_at, closed, now),
    )


def _counted_on(event_at: dt.datetime, closed: set[dt.date], now: dt.datetime) -> dt.date:
    """The day of the event, or the booking day if that month is closed."""
    if event_at > now:
        raise EventInFuture(f"An event at {event_at.isoformat()} cannot be booked at {now.isoformat()}.")
    event_day, booking_day = shanghai_day(event_at), shanghai_day(now)
    if month_of(booking_day) in closed:
        raise BookingMonthClosed(month_of(booking_day))
    return booking_day if month_of(event_day) in closed else event_day


def _save_events(events: list[SalesEvent]) -> list[SalesEvent]:
    try:
        return SalesEvent.objects.bulk_create(events)
    except IntegrityError as error:
        raise AlreadyPosted([event.key for event in events]) from error


def _entries(postings: Sequence[Posting], events: Sequence[SalesEvent]) -> Iterator[JournalEntry]:
    for posting, event in zip(postings, events, strict=True):
        for line in posting.lines:
            yield _entry(posting.kind, line, event)


def _entry(kind: Kind, line: JournalLine, event: SalesEvent) -> JournalEntry:
    """The line as a row: every field of it under its own name, amounts with the kind's sign."""
    sign = sign_of(kind)
    signed = {name: sign * getattr(line, name) for name in ("amount_fen", "weight_grams", "quantity")}
    values = {**vars(line), **signed, "pairs": list(line.pairs), "rules": list(line.rules)}
    return JournalEntry(event=event, counted_on=event.counted_on, kind=kind, basis=BASIS[kind], **values)
