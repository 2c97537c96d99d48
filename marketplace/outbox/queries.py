"""What the operator sees of the outbox."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, F, Min
from django.utils import timezone

from marketplace.outbox.models import OutboxMessage
from marketplace.outbox.querysets import WAITING, OutboxMessageQuerySet

# A message that has been due for so long shows that nobody relays.
LATE = dt.timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Summary:
    """How many messages wait (and since when the oldest does), were delivered and were set aside."""

    waiting: int
    waiting_since: dt.datetime | None
    delivered: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class Topic:
    """How many messages of a topic were set aside."""

    topic: str
    messages: int


def summary() -> Summary:
    """The outbox in numbers; delivered ones are kept for thirty days. One query."""
    found = OutboxMessage.objects.aggregate(
        waiting=Count("pk", filter=WAITING),
        waiting_since=Min("created_at", filter=WAITING),
        delivered=Count("delivered_at"),
        set_aside=Count("set_aside_at"),
    )
    return Summary(**found)


def set_aside_topics() -> list[Topic]:
    """The topics of which messages were set aside, in the alphabet's order; one query."""
    rows = OutboxMessage.objects.set_aside().values("topic")
    counted = rows.annotate(messages=Count("pk")).order_by("topic")
    return [Topic(**row) for row in counted]


def set_aside_messages() -> OutboxMessageQuerySet:
    """Messages that failed too often, the latest first, without what they say."""
    newest = OutboxMessage.objects.set_aside().order_by(F("set_aside_at").desc(), "-pk")
    return newest.defer("payload")


def set_aside_count() -> int:
    """How many messages failed too often; one query over a small index."""
    return OutboxMessage.objects.set_aside().count()


def state() -> str:
    """The outbox in a word: "set_aside" if a person must look, "late" if nobody relays, else "ok"."""
    if OutboxMessage.objects.set_aside().exists():
        return "set_aside"
    return "late" if OutboxMessage.objects.due(timezone.now() - LATE).exists() else "ok"
