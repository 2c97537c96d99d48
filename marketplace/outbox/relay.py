"""Carrying what is owed out of the database, at least once; one relay at a time, and safe with any number.

A relay claims a batch by one short transaction that leases the rows (FOR UPDATE SKIP LOCKED), then delivers
each message in a transaction of its own. If the relay dies, the lease runs out and another one tries again.
Two never deliver the same message: the row stays locked while it is delivered, and a claim that was overtaken
finds another end of the lease than its own. An attempt is counted when it begins: a message that kills its
relay is set aside like any other, and those that were claimed with it are not.
"""

import datetime as dt
import logging
from collections.abc import Callable
from operator import attrgetter

from django.db import transaction
from django.db.models import F

from marketplace.core import locks
from marketplace.core.audit import services as audit
from marketplace.outbox import alerts, services
from marketplace.outbox.handlers import handler_of
from marketplace.outbox.models import OutboxMessage
from marketplace.outbox.querysets import OutboxMessageQuerySet

logger = logging.getLogger(__name__)

TURN = "outbox.relay"
BATCH = 50
MAX_ATTEMPTS = 8
LEASE = dt.timedelta(minutes=5)
# 15 s, 1 min, 4 min, 16 min, 1 h, 4 h, 6 h: a mail server may be away for half a day.
FIRST_DELAY = dt.timedelta(seconds=15)
LONGEST_DELAY = dt.timedelta(hours=6)
KEEP_DELIVERED = dt.timedelta(days=30)
ERROR_LENGTH = 500

Clock = Callable[[], dt.datetime]


def relay_due(*, clock: Clock, end: dt.datetime) -> None:
    """Batch after batch until nothing is due or the time is over; nothing while another one does so.

    One at a time: a slow mail server would hold up as many workers as there are relays, and with them
    whatever else the beat asks for. Who was to wake another relay meanwhile found the turn taken: so it looks
    once more after its turn, even if that began when nothing was due.
    """
    while clock() < end and _turn(clock, end) and _is_anything_left(clock()):
        pass


def _turn(clock: Clock, end: dt.datetime) -> bool:
    """Whether the turn was ours; what was due has been tried then, or the time is over."""
    with locks.turn(TURN) as is_ours:
        while is_ours and clock() < end and relay_batch(clock=clock, end=end):
            pass
    return is_ours


def relay_batch(*, clock: Clock, end: dt.datetime | None = None) -> int:
    """The number of messages that were due and have been tried; 0 when nothing is left to do.

    A slow mail server takes half a minute a message: what has not begun when the time is over is given back.
    """
    claimed = claim(now=clock())
    for tried, message in enumerate(claimed):
        if end and clock() >= end:
            _give_back(claimed[tried:])
            return tried
        deliver(message, now=clock())
    return len(claimed)


def claim(*, now: dt.datetime) -> list[OutboxMessage]:
    """Up to a batch of due messages, ours until the lease ends; those first that nobody has tried yet."""
    with transaction.atomic():
        messages = list(_due_and_free(now)[:BATCH])
        ids = [message.pk for message in messages]
        OutboxMessage.objects.filter(pk__in=ids).update(available_at=now + LEASE)
    for message in messages:
        message.due_at, message.available_at = message.available_at, now + LEASE
    return sorted(messages, key=attrgetter("attempts"))


def deliver(message: OutboxMessage, *, now: dt.datetime) -> None:
    """The message is delivered, or waits for its next attempt, or is set aside after its last one.

    Nothing at all if another relay has taken it over.
    """
    if not _ours(message).update(attempts=F("attempts") + 1):
        return
    message.attempts += 1
    if message.attempts > MAX_ATTEMPTS:
        _set_aside(message, now, message.last_error or "The relay died at every attempt.")
        return
    try:
        _deliver_once(message, now)
    except Exception as error:  # noqa: BLE001 -- whatever a handler raises must not stop the other messages
        _failed(message, now, f"{type(error).__name__}: {error}"[:ERROR_LENGTH])


def retry_set_aside(*, chosen: OutboxMessageQuerySet, now: dt.datetime) -> int:
    """How many of the chosen messages wait again, with all their attempts before them.

    Those that are not set aside (any more) stay as they are. Each leaves an entry in the audit trail.
    """
    with transaction.atomic():
        messages = list(chosen.set_aside().select_for_update().only("topic"))
        again = OutboxMessage.objects.filter(pk__in=[message.pk for message in messages])
        again.update(set_aside_at=None, attempts=0, available_at=now)
        audit.record_each(
            action="outbox.retried", changes=[(message, {"topic": message.topic}) for message in messages]
        )
        services.wake_relay_on_commit()
    return len(messages)


def forget_delivered(*, now: dt.datetime) -> int:
    """How many long delivered messages were deleted: their payload names people."""
    return OutboxMessage.objects.delivered_before(now - KEEP_DELIVERED).delete()[0]


def delay_after(attempts: int) -> dt.timedelta:
    """How long a message rests after so many failed attempts."""
    factor: int = 4 ** (attempts - 1)
    return min(FIRST_DELAY * factor, LONGEST_DELAY)


def _due_and_free(now: dt.datetime) -> OutboxMessageQuerySet:
    """What is due and nobody else's at this moment; ours until the transaction ends."""
    return OutboxMessage.objects.due(now).select_for_update(skip_locked=True)


def _is_anything_left(now: dt.datetime) -> bool:
    """Whether another look would find something; what another relay holds is its own."""
    with transaction.atomic():
        return _due_and_free(now).only("pk").first() is not None


def _give_back(messages: list[OutboxMessage]) -> None:
    """They are due since when they were before, unless another relay has taken them over."""
    for message in messages:
        _ours(message).update(available_at=message.due_at)


def _ours(message: OutboxMessage) -> OutboxMessageQuerySet:
    """The message's row while it waits under the lease with which it was claimed; no two leases end alike."""
    return OutboxMessage.objects.waiting().filter(pk=message.pk, available_at=message.available_at)


def _deliver_once(message: OutboxMessage, now: dt.datetime) -> None:
    """Marks and delivers in one transaction; nothing if another relay has taken the message over."""
    with transaction.atomic():
        if _ours(message).update(delivered_at=now, last_error=""):
            handler_of(message.topic)(message)


def _failed(message: OutboxMessage, now: dt.datetime, error: str) -> None:
    if message.attempts >= MAX_ATTEMPTS:
        _set_aside(message, now, error)
        return
    _ours(message).update(available_at=now + delay_after(message.attempts), last_error=error)
    logger.warning("An outgoing message failed", extra=_ids(message))


def _set_aside(message: OutboxMessage, now: dt.datetime, error: str) -> None:
    with transaction.atomic():
        if _ours(message).update(set_aside_at=now, last_error=error):
            alerts.message_set_aside(message, now)
            logger.error("An outgoing message is set aside: see /operator/outbox/", extra=_ids(message))


def _ids(message: OutboxMessage) -> dict[str, object]:
    return {"message_id": message.pk, "topic": message.topic, "attempts": message.attempts}
