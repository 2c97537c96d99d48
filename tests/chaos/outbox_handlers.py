"""Who delivers the topics of a run: loaded by its processes, never by the suite's own."""

import datetime as dt

from django.db import connection

from marketplace.outbox import relay
from marketplace.outbox.handlers import register
from marketplace.outbox.models import OutboxMessage
from tests.chaos import topics
from tests.chaos.events import LEASE_SECONDS

relay.LEASE = dt.timedelta(seconds=LEASE_SECONDS)


@register(topics.SLOW)
def take_time(_message: OutboxMessage) -> None:
    """A delivery that is not over at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [topics.SLOW_SECONDS])


@register(topics.COUNTED)
def count(message: OutboxMessage) -> None:
    """A row for each delivery: nothing in the table keeps a second one out."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO chaos_effect (key) VALUES (%s)", [message.dedupe_key])
