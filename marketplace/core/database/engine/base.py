"""A connection that gives up after the patience of whoever is served.

PostgreSQL's own statement_timeout does not help where the server hangs or the network swallows its answers;
nor does TCP, whose other end still acknowledges.
"""

from __future__ import annotations

from typing import Any

import psycopg
from django.db import OperationalError
from django.db.backends.postgresql import base
from psycopg import errors
from psycopg.abc import RV, PQGen

from marketplace.core.database.patience import patience, waiting, within

# What a pooled connection gets to show that it lives. libpq waits as long for a new one, and no shorter:
# whoever is served waits for one of them, not for both.
SIGN_OF_LIFE_SECONDS = 2.0
WAKE_SECONDS = 0.1


class ImpatientConnection(psycopg.Connection[Any]):
    """psycopg's; once it has given up, nobody knows what became of the statement, and it is closed."""

    has_given_up = False

    def wait(self, gen: PQGen[RV], interval: float = WAKE_SECONDS, timeout: float | None = None) -> RV:
        """What the server answers.

        Raises:
            psycopg.OperationalError: it did not within the patience of who is served.
        """
        limit = patience() if timeout is None else timeout
        try:
            with waiting():
                return super().wait(gen, interval=interval, timeout=limit)
        except errors._WaitTimeout as error:
            if timeout is not None:
                raise
            self.has_given_up = True
            self.pgconn.finish()
            raise psycopg.OperationalError(f"The database did not answer within {limit:.1f} s.") from error


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's, with such connections."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> ImpatientConnection:
        """A connection; Django's own way of making one with another class, for no pool is in use."""
        self.isolation_level = psycopg.IsolationLevel.READ_COMMITTED
        return ImpatientConnection.connect(**conn_params)

    def is_usable(self) -> bool:
        """Whether the connection shows that it lives, in time."""
        with waiting(), within(SIGN_OF_LIFE_SECONDS):
            return super().is_usable()

    def close_if_health_check_failed(self) -> None:
        """Django's: a dead connection is closed and a new one opened at once.

        Raises:
            OperationalError: the server is too slow to say whether the connection lives; a new one would be
                waited for as long again.
        """
        asked = self.connection
        super().close_if_health_check_failed()
        if asked is not None and self.connection is None and asked.has_given_up:
            raise OperationalError("The database shows no sign of life.")
