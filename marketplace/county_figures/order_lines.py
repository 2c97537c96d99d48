"""The order lines behind a region's figures: who bought what, and how much of it counts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain
from typing import Any

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

from catalog.catalogue.units import SaleUnit
from marketplace.core.masks import mask_name
from marketplace.core.periods import Window
from marketplace.county_figures.statements import rows, streamed
from marketplace.sales_journal.queries import Totals

# What counts of a line in the window; what it is called does not change from one entry to the next.
SUMS = """
    max(product_title) AS product_title, max(supplier_name) AS supplier_name,
    max(buyer_kind) AS buyer_kind, max(buyer_id) AS buyer_id,
    coalesce(sum(quantity) FILTER (WHERE basis = 'contracted'), 0) AS contracted,
    coalesce(sum(quantity) FILTER (WHERE basis = 'accepted'), 0) AS accepted,
    coalesce(sum(amount_fen) FILTER (WHERE basis = 'contracted'), 0)::bigint AS contracted_fen,
    coalesce(sum(amount_fen) FILTER (WHERE basis = 'accepted'), 0)::bigint AS accepted_fen,
    coalesce(sum(amount_fen) FILTER (WHERE basis = 'paid'), 0)::bigint AS paid_fen
"""
# Numbers that PostgreSQL knows, too.
PLACE_TEXT = re.compile(r"(\d{4}-\d\d-\d\d)_(\d{12})_(-?\d{1,18})_(-?\d{1,18})", re.ASCII)
SHOWN = """
SELECT {first}, sold.counted_on, sold.village_code, source_order_id, source_line_id,
    coalesce(placed.number, ''), placed.date_placed, product_title, sold.supplier_name,
    coalesce(place.name, sold.village_code), unit.name, person.name, coalesce(line.sale_unit, ''),
    contracted, accepted, sold.contracted_fen, sold.accepted_fen, sold.paid_fen
FROM sold
LEFT JOIN order_order AS placed ON placed.id = source_order_id
LEFT JOIN order_line AS line ON line.id = source_line_id
LEFT JOIN regions_region AS place ON place.code = sold.village_code
LEFT JOIN institutions_institution AS unit ON unit.id = buyer_id AND buyer_kind <> 'individual'
LEFT JOIN accounts_user AS person ON person.id = buyer_id AND buyer_kind = 'individual'
ORDER BY sold.counted_on DESC, sold.village_code DESC, source_order_id DESC, source_line_id DESC
"""
# The daily totals say on which days a village has sold: from the newest day back, and no further than the
# page is long; OFFSET 0 has the days put in order before any line is looked at. A line stands on the last of
# its days: a scalar subquery looks for a later one, line by line, where NOT EXISTS could be answered by
# reading the whole window.
PAGE = """
WITH stands AS (
    SELECT sold_on.day AS counted_on, sold_on.village_code, source_order_id, source_line_id
    FROM (
        SELECT day, village_code FROM sales_journal_dailytotal
        WHERE village_code = ANY(%(villages)s) AND day >= %(start)s AND day < %(end)s {from_day}
        ORDER BY day {way}, village_code {way} OFFSET 0
    ) AS sold_on
    CROSS JOIN LATERAL (
        SELECT DISTINCT source_order_id, source_line_id FROM sales_journal_journalentry
        WHERE village_code = sold_on.village_code AND counted_on = sold_on.day
            AND counted_on >= %(start)s AND counted_on < %(end)s
    ) AS moved
    WHERE (
            SELECT true FROM sales_journal_journalentry AS later
            WHERE later.source_order_id = moved.source_order_id
                AND later.source_line_id = moved.source_line_id
                AND later.village_code = sold_on.village_code
                AND later.counted_on > sold_on.day
                AND later.counted_on >= %(start)s AND later.counted_on < %(end)s
            LIMIT 1
        ) IS NULL
        {from_line}
    ORDER BY 1 {way}, 2 {way}, 3 {way}, 4 {way}
    LIMIT %(limit)s
), sold AS (
    SELECT stands.*, counted.*
    FROM stands CROSS JOIN LATERAL (
        SELECT {sums} FROM sales_journal_journalentry AS entry
        WHERE entry.source_order_id = stands.source_order_id
            AND entry.source_line_id = stands.source_line_id
            AND entry.village_code = stands.village_code
            AND entry.counted_on >= %(start)s AND entry.counted_on <= stands.counted_on
            AND entry.counted_on < %(end)s
    ) AS counted
)
"""
FROM_DAY = "AND (day, village_code) {than}= (%(day)s, %(village)s)"
FROM_LINE = """
        AND (sold_on.day, sold_on.village_code, source_order_id, source_line_id)
            {than} (%(day)s, %(village)s, %(order)s, %(line)s)
