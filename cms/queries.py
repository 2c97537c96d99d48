"""What the front page shows of the market."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.partner import shelf

if TYPE_CHECKING:
    from catalog.catalogue.queries import CategoryEntry
    from cms.market import Market

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


def front_page(market: Market) -> FrontPage:
    """The market at this moment; three queries whatever is on sale."""
    counties = shelf.counties_on_sale(market.now)
    return FrontPage(
        categories=market.tree.roots,
        spoiling=market.cards(shelf.in_order(market.on_sale(), shelf.Sort.SOONEST), SPOILING),
        counties=counties[:COUNTIES],
        county_count=len(counties),
        offer_count=sum(county.offers for county in counties),
    )
