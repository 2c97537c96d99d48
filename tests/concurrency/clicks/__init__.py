"""Every form of the portals that changes something, ready to be sent twice at once."""

from tests.concurrency.clicks import (
    addresses,
    buying,
<<<<<<< HEAD
=======
    favourites,
>>>>>>> 3a3ea6e (Favourites: products are marked on their page and listed with what can be bought and why the rest cannot)
    goods,
    organisations,
    running,
    selling,
    shopping,
    tokens,
)
from tests.concurrency.clicks.click import CLICKS, Click
from tests.concurrency.clicks.market import Market, open_market

__all__ = [
    "CLICKS",
    "Click",
    "Market",
    "addresses",
    "buying",
    "favourites",
    "goods",
    "open_market",
    "organisations",
    "running",
    "selling",
    "shopping",
    "tokens",
]
