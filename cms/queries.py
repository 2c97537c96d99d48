"""What the front page shows of the market."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.catalogue.queries import CategoryEntry, category_tree
from catalog.partner import shelf

if TYPE_CHECKING:
    from datetime import datetime

SPOILING = 8
COUNTIES = 6


@dataclass(frozen=True, slots=True)
class FrontPage:
    """Categories, what spoils soonest, and the counties with the most left; sums over all counties."""

    categories: list[CategoryEntry]
    spoiling: list[shelf.Card]
    counties: list[shelf.CountyGoods]
    county_count: int
    offer_count: int


def front_page(now: datetime) -> FrontPage:
    """The market at this moment; three queries whatever is on sale."""
    tree = category_tree()
    counties = shelf.counties_on_sale(now)
    soonest = shelf.for_cards(shelf.in_order(shelf.on_sale(now), shelf.Sort.SOONEST))[:SPOILING]
    return FrontPage(
        categories=tree.roots,
        spoiling=shelf.cards(soonest, tree, now),
        counties=counties[:COUNTIES],
        county_count=len(counties),
        offer_count=sum(county.offers for county in counties),
    )
