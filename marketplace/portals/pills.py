"""States as every side reads them: the same words and colours for the same things on every page."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.order.models import Order
from marketplace.order.status import Fulfilment, Payment

PAYMENT_TONES = {
    Payment.UNPAID: "neutral",
    Payment.PART: "waiting",
    Payment.PAID: "achieved",
    Payment.REFUNDED: "neutral",
}


@dataclass(frozen=True, slots=True)
class Pill:
    """A state as components/status.html shows it."""

    label: str
    tone: str


def payment_pill(order: Order) -> Pill:
    """How far the order's money is; what was cancelled owes nothing, and what was paid for it comes back."""
    payment = Payment(order.payment_status)
    if order.status == Fulfilment.CANCELLED and payment == Payment.UNPAID:
        return Pill(_("nothing to pay"), "neutral")
    if order.status == Fulfilment.CANCELLED and payment in (Payment.PART, Payment.PAID):
        return Pill(_("to be paid back"), "waiting")
    return Pill(str(payment.label), PAYMENT_TONES[payment])
