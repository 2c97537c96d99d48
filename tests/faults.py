"""A database that fails in the middle of an act: at any of its statements, or after the commit, unheard.

For tests whose work commits for real (the fixtures race_database and race_database_of_module).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any
from unittest.mock import patch

from django.db import OperationalError, connection


class Failure:
    """Counts statements, and fails instead of one of them."""

    def __init__(self, at: int) -> None:
        self.at = at
        self.statements = 0

    @property
    def has_come(self) -> bool:
        """Whether there were so many statements."""
        return self.statements >= self.at

    def __call__(self, execute: Callable[..., Any], *statement: Any) -> Any:
        self.statements += 1
        if self.statements == self.at:
            raise OperationalError("the server closed the connection unexpectedly")
        return execute(*statement)


@contextmanager
def failing_at(number: int) -> Iterator[Failure]:
    """In this block the n-th statement, the first being 1, fails before the server has seen it.

    Its error ends the block and goes no further.
    """
    failure = Failure(number)
    with connection.execute_wrapper(failure), suppress(OperationalError):
        yield failure


@contextmanager
def unanswered_commit() -> Iterator[None]:
    """In this block a commit is done, but the connection fails before anybody learns of it."""
    commit = connection._commit

    def fail() -> None:
        commit()
        raise OperationalError("the server closed the connection unexpectedly")

    with patch.object(connection, "_commit", fail), suppress(OperationalError):
        yield
    connection.close()
