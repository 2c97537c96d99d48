"""Threads that start together on a database in which they commit for real (the fixture race_database)."""

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
