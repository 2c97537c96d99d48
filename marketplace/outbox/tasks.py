"""The relay by beat and by nudge."""

import datetime as dt

from celery import shared_task
from django.utils import timezone

from marketplace.outbox import relay

# Long enough to empty a full outbox, short enough to end before the task's time limit.
BUDGET = dt.timedelta(minutes=2)


@shared_task(name="marketplace.outbox.tasks.relay_outbox")
def relay_outbox() -> None:
    """Relays until nothing is due; what is left after the time goes with the next beat.

    Nothing while another one does so: it looks again before it ends.
    """
    relay.relay_due(clock=timezone.now, end=timezone.now() + BUDGET)


@shared_task
def forget_delivered_messages() -> None:
    """Deletes what was delivered long ago."""
    relay.forget_delivered(now=timezone.now())
