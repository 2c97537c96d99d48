"""Advisory locks."""

import time
from threading import Event

import pytest
from django.db import connection, transaction

from marketplace.core.locks import advisory_lock, advisory_locks, turn
from marketplace.embedded.processes import wait_until
from tests.threads import PATIENCE_SECONDS, run_together, waiting_for_locks


def holders() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database "
            "WHERE locktype = 'advisory' AND granted AND datname = current_database()"
        )
        return int(cursor.fetchone()[0])


@pytest.mark.usefixtures("race_database")
def test_a_lock_without_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        advisory_lock("test", "a")


@pytest.mark.usefixtures("race_database")
def test_locks_are_held_until_the_transaction_ends() -> None:
    with transaction.atomic():
        advisory_locks("test", ["b", "a", "a"])
        assert holders() == 2
    assert holders() == 0


@pytest.mark.usefixtures("race_database")
def test_a_turn_lasts_over_transactions_and_is_nobody_elses() -> None:
    others: list[bool] = []

    def another() -> None:
        with turn("test") as is_theirs:
            others.append(is_theirs)

    with turn("test") as is_ours, transaction.atomic():
        run_together([another])
    run_together([another])
    assert (is_ours, others, holders()) == (True, [False, True], 0)


@pytest.mark.usefixtures("race_database")
def test_a_turn_ends_with_its_connection() -> None:
    with turn("test"):
        assert holders() == 1
        connection.close()
        # The server notices a moment later.
        assert wait_until(lambda: holders() == 0, seconds=PATIENCE_SECONDS)


def meet(*, shared: tuple[bool, bool]) -> list[str]:
    """What happens when a second one wants the lock that the first one holds."""
    held, seen = Event(), []

    def first() -> None:
        with transaction.atomic():
            advisory_lock("test", "a", shared=shared[0])
            held.set()
            deadline = time.monotonic() + PATIENCE_SECONDS
            while not (waiting_for_locks() or "second" in seen):
                assert time.monotonic() < deadline
            seen.append("first")

    def second() -> None:
        held.wait(PATIENCE_SECONDS)
        with transaction.atomic():
            advisory_lock("test", "a", shared=shared[1])
            seen.append("second")

    run_together([first, second])
    return seen


@pytest.mark.usefixtures("race_database")
@pytest.mark.parametrize("shared", [(False, False), (True, False), (False, True)])
def test_an_exclusive_lock_waits_for_every_other_holder(shared: tuple[bool, bool]) -> None:
    assert meet(shared=shared) == ["first", "second"]


@pytest.mark.usefixtures("race_database")
def test_shared_holders_do_not_wait_for_each_other() -> None:
    assert meet(shared=(True, True)) == ["second", "first"]
