"""The basket's lines as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from catalog.catalogue.queries import category_tree
from catalog.partner import shelf
from marketplace.basket.queries import PricedLine, SupplierLines
from marketplace.campaigns.claims import closed_because
from marketplace.core.templatetags.formats import quantity

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from catalog.partner.shelf import Sight


@dataclass(frozen=True, slots=True)
class Row:
    """A line with its picture and origin; `obstacle` says why it cannot be bought, and what to do.

    `campaign_over` says why it does not count for its campaign any more, "" if it does or has none.
    """

    priced: PricedLine
    sight: Sight
    unit: str
    obstacle: str
    campaign_over: str


@dataclass(frozen=True, slots=True)
class Group:
    """A supplier's lines, which will be one order; `rows` are those of the page that is shown."""

    totals: SupplierLines
    rows: list[Row]

    @property
    def is_whole(self) -> bool:
        """Whether all of the supplier's lines stand on the page."""
        return len(self.rows) == len(self.totals.lines)


def in_order(parts: Sequence[SupplierLines]) -> list[PricedLine]:
    """All lines as the pages show them: first those that cannot be bought, then supplier by supplier."""
    return sorted((priced for part in parts for priced in part.lines), key=lambda priced: priced.is_sellable)


def groups_of(parts: Sequence[SupplierLines], shown: Sequence[PricedLine], now: datetime) -> list[Group]:
    """The shown lines by supplier, with the totals of all; two queries whatever the lines."""
    sights = shelf.sights((priced.line.product_id for priced in shown), category_tree())
    rows: dict[int, list[Row]] = {}
    for priced in shown:
        row = _row(priced, sights[priced.line.product_id], now)
        rows.setdefault(priced.line.stockrecord.partner_id, []).append(row)
    return [Group(part, rows[part.supplier.pk]) for part in parts if part.supplier.pk in rows]


def _row(priced: PricedLine, sight: Sight, now: datetime) -> Row:
    unit = priced.line.product.get_sale_unit_display()
    return Row(
        priced=priced,
        sight=sight,
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
