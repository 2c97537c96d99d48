"""With which days a window is compared."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.periods import Window
from marketplace.county_figures.comparison import window_before

DAYS = st.dates(dt.date(2018, 1, 1), dt.date(2037, 12, 31))


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def through(first: str, last: str) -> Window:
    return Window.through(day(first), day(last))


@pytest.mark.parametrize(
    ("window", "today", "before"),
    [
        # As far as the month has come.
        (through("2026-11-01", "2026-11-30"), "2026-11-26", through("2026-10-01", "2026-10-26")),
        (through("2020-03-01", "2020-03-31"), "2020-03-30", through("2020-02-01", "2020-02-29")),
        # Over: the whole month before, whatever the months' lengths.
        (through("2020-02-01", "2020-02-29"), "2020-03-01", through("2020-01-01", "2020-01-31")),
        (through("2020-03-01", "2020-03-31"), "2020-03-31", through("2020-02-01", "2020-02-29")),
        # The same for years.
        (through("2026-01-01", "2026-12-31"), "2026-11-26", through("2025-01-01", "2025-11-26")),
        (through("2020-01-01", "2020-12-31"), "2020-02-29", through("2019-01-01", "2019-02-28")),
        (through("2020-01-01", "2020-12-31"), "2020-02-28", through("2019-01-01", "2019-02-28")),
        (through("2020-01-01", "2020-12-31"), "2021-01-01", through("2019-01-01", "2019-12-31")),
        # Any other days: as many just before.
        (through("2020-03-11", "2020-03-20"), "2020-04-01", through("2020-03-01", "2020-03-10")),
        (through("2020-03-11", "2020-03-20"), "2020-03-12", through("2020-03-01", "2020-03-02")),
    ],
)
def test_a_window_is_compared_with_the_days_before_it(window: Window, today: str, before: Window) -> None:
    assert window_before(window, day(today)) == before


def test_what_has_not_begun_is_compared_with_nothing() -> None:
    assert window_before(through("2020-03-02", "2020-03-31"), day("2020-03-01")) is None


def test_no_days_come_before_the_first_of_all() -> None:
    today = day("2020-03-01")
    assert window_before(Window.month(dt.date.min), today) is None
    assert window_before(Window.year(dt.date.min), today) is None
    assert window_before(Window(dt.date(1, 1, 5), dt.date(1, 1, 10)), today) is None
    assert window_before(Window(dt.date(1, 1, 6), dt.date(1, 1, 11)), today) is not None


@given(start=DAYS, length=st.integers(1, 800), today=DAYS)
def test_the_days_before_never_overlap_the_window(start: dt.date, length: int, today: dt.date) -> None:
    window = Window(start, start + dt.timedelta(days=length))
    before = window_before(window, today)
    assert before is None or before.end <= window.start
