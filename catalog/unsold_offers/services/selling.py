"""What the supplier changes while an offer waits or is on sale, and how an offer ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from catalog.partner import services as partner
from catalog.recognition import services as recognition
from catalog.unsold_offers import permissions
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services.common import lock, require_status, save, set_available, summary
from catalog.unsold_offers.services.errors import InvalidOffer
from catalog.unsold_offers.status import CHANGEABLE, Move, Status
from marketplace.core.periods import shanghai_day
from marketplace.core.permissions import require

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from decimal import Decimal

    from catalog.partner.models import StockRecord
    from catalog.partner.services import Tier
    from marketplace.accounts.models import User


@transaction.atomic
def change_stock(
    *, offer_id: int, available: int, seen: int | None, actor: User, now: datetime
) -> UnsoldOffer:
    """So many sale units can be bought now, beside what is reserved or sold; 0 pauses the offer.

    `seen` is how many could be bought when the actor looked; None if that is not known.

    Raises:
        PermissionDenied: the actor does not handle the supplier's goods.
        WrongStatus: the offer neither waits nor is on sale.
        InvalidOffer: the quantity is no whole number from 0 on, or it is no longer what was seen.
    """
    offer, record = _changeable(offer_id, actor)
    set_available(record, available, seen=seen, actor=actor, now=now)
    return offer


@transaction.atomic
def change_price(
    *, offer_id: int, price: Decimal, tiers: Sequence[Tier], actor: User, now: datetime
) -> UnsoldOffer:
    """The offer at its new price; above the recognised price it is off sale and back in the office's queue.

    Raises:
        PermissionDenied: the actor does not handle the supplier's goods.
        WrongStatus: the offer neither waits nor is on sale.
        InvalidOffer: a price that makes no sense.
    """
    offer, record = _changeable(offer_id, actor)
    before = summary(offer)
    try:
        partner.set_price(stock_record=record, price=price, tiers=tiers, now=now, actor=actor)
    except partner.InvalidPrice as error:
        raise InvalidOffer({"price": str(error)}) from error
    offer.price = price
    first = min(tiers, key=lambda tier: tier.min_quantity, default=None)
    offer.bulk_min_quantity = first.min_quantity if first else None
    offer.bulk_price = first.price if first else None
    dearer = recognition.revoke_if_dearer(stock_record=record, reason="price raised", now=now)
    if dearer and offer.status == Status.RECOGNISED:
        _back_to_queue(offer, record, now)
    return save(offer, "price_changed", before)


@transaction.atomic
def withdraw_offer(*, offer_id: int, actor: User, now: datetime) -> UnsoldOffer:
    """The offer taken back by its supplier and off sale at once; orders placed stay. Twice equals once.

    Raises:
        PermissionDenied: the actor does not handle the supplier's goods.
        WrongStatus: it has expired.
    """
    offer = lock(offer_id)
    require(allowed=permissions.can_edit(actor, offer))
    if offer.status == Status.WITHDRAWN:
        return offer
    require_status(offer, Move.WITHDRAW)
    before = summary(offer)
    _take_off_sale(offer, now)
    offer.status = Status.WITHDRAWN
    return save(offer, "withdrawn", before)


def expire_offers(*, now: datetime) -> int:
    """Ends every offer whose last day of sale has passed; how many. Twice equals once.

    They are off sale since midnight already, by their window: this only tells their suppliers and offices.
    """
    today = shanghai_day(now)
    overdue = list(UnsoldOffer.objects.overdue(today).order_by("pk").values_list("pk", flat=True))
    return sum(_expire(offer_id, now) for offer_id in overdue)


@transaction.atomic
def _expire(offer_id: int, now: datetime) -> bool:
    offer = lock(offer_id)
    if not UnsoldOffer.objects.overdue(shanghai_day(now)).filter(pk=offer_id).exists():
        return False
    before = summary(offer)
    _take_off_sale(offer, now)
    offer.status = Status.EXPIRED
    save(offer, "expired", before)
    return True


def _changeable(offer_id: int, actor: User) -> tuple[UnsoldOffer, StockRecord]:
    offer = lock(offer_id)
    require(allowed=permissions.can_edit(actor, offer))
    require_status(offer, Move.CHANGE)
    if offer.stock_record is None:
        raise AssertionError("a submitted offer has a stock record")
    return offer, offer.stock_record


def _back_to_queue(offer: UnsoldOffer, record: StockRecord, now: datetime) -> None:
    partner.set_offered_window(stock_record_id=record.pk, start=None, end=None, now=now)
    offer.status, offer.submitted_at = Status.SUBMITTED, now
    offer.decided_at, offer.escalated_at = None, None


def _take_off_sale(offer: UnsoldOffer, now: datetime) -> None:
    if offer.stock_record_id is not None and offer.status in CHANGEABLE:
        partner.set_offered_window(stock_record_id=offer.stock_record_id, start=None, end=None, now=now)
