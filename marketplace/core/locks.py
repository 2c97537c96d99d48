"""Locks for what has no row to lock."""

from django.db import connection


def hold_until_commit(name: str) -> None:
    """Wait for, then hold, the lock of this name until the current transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
