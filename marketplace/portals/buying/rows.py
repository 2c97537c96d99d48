"""Orders as lists show them."""

from dataclasses import dataclass

from marketplace.order.models import Order
from marketplace.portals.buying.words import order_pill
from marketplace.portals.pills import Pill, payment_pill


@dataclass(frozen=True)
class OrderRow:
    """An order with its two states."""

    order: Order
    pill: Pill
    payment: Pill


def row_of(order: Order) -> OrderRow:
    """The order as lists show it."""
    return OrderRow(order, order_pill(order), payment_pill(order))
