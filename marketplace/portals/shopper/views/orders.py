"""An individual's orders: the list, one of them, and what they do with it."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalog.catalogue.queries import CategoryTree, category_tree
from catalog.partner import shelf
from catalog.partner.shelf import Photo
from marketplace.core.paging import page_of
from marketplace.order.models import Line, Order
from marketplace.portals.buying import moves, order_pages, repayments
from marketplace.portals.buying.rows import OrderRow, row_of
from marketplace.portals.buying.words import unit_label
from marketplace.portals.requests import AuthenticatedRequest
from marketplace.portals.shopper.page import DESK, shopper_page
from marketplace.portals.shopper.todos import todos_of
from marketplace.procurement import own_purchases

ROWS = 20
# What a card shows of an order's lines; the rest is on the order's page.
LINES = 3
asks_first = require_http_methods(["GET", "HEAD", "POST"])
# What a tab shows; "" is everything.
VIEWS = {"": own_purchases.orders_of_individual, "receive": own_purchases.orders_on_the_way}


@dataclass(frozen=True, slots=True)
class LineCard:
    """A line with its picture, as a card shows it."""

    line: Line
    unit: str
    photo: Photo | None
    drawing: str


@dataclass(frozen=True, slots=True)
class OrderCard:
    """An order with its first lines; `more` is how many others there are."""

    row: OrderRow
    lines: list[LineCard]
    more: int
    is_on_the_way: bool


@require_safe
@login_required
def order_list(request: AuthenticatedRequest) -> HttpResponse:
    """What waits for the person, then their orders, newest first."""
    asked = request.GET.get("todo", "")
    view = asked if asked in VIEWS else ""
    orders = own_purchases.with_pictures(VIEWS[view](request.user))
    page = page_of(request, orders, ROWS)
    tree = category_tree()
    url = reverse("shopper:orders")
    labels = {"": _("All"), "receive": _("To receive")}
    context = {
        "todos": todos_of(request.user, timezone.now()),
        "page": page,
        "cards": [card_of(order, tree) for order in page],
        "tabs": [
            {"label": label, "url": f"{url}?todo={name}" if name else url, "is_current": name == view}
            for name, label in labels.items()
        ],
        "view": view,
    }
    return shopper_page(request, "portals/shopper/orders.html", context)


def card_of(order: Order, tree: CategoryTree) -> OrderCard:
    """The order as the list shows it; its lines are prefetched."""
    lines = list(order.lines.all())
    return OrderCard(
        row=row_of(order),
        lines=[line_card(line, tree) for line in lines[:LINES]],
        more=max(len(lines) - LINES, 0),
        is_on_the_way=any(line.quantity_in_transit for line in lines),
    )


def line_card(line: Line, tree: CategoryTree) -> LineCard:
    """A line with the first photo of its product, or its category's drawing."""
    images = list(line.product.images.all())
    photo = shelf.photo_of(images[0]) if images else None
    return LineCard(line, unit_label(line.sale_unit), photo, tree.drawing_of(line.category_id))


@require_safe
@login_required
def order_page(request: AuthenticatedRequest, number: str) -> HttpResponse:
    """One order with everything that happened to it."""
    return order_pages.order_page(DESK, request, number)


@never_cache
@asks_first
@login_required
def accept(request: AuthenticatedRequest, number: str) -> HttpResponse:
    """Confirms the receipt of what is on its way: it is the acceptance."""
    return moves.accept(DESK, request, number)


@never_cache
@asks_first
@login_required
def cancel(request: AuthenticatedRequest, number: str) -> HttpResponse:
    """Cancels what is not shipped."""
    return moves.cancel(DESK, request, number)


@never_cache
@asks_first
@login_required
def give_back(request: AuthenticatedRequest, number: str) -> HttpResponse:
    """Sends received goods back."""
    return moves.give_back(DESK, request, number)


@never_cache
@asks_first
@login_required
def confirm_repayment(request: AuthenticatedRequest, number: str, pk: int) -> HttpResponse:
    """Asks once more, then confirms that the supplier's money has come back."""
    return repayments.confirm_repayment(DESK, request, number, pk)
