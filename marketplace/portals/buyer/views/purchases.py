"""Purchases: the list, one of them with its orders, and its printable statement."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.paging import page_of
from marketplace.core.periods import shanghai_day
from marketplace.core.templatetags.formats import cn_date
from marketplace.order.models import Purchase
from marketplace.portals.buyer.access import BuyerRequest, act_for, members_only
from marketplace.portals.buyer.page import ROWS, buyer_page
from marketplace.portals.buying.rows import row_of
from marketplace.portals.buying.statement import statement_of
from marketplace.procurement import queries
from supplier_villages.regions.queries import path_of


@require_safe
@members_only
def purchase_list(request: BuyerRequest) -> HttpResponse:
    """The institution's purchases, newest first, each with its orders."""
    page = page_of(request, queries.purchases_of(request.user).filter(institution=request.institution), ROWS)
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
        "delivery_place": path_of(purchase.delivery_region_id),
        "rows": [(row, row_of(row.order)) for row in statement.rows],
        "statement": statement,
    }
    return buyer_page(request, "purchase.html", context, section="purchases")


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
        "delivery_place": path_of(purchase.delivery_region_id),
        "statement": statement_of(purchase),
        "decisions": list(purchase.request.decisions.select_related("approver").order_by("decided_at", "pk")),
        "signer": purchase.institution.name if purchase.institution else "",
        "signed_on": cn_date(today),
        "back_url": reverse("buyer:purchase", args=[purchase.number]),
    }
    return render(request, "documents/statement.html", context)


def own_purchase(request: BuyerRequest, number: str) -> Purchase:
    """The purchase; the page is then its institution's.

    Raises:
        Http404: none, or another institution's.
    """
    purchases = queries.purchases_of(request.user).prefetch_related(None)
    found: Purchase = get_object_or_404(
        purchases.select_related("institution", "buyer", "approved_by", "request"),
        number=number,
    )
    act_for(request, found.institution_id)
    return found
