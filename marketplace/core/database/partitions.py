"""Tables partitioned by year: partitions are made years ahead, and there is no default one."""

from django.db import connection, transaction

from marketplace.core.database.roles import grant_application_role, partitions


def partition_name(table: str, year: int) -> str:
    """The name of a year's partition: journal_2020."""
    return f"{table}_{year}"


def append_only_partition(table: str, year: int) -> str:
    """SQL that makes the year's partition of an append-only table, if it is not there.

    The parent's row triggers come by themselves; a statement trigger against TRUNCATE does not.
    """
    name = partition_name(table, year)
    return (
        f"CREATE TABLE IF NOT EXISTS {name} PARTITION OF {table} "
        f"FOR VALUES FROM ('{year}-01-01') TO ('{year + 1}-01-01'); "
        f"CREATE OR REPLACE TRIGGER append_only_truncate BEFORE TRUNCATE ON {name} "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_append_only();"
    )


def ensure_append_only_partitions(*, table: str, years: range) -> list[str]:
    """The partitions that were missing and now exist, by name; run as the owner.

    The application's role gets no right on a partition, not even for a moment.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        existing = set(partitions())
        missing = [year for year in years if partition_name(table, year) not in existing]
        for year in missing:
            cursor.execute(append_only_partition(table, year))
        if missing:
            grant_application_role()
    return [partition_name(table, year) for year in missing]
