"""Suppliers and their stock, written."""

from catalog.partner.services.errors import (
    AlreadyReserved,
    InvalidPrice,
    InvalidQuantity,
    NotHeld,
    NotSellable,
    Obstacle,
    Unsellable,
)
from catalog.partner.services.reservations import (
    check_sellable,
    expire_reservations,
    free,
    release,
    reserve,
    ship,
    take_over,
)
from catalog.partner.services.stock import (
    Tier,
    open_stock,
    require_prices,
    set_offered_window,
    set_price,
    set_recognised_window,
    set_stock,
)
from catalog.partner.services.suppliers import add_member, admit_supplier, remove_member, set_villages

__all__ = [
    "AlreadyReserved",
    "InvalidPrice",
    "InvalidQuantity",
    "NotHeld",
    "NotSellable",
    "Obstacle",
    "Tier",
    "Unsellable",
    "add_member",
    "admit_supplier",
    "check_sellable",
    "expire_reservations",
    "free",
    "open_stock",
    "release",
    "remove_member",
    "require_prices",
    "reserve",
    "set_offered_window",
    "set_price",
    "set_recognised_window",
    "set_stock",
    "set_villages",
    "ship",
    "take_over",
]
