"""From where orders are led: an institution's portal, or a person's own account."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from marketplace.accounts.models import User
from marketplace.order.models import Order
from marketplace.portals.requests import AuthenticatedRequest
from marketplace.procurement import queries

Request = TypeVar("Request", bound=AuthenticatedRequest)
RELATED = (
    "supplier",
    "purchase__institution",
    "purchase__buyer",
    "purchase__request",
)


@dataclass(frozen=True)
class Desk(Generic[Request]):
    """Whose orders there are, what a page has around it, and under which name the addresses stand."""

    orders: Callable[[User], QuerySet[Order]]
    page: Callable[[Request, str, Mapping[str, Any], Order], HttpResponse]
    namespace: str

    def own_order(self, request: Request, number: str) -> Order:
        """The order with its history. Raises Http404: none, or somebody else's."""
        orders = queries.with_history(self.orders(request.user)).select_related(*RELATED)
        found: Order = get_object_or_404(orders, number=number)
        return found

    def url(self, view: str, order: Order, *more: object) -> str:
        """The address of one of the order's pages."""
        return reverse(f"{self.namespace}:{view}", args=[order.number, *more])

    def back(self, order: Order) -> HttpResponse:
        """To the order's page."""
        return redirect(self.url("order", order))
