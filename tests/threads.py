"""Threads that start together on a database in which they commit for real (the fixture race_database)."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

PATIENCE_SECONDS = 30

Result = TypeVar("Result")


def run_together(actions: list[Callable[[], Result]]) -> list[Result]:
    """The results of the actions, each in a thread and with a connection of its own, all begun at once."""
    barrier = Barrier(len(actions))

    def run(action: Callable[[], Result]) -> Result:
        try:
            barrier.wait(PATIENCE_SECONDS)
            return action()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as threads:
        return [future.result(PATIENCE_SECONDS) for future in [threads.submit(run, each) for each in actions]]


def waiting_for_locks() -> int:
    """How many connections to this test's database wait for a lock that another one holds."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the first answer again
        cursor.execute(
            # Rows and advisory locks: a page that is just being added is waited for as well, for moments.
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND wait_event_type = 'Lock' AND wait_event IN ('transactionid', 'tuple', 'advisory')"
        )
        return int(cursor.fetchone()[0])


def wait_until_waiting(number: int) -> None:
    """Returns once so many connections to this test's database wait for a lock."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while waiting_for_locks() < number:
        if time.monotonic() > deadline:
            raise TimeoutError(f"Fewer than {number} connections wait for a lock.")
