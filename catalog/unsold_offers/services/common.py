"""What every change of an offer begins and ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalog.partner import services as partner
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services.errors import InvalidOffer, WrongStatus
from catalog.unsold_offers.status import Move, allowing
from marketplace.core.audit import services as audit

if TYPE_CHECKING:
    from datetime import datetime

    from catalog.partner.models import StockRecord
    from marketplace.accounts.models import User


# No stock is ever this.
UNSEEN = -1


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


def require_unchanged(offer: UnsoldOffer, seen: int | None) -> None:
    """Goes on only if the offer is as it was when it had the revision `seen`; None was not shown it.

    Raises:
        InvalidOffer: it has been changed since; carries its revision now.
    """
    if seen is not None and seen != offer.revision:
        message = _("This offer has been changed while you were looking. Look at it again, then decide.")
        raise InvalidOffer({"": message}, seen=offer.revision)


def set_available(
    record: StockRecord, available: int, *, seen: int | None, actor: User, now: datetime
) -> None:
    """So many sale units of the offer's goods can be bought now; `seen`: so many when the actor looked.

    Whoever saw no number looked before there was a stock: it counts as changed.

    Raises:
        InvalidOffer: no whole number from 0 on, or something was sold or freed since.
    """
    try:
        partner.set_stock(
            stock_record=record,
            available=available,
            seen=UNSEEN if seen is None else seen,
            now=now,
            actor=actor,
        )
    except partner.InvalidQuantity as error:
        message = _("A quantity is a whole number from 0 to 10,000,000.")
        raise InvalidOffer({"quantity": message}) from error
    except partner.StockChanged as error:
        raise InvalidOffer({"quantity": str(error)}, seen=error.available) from error


def save(offer: UnsoldOffer, action: str, before: dict[str, object]) -> UnsoldOffer:
    """The offer, saved as its next revision, with an entry in the audit trail."""
    offer.revision += 1
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
