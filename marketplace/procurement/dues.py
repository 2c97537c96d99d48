"""What is due for an order: its lines and its freight are one account."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Case, DecimalField, ExpressionWrapper, F, OuterRef, Subquery, Sum, When
from django.db.models.expressions import Combinable

from marketplace.order.models import Line, Order
from marketplace.order.status import Fulfilment, freight_payable_fen, owed_fen, paid_fen
from marketplace.procurement.models import Payment

Direction = Payment.Direction
# Wide enough for sums, in CNY and in fen.
WIDE = DecimalField(max_digits=24, decimal_places=2)


def priced(quantity: Combinable) -> ExpressionWrapper[Combinable]:
    """So many sale units at the line's price, in CNY."""
    return ExpressionWrapper(quantity * F("unit_price_incl_tax"), output_field=WIDE)


PAYABLE = F("quantity") - F("quantity_cancelled") - F("quantity_rejected") - F("quantity_returned")
# For queries of orders: what outstanding_fen says.
OUTSTANDING = (
    Subquery(
        Line.objects.filter(order=OuterRef("pk"))
        .order_by()
        .values("order")
        .annotate(fen=Sum(priced(PAYABLE) * 100 - F("paid_fen") + F("repaid_fen")))
        .values("fen"),
        output_field=WIDE,
    )
    # Cancelled is what nothing is or will be delivered of: its freight is not owed.
    + Case(When(status=Fulfilment.CANCELLED, then=0), default=F("shipping_incl_tax") * 100, output_field=WIDE)
    - F("freight_paid_fen")
)


def outstanding_fen(order: Order, lines: Collection[Line]) -> int:
    """What is still to be paid for the order, in fen; negative where it must go back. No query."""
    return owed_fen(order, lines) - paid_fen(order, lines)


def due_fen(order: Order, lines: Collection[Line], direction: Direction) -> int:
    """What is due in this direction, in fen: still to be paid, or to be paid back. Never both; no query."""
    outstanding = outstanding_fen(order, lines)
    return max(outstanding if direction == Direction.PAYMENT else -outstanding, 0)


def recordable_fen(order: Order, direction: Direction) -> int:
    """What can still be recorded in this direction, in fen: due less what waits for confirmation.

    Takes an order with prefetched lines and payments and costs no query.
    """
    waiting = sum(
        payment.amount_fen
        for payment in order.payments.all()
        if payment.direction == direction and payment.confirmed_at is None
    )
    return max(due_fen(order, list(order.lines.all()), direction) - waiting, 0)


def to_set_off_fen(order: Order, lines: Collection[Line]) -> int:
    """What is paid too much in one place of the order (a line, the freight) and due in another. No query."""
    places = [*(line.outstanding_fen for line in lines), freight_due_fen(order, lines)]
    return min(sum(max(due, 0) for due in places), sum(max(-due, 0) for due in places))


def freight_due_fen(order: Order, lines: Collection[Line]) -> int:
    """The freight still to be paid; negative where it was paid and is no longer owed. No query."""
    return freight_payable_fen(order, lines) - order.freight_paid_fen
