"""How long a commit takes: until the disk has it, or not even that."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def unhurried_commits() -> Iterator[None]:
    """Commits of this connection do not wait for the disk: for what can be made again, in thousands of steps.

    A power cut may take the last half second of them, never one without those after it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")
