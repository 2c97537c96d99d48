"""What is owed for an order, computed from its lines and freight; costs no query."""

from __future__ import annotations

from collections.abc import Collection

from marketplace.order.models import Line, Order
from marketplace.order.status import freight_payable_fen
from marketplace.procurement.models import Payment

Direction = Payment.Direction


def due_fen(order: Order, lines: Collection[Line], direction: Direction) -> int:
    """What is due in this direction: outstanding to the supplier, or overpaid by the buyer."""
    sign = 1 if direction == Direction.PAYMENT else -1
    on_lines = sum(max(sign * line.outstanding_fen, 0) for line in lines)
    return on_lines + max(sign * freight_due_fen(order, lines), 0)


def freight_due_fen(order: Order, lines: Collection[Line]) -> int:
    """The freight still to be paid; negative where it was paid and is no longer owed."""
    return freight_payable_fen(order, lines) - order.freight_paid_fen
