"""Days, months and windows of days, all in Asia/Shanghai; windows are half-open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")


class EmptyWindow(ValueError):
    """A window whose first day is not before its end."""


def shanghai_day(now: dt.datetime) -> dt.date:
    """The calendar day in Asia/Shanghai at this instant: 2020-03-31T16:00Z is 1 April.

    Raises:
        ValueError: the time has no zone.
    """
    if now.tzinfo is None:
        raise ValueError("A time without a zone belongs to no day.")
    return now.astimezone(SHANGHAI).date()


def start_of_day(day: dt.date) -> dt.datetime:
    """Midnight in Asia/Shanghai: with it a window of days narrows a column of times."""
    return dt.datetime.combine(day, dt.time.min, SHANGHAI)


def month_of(day: dt.date) -> dt.date:
    """The first day of the day's month."""
    return day.replace(day=1)


def month_after(day: dt.date) -> dt.date:
    """The first day of the month after the day's month."""
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1)


@dataclass(frozen=True)
class Window:
    """The days from `start` up to, and without, `end`: adjacent windows share no day and miss none."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise EmptyWindow(f"The first day {self.start} is not before the end {self.end}.")

    @classmethod
    def month(cls, day: dt.date) -> Window:
        """The whole month that the day lies in."""
        return cls(month_of(day), month_after(day))

    @classmethod
    def year(cls, day: dt.date) -> Window:
        """The whole calendar year that the day lies in."""
        return cls(dt.date(day.year, 1, 1), dt.date(day.year + 1, 1, 1))

    @classmethod
    def through(cls, first: dt.date, last: dt.date) -> Window:
        """From the first day to the last, both included: what a person types on a screen."""
        return cls(first, last + dt.timedelta(days=1))

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day < self.end

    @property
    def last_day(self) -> dt.date:
        """The last day inside: what a person reads on a screen."""
        return self.end - dt.timedelta(days=1)

    def whole_months(self) -> Window | None:
        """The part made of whole calendar months; None if there is none."""
        start = self.start if self.start.day == 1 else month_after(self.start)
        return Window(start, month_of(self.end)) if start < month_of(self.end) else None

    def ragged_days(self) -> list[Window]:
        """What `whole_months` leaves over: at most a piece before and a piece after, in order."""
        months = self.whole_months()
        if months is None:
            return [self]
        pieces = [(self.start, months.start), (months.end, self.end)]
        return [Window(start, end) for start, end in pieces if start < end]


def start_of(day: dt.date) -> dt.datetime:
    """The instant at which the day begins in Asia/Shanghai; that of the next day is its half-open end."""
    return dt.datetime.combine(day, dt.time(), SHANGHAI)
