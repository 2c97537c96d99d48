"""An order's two statuses, computed from the quantities and payments on its lines, never set by hand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from marketplace.order.models import Line, Order


class Fulfilment(models.TextChoices):
    """How far the goods are."""

    CONTRACTED = "contracted", _("waiting for the supplier")
    CONFIRMED = "confirmed", _("confirmed, to be shipped")
    PART_SHIPPED = "part_shipped", _("partly shipped")
    SHIPPED = "shipped", _("shipped")
    PART_ACCEPTED = "part_accepted", _("partly accepted")
    ACCEPTED = "accepted", _("accepted")
    RETURNED = "returned", _("returned")
    CANCELLED = "cancelled", _("cancelled")


class Payment(models.TextChoices):
    """How far the money is."""

    UNPAID = "unpaid", _("unpaid")
    PART = "part", _("partly paid")
    PAID = "paid", _("paid")
    REFUNDED = "refunded", _("paid back")


def fulfilment_of(order: Order, lines: Iterable[Line]) -> Fulfilment:
    """The order's fulfilment as its lines' quantities have it."""
    rows = list(lines)
    to_deliver = sum(row.quantity - row.quantity_cancelled for row in rows)
    shipped = sum(row.quantity_shipped for row in rows)
    judged = sum(row.quantity_accepted + row.quantity_rejected for row in rows)
    accepted = sum(row.quantity_accepted for row in rows)
    returned = sum(row.quantity_returned for row in rows)
    steps = (
        (to_deliver == 0, Fulfilment.CANCELLED),
        (judged == to_deliver and accepted > 0 and returned == accepted, Fulfilment.RETURNED),
        (judged == to_deliver, Fulfilment.ACCEPTED),
        (judged > 0, Fulfilment.PART_ACCEPTED),
        (shipped == to_deliver, Fulfilment.SHIPPED),
        (shipped > 0, Fulfilment.PART_SHIPPED),
        (order.confirmed_at is not None, Fulfilment.CONFIRMED),
    )
    return next((status for holds, status in steps if holds), Fulfilment.CONTRACTED)


def payment_of(order: Order, lines: Iterable[Line]) -> Payment:
    """The order's payment as its lines and its freight have it: paid back only if nothing is owed, either."""
    rows = list(lines)
    paid, owed = paid_fen(order, rows), owed_fen(order, rows)
    if paid < owed:
        return Payment.PART if paid else Payment.UNPAID
    if paid:
        return Payment.PAID
    return Payment.REFUNDED if any(row.repaid_fen for row in rows) else Payment.UNPAID


def owed_fen(order: Order, lines: Iterable[Line]) -> int:
    """What the buyer owes for goods and freight as they stand, whether already paid or not, in fen."""
    rows = list(lines)
    return sum(row.payable_fen for row in rows) + freight_payable_fen(order, rows)


def paid_fen(order: Order, lines: Iterable[Line]) -> int:
    """What was paid for goods and freight, less what was paid back, in fen."""
    return sum(row.paid_fen - row.repaid_fen for row in lines) + order.freight_paid_fen


def freight_payable_fen(order: Order, lines: Iterable[Line]) -> int:
    """The flat freight in fen, owed as soon as anything is or will be delivered."""
    delivered = any(row.quantity > row.quantity_cancelled for row in lines)
    return int(order.shipping_incl_tax * 100) if delivered else 0
