"""Who may do what with an offer; nobody unless a membership says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.partner import permissions as partner
from catalog.unsold_offers.models import UnsoldOffer
from supplier_villages.offices.models import Office

if TYPE_CHECKING:
    from catalog.partner.models import Partner
    from catalog.unsold_offers.querysets import UnsoldOfferQuerySet
    from marketplace.accounts.models import User

Role = partner.Role


def can_start(user: User, supplier: Partner, village_code: str) -> bool:
    """Who handles the goods of an admitted supplier, for one of its villages."""
    return partner.can_list(user, supplier) and partner.may_list_for(supplier, village_code)


def can_edit(user: User, offer: UnsoldOffer) -> bool:
    """Who handles the goods of the offer's supplier."""
    return partner.can_handle_goods(user, offer.supplier_id)


def can_decide(user: User, offer: UnsoldOffer) -> bool:
    """Who works in the office of the village's county, and does not act for the supplier.

    The first six digits of a village are its county's, and 东莞's where a city has no counties.
    """
    works_there = Office.objects.of(user).filter(region_id=offer.village_id[:6]).exists()
    return works_there and not partner.is_member(user, offer.supplier_id)


def visible_to(user: User) -> UnsoldOfferQuerySet:
    """The offers of the suppliers for which the user acts."""
    if not user.is_active or user.pk is None:
        return UnsoldOffer.objects.none()
    return UnsoldOffer.objects.of_member(user.pk)
