"""Orders: the list, and one of them with everything that happened to it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.order.models import Order
from marketplace.portals.buyer.access import BuyerRequest, members_only
from marketplace.portals.buyer.order_progress import history_of, moves_of, steps_of
from marketplace.portals.buyer.page import buyer_page, page_of
from marketplace.portals.buyer.parts import places_of
from marketplace.portals.buyer.views.purchases import row_of
from marketplace.portals.buyer.words import unit_label
from marketplace.procurement import permissions, queries
from marketplace.procurement.models import Payment

# What a tab shows; "" is everything.
VIEWS = {
    "": queries.orders_of_buyer,
    "accept": queries.orders_to_receive,
    "pay": queries.orders_to_pay,
}


@require_safe
@members_only
def order_list(request: BuyerRequest) -> HttpResponse:
    """The orders of the person's institutions; those to accept and those to pay have a view of their own."""
    asked = request.GET.get("todo", "")
    view = asked if asked in VIEWS else ""
    page = page_of(request, VIEWS[view](request.user))
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
    """One order: how far it is, its lines, its shipments, its money, its history, what can be done."""
    order = own_order(request, number)
    lines = list(order.lines.all())
    places = places_of(line.village_code for line in lines)
    context = {
        "order": order,
        "row": row_of(order),
        "steps": steps_of(order),
        "lines": [(line, places.get(line.village_code), unit_label(line.sale_unit)) for line in lines],
        "account": queries.statement_row(order, lines),
        "payable_now_fen": queries.payable_now_fen(order),
        "moves": moves_of(request.user, order),
        "unconfirmed": [each for each in order.payments.all() if each.confirmed_at is None],
        "can_pay": permissions.can_pay(request.user, order),
        "repayment": Payment.Direction.REPAYMENT,
        "history": history_of(order),
    }
    return buyer_page(
        request, "order.html", context, section="orders", institution=order.purchase.institution
    )


def own_order(request: BuyerRequest, number: str) -> Order:
    """The order with its history. Raises Http404: none, or another institution's."""
    orders = queries.with_history(queries.orders_of_buyer(request.user))
    related = ("supplier", "purchase__institution", "purchase__buyer", "purchase__delivery_region")
    found: Order = get_object_or_404(orders.select_related(*related), number=number)
    return found
