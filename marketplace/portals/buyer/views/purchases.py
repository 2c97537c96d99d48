"""Purchases: the list, one of them with its orders, and its printable statement."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.periods import shanghai_day
from marketplace.core.templatetags.formats import cn_date
from marketplace.order.models import Order, Purchase
from marketplace.portals.buyer.access import BuyerRequest, members_only
from marketplace.portals.buyer.page import buyer_page, page_of
from marketplace.portals.buyer.words import Pill, order_pill, payment_pill
from marketplace.procurement import queries


@dataclass(frozen=True)
class OrderRow:
    """An order with its two states."""

    order: Order
    pill: Pill
    payment: Pill


def row_of(order: Order) -> OrderRow:
    """The order as lists show it."""
    return OrderRow(order, order_pill(order), payment_pill(order))


@require_safe
@members_only
def purchase_list(request: BuyerRequest) -> HttpResponse:
    """The purchases of the person's institutions, newest first, each with its orders."""
    page = page_of(request, queries.purchases_of(request.user))
    rows = [(each, [row_of(order) for order in each.orders.all()]) for each in page]
    return buyer_page(request, "purchases.html", {"page": page, "rows": rows}, section="purchases")


@require_safe
@members_only
def purchase_page(request: BuyerRequest, number: str) -> HttpResponse:
    """One purchase: where it goes, what it comes to, its orders."""
    purchase = own_purchase(request, number)
    statement = statement_of(purchase)
    context = {
        "purchase": purchase,
        "rows": [(row, row_of(row.order)) for row in statement.rows],
        "statement": statement,
    }
    return buyer_page(
        request, "purchase.html", context, section="purchases", institution=purchase.institution
    )


@require_safe
@members_only
def statement(request: BuyerRequest, number: str) -> HttpResponse:
    """The purchase's account on paper."""
    purchase = own_purchase(request, number)
    today = shanghai_day(timezone.now())
    context = {
        "title": _("Statement of a purchase"),
        "document_number": _("No. %(number)s") % {"number": purchase.number},
        "purchase": purchase,
        "statement": statement_of(purchase),
        "decisions": list(purchase.request.decisions.select_related("approver").order_by("decided_at", "pk")),
        "signer": purchase.institution.name if purchase.institution else "",
        "signed_on": cn_date(today),
        "back_url": reverse("buyer:purchase", args=[purchase.number]),
    }
    return render(request, "documents/statement.html", context)


@dataclass(frozen=True)
class Statement:
    """The accounts of a purchase's suppliers, and their sums in fen."""

    rows: list[queries.StatementRow]

    @property
    def ordered_fen(self) -> int:
        """Goods as they were ordered."""
        return sum(row.ordered_fen for row in self.rows)

    @property
    def accepted_fen(self) -> int:
        """Goods that were accepted."""
        return sum(row.accepted_fen for row in self.rows)

    @property
    def returned_fen(self) -> int:
        """Goods that went back."""
        return sum(row.returned_fen for row in self.rows)

    @property
    def freight_fen(self) -> int:
        """Freight that is owed."""
        return sum(row.freight_fen for row in self.rows)

    @property
    def due_fen(self) -> int:
        """Goods and freight that are owed, paid or not."""
        return sum(row.due_fen for row in self.rows)

    @property
    def paid_fen(self) -> int:
        """Paid, less what was paid back."""
        return sum(row.paid_fen for row in self.rows)

    @property
    def outstanding_fen(self) -> int:
        """Still to be paid; negative where too much was paid."""
        return self.due_fen - self.paid_fen


def statement_of(purchase: Purchase) -> Statement:
    """The accounts of the purchase's orders, in a fixed number of queries."""
    orders = purchase.orders.select_related("supplier").order_by("number").prefetch_related("lines")
    return Statement(queries.statement_rows(orders))


def own_purchase(request: BuyerRequest, number: str) -> Purchase:
    """The purchase. Raises Http404: none, or another institution's."""
    purchases = queries.purchases_of(request.user).prefetch_related(None)
    found: Purchase = get_object_or_404(
        purchases.select_related("institution", "buyer", "approved_by", "request", "delivery_region"),
        number=number,
    )
    return found
