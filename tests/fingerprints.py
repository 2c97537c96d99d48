"""Whether anything in the database has changed."""

from functools import cache

from django.db import connection

# Two hundred tables look like much to the planner; two more processes would take longer than the work.
ALONE = "SET max_parallel_workers_per_gather = 0"


@cache
def statement() -> str:
    """Each table's number of rows and newest writing transaction."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
    parts = [f"SELECT '{table}', count(*), max(xmin::text::bigint) FROM \"{table}\"" for table in tables]  # noqa: S608 -- names from the catalogue
    return " UNION ALL ".join(parts)


def fingerprint() -> set[tuple[object, ...]]:
    """One row per table, which any committed write to it changes: an insert, an update, a delete."""
    wanted = statement()
    connection.ensure_connection()
    # Planned once per connection: that takes longer than the answer.
    connection.connection.execute(ALONE)
    return set(connection.connection.execute(wanted, prepare=True).fetchall())
