"""A topic whose effect can be counted, for runs in which workers die."""

import datetime as dt

from django.db import connection

from marketplace.outbox import relay
from marketplace.outbox.handlers import register
from marketplace.outbox.models import OutboxMessage

TOPIC = "chaos"
# A dead worker's messages come back after the lease: five minutes in production, too long for a run.
relay.LEASE = dt.timedelta(seconds=15)


@register(TOPIC)
def count(message: OutboxMessage) -> None:
    """A row for each delivery: nothing in the table keeps a second one out."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO chaos_effect (key) VALUES (%s)", [message.dedupe_key])
