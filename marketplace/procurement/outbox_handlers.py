"""Money that must go back: the outbox calls again until the gateway has taken it."""

from django.utils import timezone

from marketplace.outbox.handlers import register
from marketplace.outbox.models import OutboxMessage
from marketplace.procurement.services import online


@register(online.REFUND)
def refund(message: OutboxMessage) -> None:
    """The payment of the message has gone back."""
    online.refund_payment(payment_id=message.payload["payment"], now=timezone.now())
