"""The journal's monthly partitions, years ahead."""

import datetime as dt

from marketplace.core.database import partitions
from marketplace.core.periods import Window
from marketplace.sales_journal.models import JournalEntry

YEARS_AHEAD = 10


def ensure_partitions(*, today: dt.date) -> list[str]:
    """The journal's partitions that were missing for the years ahead and now exist; run as the owner."""
    window = Window(dt.date(today.year, 1, 1), dt.date(today.year + YEARS_AHEAD + 1, 1, 1))
    return partitions.ensure_append_only_partitions(table=JournalEntry._meta.db_table, window=window)
