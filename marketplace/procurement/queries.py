"""Requests, orders and purchases, read: always narrowed to those that the user may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from catalog.partner import permissions as suppliers
from marketplace.accounts.models import User
from marketplace.order.models import Line, Order, Purchase
from marketplace.order.status import freight_payable_fen
from marketplace.procurement.models import (
    Cancellation,
    Decision,
    Payment,
    PurchaseRequest,
    Receipt,
    RequestLine,
    Return,
    Shipment,
    ShipmentLine,
)


def requests_of(user: User) -> QuerySet[PurchaseRequest]:
    """The requests of the user's institutions, newest first."""
    return PurchaseRequest.objects.visible_to(user).select_related("institution", "requester").newest_first()


def request_with_lines(user: User, request_id: int) -> PurchaseRequest:
    """One request with its lines and its trail, in three queries.

    Raises:
        PurchaseRequest.DoesNotExist: there is none, or it is not the user's to see.
    """
    lines = RequestLine.objects.select_related("supplier", "product__origin_village").order_by(
        "supplier_id", "pk"
    )
    decisions = Decision.objects.select_related("approver").order_by("decided_at", "pk")
    return (
        PurchaseRequest.objects.visible_to(user)
        .select_related("institution", "requester", "purchase", "delivery_region")
        .prefetch_related(Prefetch("lines", lines), Prefetch("decisions", decisions))
        .get(pk=request_id)
    )


def purchases_of(user: User) -> QuerySet[Purchase]:
    """The purchases of the user's institutions, newest first, each with its orders."""
    orders = Order.objects.select_related("supplier").order_by("number")
    return (
        Purchase.objects.filter(institution__memberships__user=user, institution__memberships__is_active=True)
        .distinct()
        .select_related("institution", "buyer", "approved_by")
        .prefetch_related(Prefetch("orders", orders))
        .order_by("-placed_at", "-pk")
    )


def orders_of_buyer(user: User) -> QuerySet[Order]:
    """The orders of the user's institutions, newest first."""
    return (
        Order.objects.filter(
            purchase__institution__memberships__user=user,
            purchase__institution__memberships__is_active=True,
        )
        .distinct()
        .select_related("supplier", "purchase__institution")
        .order_by("-date_placed", "-pk")
    )


def orders_of_supplier(user: User) -> QuerySet[Order]:
    """The orders of the user's suppliers, newest first; never another supplier's."""
    return (
        Order.objects.filter(supplier__in=suppliers.suppliers_of(user))
        .select_related("supplier", "purchase__institution")
        .order_by("-date_placed", "-pk")
    )


def with_history(orders: QuerySet[Order]) -> QuerySet[Order]:
    """The orders with lines and everything that happened to them, in a fixed number of queries."""
    shipped = ShipmentLine.objects.select_related("line", "certificate").order_by("pk")
    shipments = Shipment.objects.select_related("actor").order_by("at", "pk")
    return orders.prefetch_related(
        Prefetch("lines", Line.objects.select_related("product").order_by("pk")),
        Prefetch("shipments", shipments.prefetch_related(Prefetch("lines", shipped))),
        Prefetch(
            "receipts", Receipt.objects.select_related("actor").prefetch_related("lines").order_by("at", "pk")
        ),
        Prefetch("cancellations", Cancellation.objects.select_related("actor").order_by("at", "pk")),
        Prefetch("returns", Return.objects.select_related("actor").order_by("at", "pk")),
        Prefetch("payments", Payment.objects.select_related("recorded_by").order_by("recorded_at", "pk")),
    )


@dataclass(frozen=True)
class StatementRow:
    """One supplier's account within a purchase; every amount in fen, tax included."""

    order: Order
    ordered_fen: int
    accepted_fen: int
    returned_fen: int
    freight_fen: int
    due_fen: int
    paid_fen: int

    @property
    def outstanding_fen(self) -> int:
        """What is still to be paid; negative where too much was paid."""
        return self.due_fen - self.paid_fen


def statement_rows(orders: Iterable[Order]) -> list[StatementRow]:
    """The account of each order; takes orders with prefetched lines and costs no query."""
    return [statement_row(order, list(order.lines.all())) for order in orders]


def statement_row(order: Order, lines: list[Line]) -> StatementRow:
    """The order's account as its lines have it."""
    freight = freight_payable_fen(order, lines)
    return StatementRow(
        order=order,
        ordered_fen=sum(line.quantity * line.unit_price_fen for line in lines),
        accepted_fen=sum(line.quantity_accepted * line.unit_price_fen for line in lines),
        returned_fen=sum(line.quantity_returned * line.unit_price_fen for line in lines),
        freight_fen=freight,
        due_fen=sum(line.payable_fen for line in lines) + freight,
        paid_fen=sum(line.paid_fen - line.repaid_fen for line in lines) + order.freight_paid_fen,
    )
