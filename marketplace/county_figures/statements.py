"""Statements of SQL, for what is compared or summed over many tables at once."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.db import connection

SOME = 1_000


def rows(statement: str, values: Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
    """The statement's rows, with each %(name)s of it replaced by the value of that name."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def streamed(statement: str, values: Mapping[str, Any]) -> Iterator[tuple[Any, ...]]:
    """The same, one after the other: the server keeps them and hands over some at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        while some := cursor.fetchmany(SOME):
            yield from some
