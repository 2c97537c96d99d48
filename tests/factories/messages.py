"""Outgoing messages."""

from django.utils import timezone

from marketplace.outbox import services
from marketplace.outbox.models import OutboxMessage


def make_set_aside(
    key: str = "order:1:li@example.com", *, topic: str = services.MAIL, error: str = "ConnectionRefusedError"
) -> OutboxMessage:
    """A message that failed eight times."""
    now = timezone.now()
    services.enqueue(topic=topic, payload={"to": "li@example.com"}, dedupe_key=key, now=now)
    OutboxMessage.objects.filter(dedupe_key=key).update(attempts=8, set_aside_at=now, last_error=error)
    return OutboxMessage.objects.get(dedupe_key=key)
