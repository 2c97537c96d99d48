"""Days, months and windows in Asia/Shanghai."""

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.periods import EmptyWindow, Window, month_after, month_of, shanghai_day

DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2037, 12, 31))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        ("2020-03-31T15:59:59+00:00", dt.date(2020, 3, 31)),
        ("2020-03-31T16:00:00+00:00", dt.date(2020, 4, 1)),
        ("2020-01-01T00:00:00+14:00", dt.date(2019, 12, 31)),
    ],
)
def test_a_day_begins_at_midnight_in_shanghai(instant: str, day: dt.date) -> None:
    assert shanghai_day(dt.datetime.fromisoformat(instant)) == day


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        shanghai_day(dt.datetime(2020, 3, 31))  # noqa: DTZ001 -- the fault itself


def test_months_follow_each_other_over_leap_day_and_new_year() -> None:
    assert month_after(dt.date(2020, 1, 31)) == dt.date(2020, 2, 1)
    assert month_after(dt.date(2020, 2, 29)) == dt.date(2020, 3, 1)
    assert month_after(dt.date(2020, 12, 1)) == dt.date(2021, 1, 1)


@pytest.mark.parametrize("end", [dt.date(2020, 3, 1), dt.date(2020, 2, 29)])
def test_a_window_needs_a_day(end: dt.date) -> None:
    with pytest.raises(EmptyWindow):
        Window(dt.date(2020, 3, 1), end)


def test_a_person_names_the_last_day_and_it_is_included() -> None:
    window = Window.through(dt.date(2020, 3, 1), dt.date(2020, 3, 31))
    assert window == Window.month(dt.date(2020, 3, 15))
    assert window.last_day == dt.date(2020, 3, 31)
    assert dt.date(2020, 3, 31) in window
    assert dt.date(2020, 4, 1) not in window


def test_a_year_is_twelve_whole_months() -> None:
    year = Window.year(dt.date(2020, 7, 1))
    assert year == Window(dt.date(2020, 1, 1), dt.date(2021, 1, 1))
    assert year.whole_months() == year
    assert year.ragged_days() == []


def test_a_window_is_whole_months_between_ragged_days() -> None:
    window = Window(dt.date(2020, 1, 30), dt.date(2020, 4, 2))
    assert window.whole_months() == Window(dt.date(2020, 2, 1), dt.date(2020, 4, 1))
    assert window.ragged_days() == [
        Window(dt.date(2020, 1, 30), dt.date(2020, 2, 1)),
        Window(dt.date(2020, 4, 1), dt.date(2020, 4, 2)),
    ]


def test_a_window_inside_a_month_has_no_whole_month() -> None:
    window = Window(dt.date(2020, 1, 2), dt.date(2020, 1, 31))
    assert window.whole_months() is None
    assert window.ragged_days() == [window]


@given(DAYS, DAYS)
def test_the_parts_of_a_window_hold_each_of_its_days_once(first: dt.date, last: dt.date) -> None:
    window = Window.through(min(first, last), max(first, last))
    months = window.whole_months()
    parts = sorted([*window.ragged_days(), *([months] if months else [])], key=lambda part: part.start)
    assert [parts[0].start, parts[-1].end] == [window.start, window.end]
    assert all(part.end == following.start for part, following in itertools.pairwise(parts))
    assert months is None or months.start == month_of(months.start)
