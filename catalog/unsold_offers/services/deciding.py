"""What the county's office does with an offer: recognise it, or return it with a reason."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.catalogue import services as catalogue
from catalog.partner import services as partner
from catalog.recognition import services as recognition
from catalog.recognition.services import InvalidRecognition
from catalog.unsold_offers import permissions
from catalog.unsold_offers.services.common import lock, require_status, require_unchanged, save, summary
from catalog.unsold_offers.services.errors import InvalidOffer
from catalog.unsold_offers.status import Move, Status
from marketplace.core.periods import shanghai_day, start_of
from marketplace.core.permissions import require

if TYPE_CHECKING:
    from datetime import date, datetime

    from catalog.partner.models import StockRecord
    from catalog.recognition.services import Certificate
    from catalog.unsold_offers.models import UnsoldOffer
    from marketplace.accounts.models import User


@transaction.atomic
def recognise_offer(
    *, offer_id: int, certificate: Certificate, seen: int | None = None, actor: User, now: datetime
) -> UnsoldOffer:
    """The offer on sale from now to the end of its last day of sale, as long as its recognition is in force.

    `seen` is the offer's revision at which the actor looked: nobody recognises a price unseen.

    Raises:
        PermissionDenied: not of the county's office, or a member of the supplier.
        WrongStatus: the offer does not wait: decided, withdrawn or expired.
        InvalidOffer: its last day of sale has passed, the certificate makes no sense (field → what to do), or
            the offer was changed since it was seen.
    """
    offer = _decidable(offer_id, actor, Move.RECOGNISE)
    require_unchanged(offer, seen)
    record, sell_by = _on_offer(offer)
    if sell_by < shanghai_day(now):
        raise InvalidOffer({"sell_by": _("The last day of sale has passed already.")})
    before = summary(offer)
    try:
        recognition.recognise(stock_record=record, certificate=certificate, actor=actor, now=now)
    except InvalidRecognition as error:
        raise InvalidOffer({error.field: str(error)}) from error
    end = start_of(sell_by + timedelta(days=1))
    partner.set_offered_window(stock_record_id=record.pk, start=now, end=end, now=now)
    catalogue.publish_product(product=offer.product)
    offer.status, offer.decided_at = Status.RECOGNISED, now
    return save(offer, "recognised", before)


@transaction.atomic
def return_offer(
    *, offer_id: int, reason: str, seen: int | None = None, actor: User, now: datetime
) -> UnsoldOffer:
    """The offer back with its supplier, with the reason; it can be changed and submitted again.

    `seen` is the offer's revision at which the actor looked.

    Raises:
        PermissionDenied: not of the county's office, or a member of the supplier.
        WrongStatus: the offer does not wait.
        InvalidOffer: no reason, one of more than 200 characters, or the offer was changed since it was seen.
    """
    offer = _decidable(offer_id, actor, Move.RETURN)
    require_unchanged(offer, seen)
    if not 1 <= len(reason.strip()) <= 200:
        raise InvalidOffer({"reason": _("Say why, in at most 200 characters.")})
    before = summary(offer)
    offer.status, offer.decided_at, offer.reason = Status.RETURNED, now, reason.strip()
    return save(offer, "returned", before)


def _decidable(offer_id: int, actor: User, move: Move) -> UnsoldOffer:
    offer = lock(offer_id)
    require(allowed=permissions.can_decide(actor, offer))
    require_status(offer, move)
    return offer


def _on_offer(offer: UnsoldOffer) -> tuple[StockRecord, date]:
    """What the database promises of every submitted offer: a stock record and a last day of sale."""
    if offer.stock_record is None or offer.sell_by is None:
        raise AssertionError("a submitted offer is complete")
    return offer.stock_record, offer.sell_by
