"""Figures as an office's screens show them: ranked, with the ways down, up and aside."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.county_figures.queries import Figures
from marketplace.portals.office.forms import WindowForm
from marketplace.sales_journal.queries import RegionTotals, Totals
from supplier_villages.offices.models import Office
from supplier_villages.regions.codes import level_of
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A region's figures and the way down: to its own table, a village's to its lines, "" to nothing."""

    row: RegionTotals
    url: str


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A row with its two bars: widths in per cent of the longest bar in the table."""

    shown: ShownRow
    accepted_width: str
    contracted_width: str


@dataclass(frozen=True, slots=True)
class Way:
    """A link to the figures of another region or of other days."""

    label: str
    url: str
    is_current: bool = False


def linked_rows(office: Office, figures: Figures, query: str) -> list[ShownRow]:
    """The rows, with links to those that are regions today."""
    return [ShownRow(row, "" if row.is_former else _down(office, row.code, query)) for row in figures.rows]


def ranking(rows: Sequence[ShownRow]) -> list[RankedRow]:
    """The rows with any sale, most accepted first, then most contracted."""
    sold = [shown for shown in rows if shown.row.totals != Totals()]
    longest = max((_longest(shown.row.totals) for shown in sold), default=0)
    ordered = sorted(sold, key=lambda shown: _rank(shown.row.totals), reverse=True)
    return [
        RankedRow(
            shown,
            _width(shown.row.totals.accepted_fen, longest),
            _width(shown.row.totals.contracted_fen, longest),
        )
        for shown in ordered
    ]


def silent(rows: Sequence[ShownRow]) -> list[ShownRow]:
    """The rows without any sale, in their order."""
    return [shown for shown in rows if shown.row.totals == Totals()]


def breadcrumbs(office: Office, line: Sequence[Region], query: str) -> list[Way]:
    """The regions from the office's own down, each with its link."""
    return [Way(each.name, address(office, "figures_region", each.code, query)) for each in line]


def periods(form: WindowForm) -> list[Way]:
    """This month and this year; neither is current while two days are set."""
    data = form.cleaned_data
    is_typed = bool(data.get("first_day") or data.get("last_day") or form.errors)
    is_year = data.get("period") == WindowForm.THIS_YEAR
    return [
        Way(_("This month"), "?", not (is_typed or is_year)),
        Way(_("This year"), f"?period={WindowForm.THIS_YEAR}", is_year and not is_typed),
    ]


def address(office: Office, view: str, region_code: str, query: str) -> str:
    """A figures page of a region, for the same days."""
    path = reverse(f"office:{view}", args=[office.region_id, region_code])
    return f"{path}?{query}" if query else path


def _down(office: Office, code: str, query: str) -> str:
    view = "figures_lines" if level_of(code) == Level.VILLAGE else "figures_region"
    return address(office, view, code, query)


def _rank(totals: Totals) -> tuple[int, int]:
    return totals.accepted_fen, totals.contracted_fen


def _longest(totals: Totals) -> int:
    return max(totals.accepted_fen, totals.contracted_fen)


def _width(fen: int, longest: int) -> str:
    return f"{max(fen, 0) * 100 / longest:.1f}%" if longest > 0 else "0%"
