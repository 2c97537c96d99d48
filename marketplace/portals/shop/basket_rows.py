"""The basket's lines as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalog.catalogue.queries import CategoryTree, category_tree
from catalog.partner import shelf
from marketplace.basket.queries import PricedLine, SupplierLines, by_supplier
from marketplace.campaigns.claims import closed_because
from marketplace.core.templatetags.formats import quantity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from catalog.partner.shelf import Photo, Place


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its picture and origin; `obstacle` says why it cannot be bought, and what to do.

    `campaign_over` says why it does not count for its campaign any more, "" if it does or has none.
    """

    priced: PricedLine
    place: Place
    photo: Photo | None
    drawing: str
    unit: str
    obstacle: str
    campaign_over: str


@dataclass(frozen=True, slots=True)
class Group:
    """A supplier's lines, which will be one order."""

    totals: SupplierLines
    rows: list[Row]


def groups_of(lines: Sequence[PricedLine], now: datetime) -> list[Group]:
    """The lines by supplier; two queries whatever the lines."""
    tree = category_tree()
    leaves = shelf.leaf_categories(priced.line.product_id for priced in lines)
    return [
        Group(part, [_row(priced, tree, leaves.get(priced.line.product_id), now) for priced in part.lines])
        for part in by_supplier(lines)
    ]


def _row(priced: PricedLine, tree: CategoryTree, category_id: int | None, now: datetime) -> Row:
    product = priced.line.product
    images = list(product.images.all())
    unit = product.get_sale_unit_display()
    return Row(
        priced=priced,
        place=shelf.place_of(product.origin_village),
        photo=shelf.photo_of(images[0]) if images else None,
        drawing=tree.drawing_of(category_id),
        unit=unit,
        obstacle=_obstacle(priced, unit),
        campaign_over=closed_because(priced.line.campaign, now) if priced.line.campaign else "",
    )


def _obstacle(priced: PricedLine, unit: str) -> str:
    if priced.is_sellable:
        return ""
    if priced.available:
        left = quantity(priced.available, unit)
        return _("Only %(left)s left. Lower the quantity, or take the line out.") % {"left": left}
    return _("No longer on sale. Take the line out.")
