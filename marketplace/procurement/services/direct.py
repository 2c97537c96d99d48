"""Purchase requests made of lines, without a basket: as other systems send them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.basket.queries import priced_quantities
from marketplace.basket.services import NotForSale
from marketplace.core.locks import advisory_lock
from marketplace.core.permissions import require
from marketplace.institutions.models import Institution
from marketplace.procurement import notices, permissions
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services.delivery import Delivery
from marketplace.procurement.services.requests import freeze, reservation_period


class KeyReused(Exception):
    """The key belongs to a request that asks for something else."""

    def __init__(self, key: str) -> None:
        super().__init__(_("The key %(key)s belongs to another request. Choose a new one.") % {"key": key})
        self.key = key


def submit_lines(
    *,
    user: User,
    institution: Institution,
    key: str,
    quantities: Mapping[int, int],
    delivery: Delivery,
    now: datetime,
) -> PurchaseRequest:
    """The pending request for so many sale units of these stock records, reserved; no basket is touched.

    The same key with the same lines and delivery gives the same request and changes nothing.

    Raises:
        PermissionDenied: the user is no requester of the institution.
        KeyReused: the same key, but other lines or another delivery.
        InvalidDelivery: names the fields of a delivery that is not possible.
        NotForSale: names the stock records that are not on sale.
        stock.NotSellable: names each line that cannot be had in this quantity now.
    """
    require(allowed=permissions.can_submit(user, institution))
    with transaction.atomic():
        # No basket to lock: of two submissions with one key the second must find the first's request.
        advisory_lock("request", f"{institution.pk}:{user.pk}:{key}")
        known = PurchaseRequest.objects.filter(institution=institution, requester=user, key=key).first()
        if known is not None:
            return same_request(known, quantities, delivery)
        lines = priced_quantities(quantities, now)
        missing = set(quantities) - {priced.line.stockrecord_id for priced in lines}
        if missing:
            raise NotForSale(sorted(missing))
        request = freeze(user, institution, key, delivery, lines, now, now + reservation_period())
        notices.request_submitted(request, institution, now)
    return request


def same_request(
    known: PurchaseRequest, quantities: Mapping[int, int], delivery: Delivery
) -> PurchaseRequest:
    """The request that the key belongs to. Raises KeyReused if it asks for something else."""
    asked = dict(known.lines.values_list("stock_record_id", "quantity"))
    same_place = all(getattr(known, name) == value for name, value in vars(delivery).items())
    if asked != quantities or not same_place:
        raise KeyReused(known.key)
    return known
