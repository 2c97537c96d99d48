"""The market at the moment at which a page is shown, for the page and all of its blocks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from catalog.catalogue.models import Product
from catalog.catalogue.queries import CategoryTree, category_tree
from catalog.partner import shelf
from catalog.unsold_offers.obstacles import obstacle_to_sale

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from catalog.partner.querysets import StockRecordQuerySet


@dataclass(frozen=True, slots=True)
class Hidden:
    """A product that an editor has chosen and visitors do not see, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class Rule:
    """Which goods on sale a block shows; "" and None narrow nothing. At most `number` of them."""

    number: int
    sort: shelf.Sort
    region_code: str = ""
    category_id: int | None = None
    within_days: int | None = None


class Market:
    """What can be bought now. `tells_editor`: the page is a preview, which says what visitors do not see."""

    def __init__(self, now: datetime, *, tells_editor: bool = False) -> None:
        self.now = now
        self.tells_editor = tells_editor

    @cached_property
    def tree(self) -> CategoryTree:
        """The categories; one query for the whole page."""
        return category_tree()

    def on_sale(self) -> StockRecordQuerySet:
        """Stock records that can be bought now."""
        return shelf.on_sale(self.now)

    def cards(self, records: StockRecordQuerySet, number: int) -> list[shelf.Card]:
        """The first cards of these records; one query."""
        return shelf.cards(records[:number], self.tree, self.now)

    def by_rule(self, rule: Rule) -> list[shelf.Card]:
        """What is on sale and fits the rule; one query."""
        records = self.on_sale()
        entry = self.tree.get(rule.category_id)
        if entry:
            records = shelf.of_categories(records, self.tree.keys_within(entry))
        elif rule.category_id is not None:
            return []
        if rule.region_code:
            records = shelf.from_region(records, rule.region_code)
        if rule.within_days is not None:
            records = shelf.ending_within(records, rule.within_days, self.now)
        return self.cards(shelf.in_order(records, rule.sort), rule.number)

    def cards_of(self, products: Sequence[Product]) -> list[shelf.Card]:
        """The chosen products that can be bought, in that order, the cheapest offer of each; one query."""
        keys = [product.pk for product in products]
        records = self.on_sale().filter(product_id__in=keys).order_by("product_id", "price", "pk")
        cheapest = shelf.cards(records.distinct("product_id"), self.tree, self.now)
        found = {card.product_id: card for card in cheapest}
        return [found[key] for key in dict.fromkeys(keys) if key in found]

    def hidden(self, products: Iterable[Product]) -> list[Hidden]:
        """The chosen products that visitors do not see; needs LOOKED_AT prefetched."""
        reasons = [(product, obstacle_to_sale(product, self.now)) for product in products]
        return [Hidden(product.title, str(why.label)) for product, why in reasons if why]


def market_of(context: Mapping[str, object] | None, now: datetime) -> Market:
    """The page's market; one of its own for a block that is shown without a page."""
    found = (context or {}).get("market")
    return found if isinstance(found, Market) else Market(now)
