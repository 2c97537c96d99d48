"""The application's role adds to the journal and can do nothing else with it."""

# ruff: noqa: S608 -- the tables are our own constants

import datetime as dt

import pytest
from django.db import ProgrammingError, connection, transaction

from marketplace.core.database.roles import as_owner
from marketplace.sales_journal import partitions
from marketplace.sales_journal.models import JournalEntry, SalesEvent
from tests.factories.sales_journal import at, posted

TABLE = "sales_journal_journalentry"
PARTITION = f"{TABLE}_2020"


@pytest.fixture
def entry(db: None) -> JournalEntry:
    """An entry of March 2020."""
    posted(key="a", event_at=at(2020, 3, 3))
    return JournalEntry.objects.get()


def run(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


CHANGES = [
    *(
        statement.format(table=table)
        for table in (TABLE, PARTITION)
        for statement in (
            "UPDATE {table} SET amount_fen = 1",
            "DELETE FROM {table}",
            "TRUNCATE {table}",
            "ALTER TABLE {table} DISABLE TRIGGER ALL",
            "DROP TABLE {table}",
        )
    ),
    f"ALTER TABLE {TABLE} DETACH PARTITION {PARTITION}",
    f"CREATE TABLE {TABLE}_2050 PARTITION OF {TABLE} DEFAULT",
    f"SELECT * FROM {PARTITION}",
    f"INSERT INTO {PARTITION} SELECT * FROM {TABLE}",
    "UPDATE sales_journal_salesevent SET counted_on = '2020-04-01'",
    "DELETE FROM sales_journal_salesevent",
    "TRUNCATE sales_journal_salesevent CASCADE",
    "DELETE FROM sales_journal_monthclosure",
    "SET session_replication_role = replica",
]
OWNERS_CHANGES = [
    f"UPDATE {TABLE} SET amount_fen = 1",
    f"DELETE FROM {PARTITION}",
    f"TRUNCATE {TABLE}",
    f"TRUNCATE {PARTITION}",
    "UPDATE sales_journal_salesevent SET key = 'b'",
]


@pytest.mark.parametrize("statement", CHANGES)
def test_the_applications_role_cannot(statement: str, entry: JournalEntry) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"):
        run(statement)
    assert JournalEntry.objects.get() == entry
    assert (JournalEntry.objects.get().amount_fen, SalesEvent.objects.get().key) == (10_000, "a")


@pytest.mark.usefixtures("race_database")
def test_a_trigger_stops_the_owner_too() -> None:
    posted(key="a", event_at=at(2020, 3, 3))
    with as_owner():
        for statement in OWNERS_CHANGES:
            with pytest.raises(ProgrammingError, match="append-only"):
                run(statement)
    assert (JournalEntry.objects.get().amount_fen, SalesEvent.objects.get().key) == (10_000, "a")


@pytest.mark.usefixtures("race_database")
def test_partitions_made_later_are_as_closed_as_the_first_ones() -> None:
    with as_owner():
        made = partitions.ensure_partitions(today=dt.date(2027, 5, 1))
        assert partitions.ensure_partitions(today=dt.date(2027, 5, 1)) == []
    assert made == [f"{TABLE}_2037"]
    posted(key="b", event_at=at(2037, 12, 31))
    for statement in ("SELECT 1 FROM {}", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(ProgrammingError, match="permission denied"):
            run(statement.format(f"{TABLE}_2037"))
    with as_owner():
        with pytest.raises(ProgrammingError, match="append-only"):
            run(f"TRUNCATE {TABLE}_2037")
        with pytest.raises(ProgrammingError, match="append-only"):
            run(f"DELETE FROM {TABLE}_2037")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {TABLE} WHERE counted_on >= '2037-01-01'")
        assert cursor.fetchone() == (1,)
        cursor.execute("SELECT 1 FROM pg_partitioned_table WHERE partdefid <> 0")
        assert cursor.fetchone() is None
