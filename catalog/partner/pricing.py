"""Unit prices: a stock record's price, or the price of the highest tier that the quantity reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from catalog.partner.models import PriceTier, StockRecord


def price_for(stock_record: StockRecord, tiers: Iterable[PriceTier], quantity: int) -> Decimal:
    """The unit price, CNY with tax, at which this quantity is sold; two decimals, so that a line is exact.

    10.00 with tiers from 100 at 9.20 and from 500 at 8.80: 99 → 10.00, 100 → 9.20, 500 → 8.80.
    """
    reached = [tier for tier in tiers if tier.min_quantity <= quantity]
    if not reached:
        return stock_record.price
    return max(reached, key=lambda tier: tier.min_quantity).price
