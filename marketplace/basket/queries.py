"""Baskets, read: lines with the price that they have now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from catalog.partner import pricing
from marketplace.accounts.models import User
from marketplace.basket.models import Basket, Line
from marketplace.institutions.models import Institution


@dataclass(frozen=True)
class PricedLine:
    """A basket line with its tier price of this moment, and whether it can be bought now."""

    line: Line
    unit_price: Decimal
    is_sellable: bool
    available: int

    @property
    def line_price(self) -> Decimal:
        """Quantity times unit price, tax included, CNY."""
        return self.unit_price * self.line.quantity


def open_basket(user: User, institution: Institution | None) -> Basket | None:
    """The basket that the user is filling for the institution (or for themselves)."""
    return Basket.objects.filter(owner=user, institution=institution, status=Basket.OPEN).first()


def priced_lines(basket: Basket, now: datetime) -> list[PricedLine]:
    """Every line with its price, in the order in which they were added; two queries whatever the lines.

    The price comes from the line's own stock record and its tiers, never from another supplier's.
    """
    lines = (
        basket.lines.select_related("product__origin_village", "stockrecord__partner")
        .prefetch_related("stockrecord__tiers", "product__images")
        .order_by("pk")
    )
    return [priced(line, now) for line in lines]


def priced(line: Line, now: datetime) -> PricedLine:
    """The line with its price of this moment."""
    record = line.stockrecord
    return PricedLine(
        line=line,
        unit_price=pricing.price_for(record, record.tiers.all(), line.quantity),
        is_sellable=record.is_open(now) and record.net_stock_level >= line.quantity,
        available=max(record.net_stock_level, 0) if record.is_open(now) else 0,
    )


def line_count(user: User) -> int:
    """How many lines the user's open baskets hold together."""
    return Line.objects.filter(basket__owner=user, basket__status=Basket.OPEN).count()
