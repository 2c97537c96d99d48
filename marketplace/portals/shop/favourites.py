"""A person's favourites as their page shows them: what can be bought as a card, the rest with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.catalogue.models import Product
from catalog.catalogue.queries import CategoryTree, category_tree
from catalog.partner import shelf
from catalog.unsold_offers.obstacles import LOOKED_AT, Obstacle, obstacle_to_sale

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from catalog.partner.shelf import Card, Sight


@dataclass(frozen=True, slots=True)
class Gone:
    """A product that cannot be bought now; "" is the address of one that has no page any more."""

    name: str
    url: str
    sight: Sight
    obstacle: Obstacle


@dataclass(frozen=True, slots=True)
class Favourite:
    """A marked product: either its card, or why there is none."""

    product_id: int
    card: Card | None
    gone: Gone | None


def favourites(product_ids: Sequence[int], now: datetime) -> list[Favourite]:
    """These products in this order; two queries, and four more if some cannot be bought."""
    tree = category_tree()
    cards = _cards(product_ids, tree, now)
    gone = _gone([pk for pk in product_ids if pk not in cards], tree, now)
    return [Favourite(pk, cards.get(pk), gone.get(pk)) for pk in product_ids if pk in cards or pk in gone]


def _cards(product_ids: Collection[int], tree: CategoryTree, now: datetime) -> dict[int, Card]:
    """Product → the card of its cheapest offer; what is not on sale is absent."""
    offered = shelf.on_sale(now).filter(product__in=product_ids).order_by("-price", "-pk")
    return {card.product_id: card for card in shelf.cards(offered, tree, now)}


def _gone(product_ids: Collection[int], tree: CategoryTree, now: datetime) -> dict[int, Gone]:
    """Product → what is said of it instead of a card; no query where everything is on sale."""
    if not product_ids:
        return {}
    found = Product.objects.filter(pk__in=product_ids).prefetch_related(*LOOKED_AT)
    sights = shelf.sights(product_ids, tree)
    return {product.pk: _gone_of(product, sights[product.pk], now) for product in found}


def _gone_of(product: Product, sight: Sight, now: datetime) -> Gone:
    return Gone(
        name=product.title,
        url=product.get_absolute_url() if product.is_public else "",
        sight=sight,
        # Between the two looks it may have come back: the next page shows it.
        obstacle=obstacle_to_sale(product, now) or Obstacle.NOT_OFFERED,
    )
