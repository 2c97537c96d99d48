"""Locks for what has no row to lock: PostgreSQL's advisory locks."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection, transaction

EXCLUSIVE = "SELECT pg_advisory_xact_lock(hashtextextended(name, 0)) FROM unnest(%s::text[]) AS name"
SHARED = "SELECT pg_advisory_xact_lock_shared(hashtextextended(name, 0)) FROM unnest(%s::text[]) AS name"
TRY = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
GIVE_BACK = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


@contextmanager
def turn(name: str) -> Iterator[bool]:
    """Whether it is our turn: nobody else's, in whatever process, until the block or our connection ends.

    It needs no transaction and lasts over many; whoever dies gives it back with the connection.
    """
    with connection.cursor() as cursor:
        cursor.execute(TRY, [name])
        (is_ours,) = cursor.fetchone()
    try:
        yield is_ours
    finally:
        if is_ours:
            with connection.cursor() as cursor:
                cursor.execute(GIVE_BACK, [name])


def advisory_lock(namespace: str, key: str, *, shared: bool = False) -> None:
    """Waits for, then holds, the lock `namespace:key` until the current transaction ends.

    Shared holders exclude only exclusive ones. Read what the lock protects in a later statement: the one that
    waits still sees the rows as they were before.

    Raises:
        TransactionManagementError: there is no transaction, so the lock would be gone at once.
    """
    advisory_locks(namespace, [key], shared=shared)


def advisory_locks(namespace: str, keys: Collection[str], *, shared: bool = False) -> None:
    """Holds several locks of one namespace, taken in the order of their keys, by one query."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("An advisory lock needs a transaction that holds it.")
    names = [f"{namespace}:{key}" for key in sorted(set(keys))]
    with connection.cursor() as cursor:
        cursor.execute(SHARED if shared else EXCLUSIVE, [names])
