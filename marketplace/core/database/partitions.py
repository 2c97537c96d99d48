"""Tables partitioned by month: partitions are made years ahead, and there is no default one."""

import datetime as dt
from collections.abc import Iterator

from django.db import connection, transaction

from marketplace.core.database.roles import grant_application_role, partitions
from marketplace.core.periods import Window, month_after, month_of


def months(window: Window) -> Iterator[dt.date]:
    """The first day of every month that the window touches, in order."""
    month = month_of(window.start)
    while month < window.end:
        yield month
        month = month_after(month)


def partition_name(table: str, month: dt.date) -> str:
    """The name of a month's partition: journal_2020_03."""
    return f"{table}_{month:%Y_%m}"


def append_only_partition(table: str, month: dt.date) -> str:
    """SQL that makes the month's partition of an append-only table, if it is not there.

    The parent's row triggers come by themselves; a statement trigger against TRUNCATE does not.
    """
    name = partition_name(table, month)
    return (
        f"CREATE TABLE IF NOT EXISTS {name} PARTITION OF {table} "
        f"FOR VALUES FROM ('{month}') TO ('{month_after(month)}'); "
        f"CREATE OR REPLACE TRIGGER append_only_truncate BEFORE TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_append_only();"
    )


def ensure_append_only_partitions(*, table: str, window: Window) -> list[str]:
    """The partitions that were missing and now exist, by name; run as the owner.

    The application's role gets no right on a partition, not even for a moment.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        existing = set(partitions())
        missing = [month for month in months(window) if partition_name(table, month) not in existing]
        for month in missing:
            cursor.execute(append_only_partition(table, month))
        if missing:
            grant_application_role()
    return [partition_name(table, month) for month in missing]
