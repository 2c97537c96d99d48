"""Orders: the list, and one of them."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.paging import page_of
from marketplace.portals.buyer.access import BuyerRequest, members_only
from marketplace.portals.buyer.desk import DESK
from marketplace.portals.buyer.page import ROWS, buyer_page
from marketplace.portals.buying import order_pages
from marketplace.portals.buying.rows import row_of
from marketplace.procurement import queries

# What a tab shows; "" is everything.
VIEWS = {
    "": queries.orders_of_buyer,
    "accept": queries.orders_to_receive,
    "pay": queries.orders_to_pay,
}


@require_safe
@members_only
def order_list(request: BuyerRequest) -> HttpResponse:
    """The institution's orders; those to accept and those to pay have a view of their own."""
    asked = request.GET.get("todo", "")
    view = asked if asked in VIEWS else ""
    page = page_of(request, VIEWS[view](request.user).filter(purchase__institution=request.institution), ROWS)
    labels = {"": _("All"), "accept": _("To accept"), "pay": _("To pay")}
    url = reverse("buyer:orders")
    tabs = [
        {"label": label, "url": f"{url}?todo={name}" if name else url, "is_current": name == view}
        for name, label in labels.items()
    ]
    context = {"page": page, "rows": [row_of(order) for order in page], "tabs": tabs, "view": view}
    return buyer_page(request, "orders.html", context, section="orders")


@require_safe
@members_only
def order_page(request: BuyerRequest, number: str) -> HttpResponse:
    """One order with everything that happened to it."""
    return order_pages.order_page(DESK, request, number)
