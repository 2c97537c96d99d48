"""Offers of unsold products, written."""

from catalog.unsold_offers.services.deciding import recognise_offer, return_offer
from catalog.unsold_offers.services.drafting import (
    Terms,
    save_goods,
    save_terms,
    set_photo,
    start_offer,
    submit_offer,
)
from catalog.unsold_offers.services.errors import InvalidOffer, WrongStatus
from catalog.unsold_offers.services.escalating import escalate_waiting
from catalog.unsold_offers.services.selling import (
    change_price,
    change_stock,
    expire_offers,
    withdraw_offer,
)

__all__ = [
    "InvalidOffer",
    "Terms",
    "WrongStatus",
    "change_price",
    "change_stock",
    "escalate_waiting",
    "expire_offers",
    "recognise_offer",
    "return_offer",
    "save_goods",
    "save_terms",
    "set_photo",
    "start_offer",
    "submit_offer",
    "withdraw_offer",
]
