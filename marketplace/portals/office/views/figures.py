"""Sales figures of the office's region and what lies below it, down to the lines of orders, and as files."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from marketplace.core.periods import shanghai_day
from marketplace.county_figures import exports, report
from marketplace.county_figures.queries import Figures, figures
from marketplace.portals.office.access import OfficeRequest, office_members_only
from marketplace.portals.office.figures_compared import compared_figures
from marketplace.portals.office.figures_rows import (
    address,
    breadcrumbs,
    linked_rows,
    periods,
    ranking,
    silent,
)
from marketplace.portals.office.forms import WindowForm
from marketplace.portals.office.page import office_page, source_line
from marketplace.sales_journal.queries import entries_within, totals
from supplier_villages.offices.queries import line_to
from supplier_villages.regions.models import Region

LINES = 50
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@office_members_only
def own_region(request: OfficeRequest) -> HttpResponse:
    """Begins with the office's own region."""
    return redirect(
        "office:figures_region", code=request.office.region_id, region_code=request.office.region_id
    )


@require_safe
@office_members_only
def region(request: OfficeRequest, region_code: str) -> HttpResponse:
    """The figures per region one level below, with their sum."""
    now = timezone.now()
    line, form = _line(request, region_code, now), _form(request)
    place = line[-1]
    today = shanghai_day(now)
    found, compared = compared_figures(place, form.window(today), today)
    query = _query(form)
    rows = linked_rows(request.office, found, query)
    context = {
        **_frame(request, line, form, now),
        "figures": found,
        "compared": compared,
        "rows": rows,
        "ranking": ranking(rows),
        "silent": silent(rows),
        "csv_url": address(request.office, "figures_csv", place.code, query),
        "xlsx_url": address(request.office, "figures_xlsx", place.code, query),
        "lines_url": address(request.office, "figures_lines", place.code, query),
    }
    return office_page(request, "figures.html", context, section="figures")


@require_safe
@office_members_only
def lines(request: OfficeRequest, region_code: str) -> HttpResponse:
    """The lines of orders behind a region's figures, in the order in which they counted."""
    now = timezone.now()
    line, form = _line(request, region_code, now), _form(request)
    place = line[-1]
    window = form.window(shanghai_day(now))
    entries = entries_within(region=place, window=window)
    context = {
        **_frame(request, line, form, now),
        "window": window,
        "totals": totals(region_codes=[place.code], window=window),
        "page": Paginator(entries, LINES).get_page(request.GET.get("page")),
    }
    return office_page(request, "figures_lines.html", context, section="figures")


@require_safe
@office_members_only
def csv(request: OfficeRequest, region_code: str) -> HttpResponse:
    """The rows of the table as CSV."""
    return _file(request, region_code, "csv", CSV, _csv_bytes)


@require_safe
@office_members_only
def xlsx(request: OfficeRequest, region_code: str) -> HttpResponse:
    """The rows of the table as a workbook."""
    return _file(request, region_code, "xlsx", XLSX, _xlsx_bytes)


def _file(
    request: OfficeRequest, region_code: str, ending: str, kind: str, write: Callable[[Figures], bytes]
) -> HttpResponse:
    """The table as a file; where the days make no sense, the page that says so."""
    now = timezone.now()
    line, form = _line(request, region_code, now), _form(request)
    place = line[-1]
    if not form.is_valid():
        query = request.GET.urlencode()
        return redirect(address(request.office, "figures_region", place.code, query))
    found = figures(region=place, window=form.window(shanghai_day(now)))
    name = f"{place.name}_{found.window.start}_{found.window.last_day}.{ending}"
    disposition = content_disposition_header(as_attachment=True, filename=name)
    return HttpResponse(write(found), content_type=kind, headers={"Content-Disposition": disposition})


def _csv_bytes(found: Figures) -> bytes:
    return exports.csv_bytes(header=report.titles(), rows=report.table(found))


def _xlsx_bytes(found: Figures) -> bytes:
    return exports.xlsx_bytes(title=found.region.code, header=report.titles(), rows=report.table(found))


def _line(request: OfficeRequest, code: str, now: datetime) -> list[Region]:
    """From the office's own region down to this one, the last; 404 if it lies elsewhere or is no more."""
    line = list(line_to(request.office, code, shanghai_day(now)))
    if not line or line[-1].code != code:
        raise Http404
    return line


def _form(request: OfficeRequest) -> WindowForm:
    form = WindowForm(request.GET)
    form.is_valid()
    return form


def _query(form: WindowForm) -> str:
    """The days asked for, for the links to other regions; nothing of what makes no sense."""
    return (
        urlencode({name: value for name, value in form.cleaned_data.items() if value})
        if form.is_valid()
        else ""
    )


def _frame(request: OfficeRequest, line: list[Region], form: WindowForm, now: datetime) -> dict[str, object]:
    return {
        "region": line[-1],
        "form": form,
        "periods": periods(form),
        "ways": breadcrumbs(request.office, line, _query(form)),
        "source": source_line(now),
    }
