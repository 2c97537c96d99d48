"""With which days a window's figures are compared."""

import datetime as dt

from marketplace.core.periods import Window, month_of

DAY = dt.timedelta(days=1)


def window_before(window: Window, today: dt.date) -> Window | None:
    """The month before a month, the year before a year, else as many days just before, up to the same day.

    While the window lasts, the days before it end where the window has come to: 1 to 26 November is compared
    with 1 to 26 October, not with the whole of it. None for what has not begun, or where no day comes before.
    """
    length, reached = window.end - window.start, min(window.end, today + DAY)
    if window.start > today or length.days >= window.start.toordinal():
        return None
    if window == Window.year(window.start):
        return Window(_a_year_before(window.start), _a_year_before(reached))
    is_month = window == Window.month(window.start)
    start = month_of(window.start - DAY) if is_month else window.start - length
    end = window.start if reached == window.end else start + (reached - window.start)
    return Window(start, min(end, window.start))


def _a_year_before(day: dt.date) -> dt.date:
    """The same day of the year before; 1 March for 29 February, so that what ends there has all February."""
    is_leap_day = (day.month, day.day) == (2, 29)
    return dt.date(day.year - 1, 3, 1) if is_leap_day else day.replace(year=day.year - 1)