"""
# Whoever wants all lines reads the window once.
EVERY = f"""
WITH sold AS (
    SELECT max(counted_on) AS counted_on, village_code, source_order_id, source_line_id, {SUMS}
    FROM sales_journal_journalentry
    WHERE village_code = ANY(%(villages)s) AND counted_on >= %(start)s AND counted_on < %(end)s
    GROUP BY 2, 3, 4
)
{SHOWN.format(first="count(*) OVER ()")}
"""  # noqa: S608 -- put together from constants
# A workbook of so many lines takes about as long as somebody waits for a file.
FILE_LINES = 100_000


class TooManyLines(Exception):
    """More lines than a file takes; the message says what to do."""

    def __init__(self, found: int) -> None:
        super().__init__(
            _(
                "There are %(found)s order lines in these days; a file takes up to %(limit)s. "
                "Choose fewer days or a smaller region."
            )
            % {"found": intcomma(found), "limit": intcomma(FILE_LINES)}
        )


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line stands: on its last day in the window, there by village, order and line."""

    counted_on: date
    village_code: str
    order_id: int
    line_id: int

    def __str__(self) -> str:
        return f"{self.counted_on}_{self.village_code}_{self.order_id}_{self.line_id}"

    @classmethod
    def parse(cls, text: str) -> Place | None:
        """The place of this text; None if it is none."""
        found = PLACE_TEXT.fullmatch(text)
        if found is None:
            return None
        day, village, order, line = found.groups()
        try:
            return cls(date.fromisoformat(day), village, int(order), int(line))
        except ValueError:
            return None


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
    """Some of the lines, the newest first; where newer and where older ones begin, if there are any."""

    lines: list[OrderLine]
    newer: Place | None
    older: Place | None


def order_lines(
    *,
    villages: Collection[str],
    window: Window,
    limit: int,
    after: Place | None = None,
    before: Place | None = None,
) -> OrderLines:
    """So many of the lines of these villages (codes as they were that day) in the window; one query.

    The newest ones, or those that follow after a place, or those just before one. What it costs depends on
    the number asked for, not on the window.
    """
    edge, than, way = (before, ">", "ASC") if before else (after, "<", "DESC")
    parts = (FROM_DAY.format(than=than), FROM_LINE.format(than=than)) if edge else ("", "")
    page = PAGE.format(from_day=parts[0], from_line=parts[1], way=way, sums=SUMS)
    wanted = {"villages": list(villages), "limit": limit + 1, **vars(window), **_values(edge)}
    found = rows(page + SHOWN.format(first="0"), wanted)
    there_is_more = len(found) > limit
    shown = found[there_is_more:] if before else found[:limit]
    return OrderLines(
        lines=[_line(row) for row in shown],
        newer=_place(shown[0]) if shown and (there_is_more if before else after) else None,
        older=_place(shown[-1]) if shown and (before or there_is_more) else None,
    )


def every_line(*, villages: Collection[str], window: Window) -> Iterator[OrderLine]:
    """All of them, one after the other and never all in memory; one query, asked at once.

    Raises:
        TooManyLines: there are more than FILE_LINES.
    """
    found = streamed(EVERY, {"villages": list(villages), **vars(window)})
    first = next(found, None)
    if first and first[0] > FILE_LINES:
        raise TooManyLines(first[0])
    return map(_line, chain([first] if first else [], found))


def _values(edge: Place | None) -> dict[str, object]:
    if edge is None:
        return {}
    return {
        "day": edge.counted_on,
        "village": edge.village_code,
        "order": edge.order_id,
        "line": edge.line_id,
    }


def _place(row: tuple[Any, ...]) -> Place:
    return Place(*row[1:5])


def _line(row: tuple[Any, ...]) -> OrderLine:
    _of_all, day, _village, _order, _line_id, number, placed_at, title, supplier, *others = row
    village, unit, person, sale_unit, contracted, accepted, *sums = others
    buyer = unit or mask_name(person or "") or _("individual")
    return OrderLine(
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
