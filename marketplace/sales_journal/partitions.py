"""The journal's yearly partitions, years ahead."""

import datetime as dt

from marketplace.core.database import partitions
from marketplace.sales_journal.models import JournalEntry

YEARS_AHEAD = 10


def ensure_partitions(*, today: dt.date) -> list[str]:
    """The journal's partitions that were missing for the years ahead and now exist; run as the owner."""
    years = range(today.year, today.year + YEARS_AHEAD + 1)
    return partitions.ensure_append_only_partitions(table=JournalEntry._meta.db_table, years=years)
