"""The county report and the order lines behind it as commands, screens and files give them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.core.periods import shanghai_day
from marketplace.county_figures.exports import Cell, yuan
from marketplace.county_figures.order_lines import OrderLine
from marketplace.county_figures.queries import Figures
from marketplace.sales_journal.queries import Totals

COLUMNS = ("code", "name", "contracted", "accepted", "paid")


def as_json(figures: Figures) -> str:
    """The report as JSON: {region, name, from, to, rows: [{code, name, contracted, accepted, paid}], total}.

    Amounts are CNY as decimal strings, "1234.50"; `to` is not included.
    """
    content = {
        "region": figures.region.code,
        "name": figures.region.name,
        "from": figures.window.start.isoformat(),
        "to": figures.window.end.isoformat(),
        "rows": [{"code": row.code, "name": row.name, **_amounts(row.totals)} for row in figures.rows],
        "total": _amounts(figures.total),
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def table(figures: Figures) -> Iterator[Sequence[str | Decimal]]:
    """A row per region one level below, amounts in CNY; without the total, so that a column adds up to it."""
    for row in figures.rows:
        yield row.code, row.name, *_decimals(row.totals)


def titles() -> list[str]:
    """The columns' titles in the reader's language."""
    return [_("Region code"), _("Region"), _("Contracted (CNY)"), _("Accepted (CNY)"), _("Paid (CNY)")]


def line_table(lines: Iterable[OrderLine]) -> Iterator[Sequence[Cell]]:
    """A row per order line: whose, what, when, then quantities in sale units and amounts in CNY."""
    for line in lines:
        yield (
            line.order_number,
            str(shanghai_day(line.placed_at)) if line.placed_at else "",
            line.buyer,
            line.title,
            line.village,
            line.supplier_name,
            str(line.counted_on),
            line.unit,
            line.contracted,
            line.accepted,
            *_decimals(line.totals),
        )


def line_titles() -> list[str]:
    """The titles of the order lines' columns in the reader's language."""
    return [
        _("Order number"),
        _("Ordered on"),
        pgettext("sales figure", "Buyer"),
        _("Product"),
        _("Village"),
        _("Supplier"),
        _("Counted on"),
        _("Sale unit"),
        _("Contracted quantity"),
        _("Accepted quantity"),
        *titles()[2:],
    ]


def _amounts(totals: Totals) -> dict[str, str]:
    return dict(zip(COLUMNS[2:], map(str, _decimals(totals)), strict=True))


def _decimals(totals: Totals) -> tuple[Decimal, Decimal, Decimal]:
    return yuan(totals.contracted_fen), yuan(totals.accepted_fen), yuan(totals.paid_fen)
