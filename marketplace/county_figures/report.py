"""The county report as the command, the screens and the exports give it: one content, three forms."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from marketplace.county_figures.exports import yuan
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


def _amounts(totals: Totals) -> dict[str, str]:
    return dict(zip(COLUMNS[2:], map(str, _decimals(totals)), strict=True))


def _decimals(totals: Totals) -> tuple[Decimal, Decimal, Decimal]:
    return yuan(totals.contracted_fen), yuan(totals.accepted_fen), yuan(totals.paid_fen)
