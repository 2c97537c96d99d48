"""Windows in imported rows: files name the last day, tables keep the day after it (half-open)."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext

from marketplace.core.tabular import Row, RowError

Window = tuple[dt.date, dt.date | None]


def exclusive_end(last_day: dt.date | None) -> dt.date | None:
    """The first day after the last; None stays open."""
    return last_day + dt.timedelta(days=1) if last_day else None


def share_a_day(one: Window, other: Window) -> bool:
    """Whether two half-open windows have a day in common."""
    return one[0] < (other[1] or dt.date.max) and other[0] < (one[1] or dt.date.max)


def window_errors(row: Row, first: str, last: str) -> Iterator[RowError]:
    """A mistake if there is a last day without a first, or before it."""
    first_day, last_day = row[first], row[last]
    if last_day is None:
        return
    if first_day is None:
        yield row.error(
            first, gettext("There is a last day, but no first."), gettext("Fill in the first day.")
        )
    elif not first_day <= last_day < dt.date.max:
        yield row.error(
            last,
            gettext("The last day %(day)s does not fit the first.") % {"day": last_day},
            gettext("Correct one of the two days, or leave the last one empty if there is none."),
        )
