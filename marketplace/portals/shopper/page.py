"""What every page of an individual has around it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from marketplace.order.models import Order
from marketplace.portals.addresses.desk import AddressDesk
from marketplace.portals.buying.desk import Desk
from marketplace.portals.requests import AuthenticatedRequest
from marketplace.procurement.own_purchases import orders_of_individual


def shopper_page(request: AuthenticatedRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """The template inside the shop; those shared with institutions extend `frame`."""
    around = {"frame": "portals/shopper/base.html", "section": "account"}
    return render(request, template, {**around, **context})


def order_frame(
    request: AuthenticatedRequest, template: str, context: Mapping[str, Any], _order: Order
) -> HttpResponse:
    """A page about one of the person's orders."""
    return shopper_page(request, template, context)


DESK: Desk[AuthenticatedRequest] = Desk(orders_of_individual, order_frame, "shopper")


def own_addresses(request: AuthenticatedRequest) -> AddressDesk:
    """Where a person keeps the addresses to which they buy for themselves."""
    return AddressDesk(request, None, "shopper", partial(shopper_page, request))
