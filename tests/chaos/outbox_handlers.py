"""A topic whose effect can be counted, for runs in which workers die."""

import datetime as dt

from django.db import connection

from marketplace.outbox import relay
from marketplace.outbox.handlers import register
from marketplace.outbox.models import OutboxMessage
from tests.chaos.events import LEASE_SECONDS

TOPIC = "chaos"
relay.LEASE = dt.timedelta(seconds=LEASE_SECONDS)
SLOW_TOPIC, SLOW_SECONDS = "chaos.slow", 3


@register(SLOW_TOPIC)
def take_time(_message: OutboxMessage) -> None:
    """A delivery that is not over at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(%s)", [SLOW_SECONDS])


@register(TOPIC)
def count(message: OutboxMessage) -> None:
    """A row for each delivery: nothing in the table keeps a second one out."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO chaos_effect (key) VALUES (%s)", [message.dedupe_key])
