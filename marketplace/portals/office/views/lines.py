"""The order lines behind a region's figures, on the screen and as files."""

from collections.abc import Callable, Iterator
from typing import IO

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.periods import Window
from marketplace.county_figures import exports, report
from marketplace.county_figures.order_lines import (
    OrderLine,
    OrderLines,
    Place,
    TooManyLines,
    every_line,
    order_lines,
)
from marketplace.portals.office.access import OfficeRequest, office_members_only
from marketplace.portals.office.figures_page import CSV, XLSX, asked, file_answer
from marketplace.portals.office.figures_rows import address
from marketplace.portals.office.page import office_page
from marketplace.sales_journal.queries import sold_villages, totals_and_villages
from supplier_villages.regions.models import Region

SCREEN = "figures_lines"
LINES = 50


@require_safe
@office_members_only
def screen(request: OfficeRequest, region_code: str) -> HttpResponse:
    """The lines, the newest first, below the figures that they add up to."""
    question = asked(request, region_code)
    totals, villages = totals_and_villages(region=question.region, window=question.window)
    found = _page(request, villages, question.window)
    context = {
        **question.frame(),
        "window": question.window,
        "totals": totals,
        "lines": found.lines,
        "newer_url": question.address(SCREEN, before=found.newer) if found.newer else "",
        "older_url": question.address(SCREEN, after=found.older) if found.older else "",
        "csv_url": question.address("figures_lines_csv"),
        "xlsx_url": question.address("figures_lines_xlsx"),
    }
    return office_page(request, "figures_lines.html", context, section="figures")


@require_safe
@office_members_only
def csv(request: OfficeRequest, region_code: str) -> HttpResponseBase:
    """All lines as CSV."""
    return _file(request, region_code, ".csv", CSV, _write_csv)


@require_safe
@office_members_only
def xlsx(request: OfficeRequest, region_code: str) -> HttpResponseBase:
    """All lines as a workbook."""
    return _file(request, region_code, ".xlsx", XLSX, _write_xlsx)


def _page(request: OfficeRequest, villages: list[str], window: Window) -> OrderLines:
    """The lines that follow the place asked for; beyond the last one, or without sense, the newest."""
    edges = {name: Place.parse(request.GET.get(name, "")) for name in ("after", "before")}
    found = order_lines(villages=villages, window=window, limit=LINES, **edges)
    if not found.lines and any(edges.values()):
        return order_lines(villages=villages, window=window, limit=LINES)
    return found


def _file(
    request: OfficeRequest,
    code: str,
    ending: str,
    kind: str,
    write: Callable[[IO[bytes], Region, Window], None],
) -> HttpResponseBase:
    """The file; if it would be too long, the screen that says so."""
    name = f"_{_('Order lines')}{ending}"
    try:
        return file_answer(request, code, name=name, kind=kind, screen=SCREEN, write=write)
    except TooManyLines as error:
        messages.error(request, str(error))
        return redirect(address(request.office, SCREEN, code, request.GET.urlencode()))


def _all_lines(place: Region, window: Window) -> Iterator[OrderLine]:
    return every_line(villages=sold_villages(region=place), window=window)


def _write_csv(file: IO[bytes], place: Region, window: Window) -> None:
    rows = report.line_table(_all_lines(place, window))
    exports.write_csv(file, header=report.line_titles(), rows=rows)


def _write_xlsx(file: IO[bytes], place: Region, window: Window) -> None:
    rows = report.line_table(_all_lines(place, window))
    exports.write_xlsx(file, title=place.code, header=report.line_titles(), rows=rows)
