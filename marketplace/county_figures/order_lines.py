"""The order lines behind a region's figures: who bought what, and how much of it counts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from catalog.catalogue.units import SaleUnit
from marketplace.core.masks import mask_name
from marketplace.core.periods import Window
from marketplace.county_figures.statements import rows
from marketplace.sales_journal.queries import Totals

# Summed before anything is joined, and joined for one page only.
LINES = """
WITH sold AS (
    SELECT source_order_id, source_line_id, village_code, product_title, supplier_name, buyer_kind, buyer_id,
        max(counted_on) AS counted_on,
        coalesce(sum(quantity) FILTER (WHERE basis = 'contracted'), 0) AS contracted,
        coalesce(sum(quantity) FILTER (WHERE basis = 'accepted'), 0) AS accepted,
        coalesce(sum(amount_fen) FILTER (WHERE basis = 'contracted'), 0)::bigint AS contracted_fen,
        coalesce(sum(amount_fen) FILTER (WHERE basis = 'accepted'), 0)::bigint AS accepted_fen,
        coalesce(sum(amount_fen) FILTER (WHERE basis = 'paid'), 0)::bigint AS paid_fen
    FROM sales_journal_journalentry
    WHERE village_code = ANY(%(villages)s) AND counted_on >= %(start)s AND counted_on < %(end)s
    GROUP BY 1, 2, 3, 4, 5, 6, 7
), page AS (
    SELECT *, count(*) OVER () AS of_all FROM sold
    ORDER BY counted_on DESC, source_line_id DESC, village_code, product_title
    LIMIT %(limit)s OFFSET %(offset)s
)
SELECT of_all, coalesce(placed.number, ''), placed.date_placed, product_title, supplier_name,
    coalesce(place.name, page.village_code), unit.name, person.name,
    counted_on, coalesce(line.sale_unit, ''), contracted, accepted,
    page.contracted_fen, page.accepted_fen, page.paid_fen
FROM page
LEFT JOIN order_order AS placed ON placed.id = source_order_id
LEFT JOIN order_line AS line ON line.id = source_line_id
LEFT JOIN regions_region AS place ON place.code = page.village_code
LEFT JOIN institutions_institution AS unit ON unit.id = buyer_id AND buyer_kind <> 'individual'
LEFT JOIN accounts_user AS person ON person.id = buyer_id AND buyer_kind = 'individual'
ORDER BY counted_on DESC, source_line_id DESC, page.village_code, product_title
"""


@dataclass(frozen=True, slots=True)
class OrderLine:
    """What counts of one order line in a window; `counted_on` is the last day on which something did.

    Quantities are sale units; a buyer who is a person is masked. Without order number, day and unit where the
    journal's line came from no order here.
    """

    order_number: str
    placed_at: datetime | None
    title: str
    supplier_name: str
    village: str
    buyer: str
    counted_on: date
    sale_unit: str
    contracted: int
    accepted: int
    totals: Totals

    @property
    def unit(self) -> str:
        """The sale unit in the reader's language."""
        return str(SaleUnit(self.sale_unit).label) if self.sale_unit else ""


@dataclass(frozen=True, slots=True)
class OrderLines:
    """Some of the lines, the newest first, and how many there are in all."""

    lines: list[OrderLine]
    of_all: int


def order_lines(
    *, villages: Collection[str], window: Window, limit: int | None = None, offset: int = 0
) -> OrderLines:
    """The lines of these villages (codes as they were that day) in the window; one query.

    `of_all` is 0 where the offset lies behind the last line.
    """
    wanted = {"villages": list(villages), "limit": limit, "offset": offset, **vars(window)}
    found = rows(LINES, wanted)
    return OrderLines(list(_lines(found)), found[0][0] if found else 0)


def _lines(found: list[tuple[Any, ...]]) -> Iterator[OrderLine]:
    for _of_all, number, placed_at, title, supplier, village, unit, person, *counted in found:
        day, sale_unit, contracted, accepted, *sums = counted
        buyer = unit or mask_name(person or "") or _("individual")
        yield OrderLine(
            number,
            placed_at,
            title,
            supplier,
            village,
            buyer,
            day,
            sale_unit,
            contracted,
            accepted,
            Totals(*sums),
        )
