"""Every form of the portals that changes something, ready to be sent twice at once."""

from tests.concurrency.clicks import (
    addresses,
    buying,
    favourites,
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
