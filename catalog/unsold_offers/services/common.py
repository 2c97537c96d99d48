"""What every change of an offer begins and ends with."""

from __future__ import annotations

from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services.errors import WrongStatus
from catalog.unsold_offers.status import Move, allowing
from marketplace.core.audit import services as audit


def lock(offer_id: int) -> UnsoldOffer:
    """The offer as it is now, locked until the transaction ends; always before its stock record."""
    rows = UnsoldOffer.objects.select_for_update(of=("self",))
    return rows.select_related("supplier", "product", "stock_record").get(pk=offer_id)


def require_status(offer: UnsoldOffer, move: Move) -> None:
    """Goes on only if the offer's state allows the move.

    Raises:
        WrongStatus: it does not; names the state and what it allows.
    """
    if offer.status not in allowing(move):
        raise WrongStatus(offer)


def save(offer: UnsoldOffer, action: str, before: dict[str, object]) -> UnsoldOffer:
    """The offer, saved, with an entry in the audit trail."""
    offer.save()
    audit.record(action=f"unsold_offers.{action}", target=offer, before=before, after=summary(offer))
    return offer


def summary(offer: UnsoldOffer) -> dict[str, object]:
    """What the audit trail keeps of an offer."""
    return {
        "status": offer.status,
        "quantity": offer.quantity,
        "price": offer.price,
        "sell_by": offer.sell_by,
        "reason": offer.reason,
    }
