"""What a token can see: what its user sees, narrowed to the one membership that it is for."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from marketplace.access_tokens.memberships import Kind
from marketplace.access_tokens.models import AccessToken
from marketplace.api.auth import require_kind
from marketplace.institutions.models import Institution
from marketplace.order.models import Order
from marketplace.procurement import own_purchases, queries
from marketplace.procurement.models import Payment, PurchaseRequest

BUYERS = (Kind.INSTITUTION, Kind.INDIVIDUAL)
TRADERS = (Kind.SUPPLIER, *BUYERS)


def requests_of(token: AccessToken) -> QuerySet[PurchaseRequest]:
    """What the membership asks for. Raises PermissionDenied for a token that buys nothing."""
    require_kind(token, *BUYERS)
    if token.membership.kind == Kind.INDIVIDUAL:
        return own_purchases.requests_of_individual(token.user)
    return queries.requests_of(token.user).filter(institution=token.institution_id)


def orders_of(token: AccessToken) -> QuerySet[Order]:
    """What the membership ordered or delivers. Raises PermissionDenied for one that does neither."""
    require_kind(token, *TRADERS)
    match token.membership.kind:
        case Kind.SUPPLIER:
            own = queries.orders_of_supplier(token.user).filter(supplier=token.supplier_id)
        case Kind.INSTITUTION:
            bought = queries.orders_of_buyer(token.user)
            own = bought.filter(purchase__institution=token.institution_id)
        case _:
            own = own_purchases.orders_of_individual(token.user)
    return own.select_related("supplier", "purchase__institution", "purchase__buyer")


def payments_of(token: AccessToken) -> QuerySet[Payment]:
    """The payments for these orders."""
    orders = orders_of(token).order_by().values("pk")
    return Payment.objects.filter(order__in=orders).select_related("order")


def institution_of(token: AccessToken) -> Institution:
    """The institution for which the token buys. Raises PermissionDenied for a token that buys nothing."""
    require_kind(token, Kind.INSTITUTION)
    if token.institution is None:
        raise PermissionDenied
    return token.institution
