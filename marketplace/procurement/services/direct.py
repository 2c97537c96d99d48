"""Purchase requests made of lines, without a basket: as other systems send them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.partner import services as stock
from marketplace.accounts.models import User
from marketplace.basket.queries import PricedLine, priced_quantities
from marketplace.basket.services import NotForSale
from marketplace.campaigns.claims import campaigns_of
from marketplace.core.locks import advisory_lock
from marketplace.core.permissions import require
from marketplace.institutions.models import Institution
from marketplace.procurement import notices, permissions
from marketplace.procurement.gateways import require_gateway
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services.delivery import Delivery
from marketplace.procurement.services.requests import freeze, payment_period, reservation_period


class KeyReused(Exception):
    """The key belongs to a request that asks for something else."""

    def __init__(self, key: str) -> None:
        super().__init__(_("The key %(key)s belongs to another request. Choose a new one.") % {"key": key})
        self.key = key


@dataclass(frozen=True, slots=True)
class Wanted:
    """So many sale units, and the key of the campaign that they are to count for."""

    quantity: int
    campaign_id: int | None = None


def submit_lines(
    *,
    user: User,
    institution: Institution,
    key: str,
    lines: Mapping[int, Wanted],
    delivery: Delivery,
    now: datetime,
    seen_fen: int | None = None,
) -> PurchaseRequest:
    """The pending request for what is wanted of these stock records, reserved; no basket is touched.

    The same key with the same lines and delivery gives the same request and changes nothing. `seen_fen` is
    the total, goods and freight, that the sender reckons with.

    Raises:
        PermissionDenied: the user is no requester of the institution.
        KeyReused: the same key, but other lines or another delivery.
        InvalidDelivery: names the fields of a delivery that is not possible.
        NotForSale: names the stock records that are not on sale.
        NotInCampaign: names the lines that do not count for the campaign that they name.
        AmountTooLarge: names the lines that come to more than an order holds.
        PricesChanged: the lines do not come to `seen_fen`.
        stock.NotSellable: names each line that cannot be had in this quantity now.
    """
    require(allowed=permissions.can_submit(user, institution))
    with transaction.atomic():
        expires_at = now + reservation_period()
        request, is_new = made_of(user, institution, key, lines, delivery, now, expires_at, seen_fen)
        if is_new:
            notices.request_submitted(request, institution, now)
    return request


def check_out_lines(
    *,
    user: User,
    key: str,
    lines: Mapping[int, Wanted],
    delivery: Delivery,
    now: datetime,
    seen_fen: int | None = None,
) -> PurchaseRequest:
    """The same for an individual who buys for themselves: reserved until they have paid.

    Raises:
        NoGateway: nobody can pay online here; nothing is reserved then.
        and what `submit_lines` raises, but for the permission: everybody may buy for themselves.
    """
    require_gateway()
    with transaction.atomic():
        request, _is_new = made_of(user, None, key, lines, delivery, now, now + payment_period(), seen_fen)
    return request


def made_of(
    user: User,
    institution: Institution | None,
    key: str,
    lines: Mapping[int, Wanted],
    delivery: Delivery,
    now: datetime,
    expires_at: datetime,
    seen_fen: int | None,
) -> tuple[PurchaseRequest, bool]:
    """The request of these lines, its stock reserved; and whether it is new under this key."""
    # No basket to lock: of two submissions with one key the second must find the first's request.
    advisory_lock("request", f"{institution.pk if institution else None}:{user.pk}:{key}")
    known = PurchaseRequest.objects.filter(institution=institution, requester=user, key=key).first()
    if known is not None:
        return same_request(known, lines, delivery), False
    stock.lock_stock(lines)
    priced = priced_wishes(lines, now)
    return freeze(user, institution, key, delivery, priced, now, expires_at, seen_fen), True


def priced_wishes(lines: Mapping[int, Wanted], now: datetime) -> list[PricedLine]:
    """Each line at its price of this moment with its campaign. Raises NotForSale and NotInCampaign."""
    found = priced_quantities({pk: wanted.quantity for pk, wanted in lines.items()}, now)
    missing = set(lines) - {priced.line.stockrecord_id for priced in found}
    if missing:
        raise NotForSale(sorted(missing))
    named = {pk: wanted.campaign_id for pk, wanted in lines.items() if wanted.campaign_id is not None}
    campaigns = campaigns_of(named, now) if named else {}
    return [replace(priced, campaign=campaigns.get(priced.line.stockrecord_id)) for priced in found]


def same_request(known: PurchaseRequest, lines: Mapping[int, Wanted], delivery: Delivery) -> PurchaseRequest:
    """The request that the key belongs to. Raises KeyReused if it asks for something else."""
    frozen = known.lines.values_list("stock_record_id", "quantity", "campaign_id")
    asked = {pk: Wanted(quantity, campaign_id) for pk, quantity, campaign_id in frozen}
    same_place = all(getattr(known, name) == value for name, value in vars(delivery).items())
    if asked != lines or not same_place:
        raise KeyReused(known.key)
    return known
