"""An institution's members lead its orders here."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse

from marketplace.order.models import Order
from marketplace.portals.buyer.access import BuyerRequest, act_for
from marketplace.portals.buyer.page import framed
from marketplace.portals.buying.desk import Desk
from marketplace.procurement import queries


def order_frame(
    request: BuyerRequest, template: str, context: Mapping[str, Any], order: Order
) -> HttpResponse:
    """The template inside the portal, which is then the order's institution's."""
    act_for(request, order.purchase.institution_id)
    return framed(request, template, context, section="orders")


DESK: Desk[BuyerRequest] = Desk(queries.orders_of_buyer, order_frame, "buyer")
