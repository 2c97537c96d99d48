"""Sales figures of the office's region and of what lies one level below, on the screen and as files."""

from typing import IO

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from marketplace.core.periods import Window, shanghai_day
from marketplace.county_figures import exports, report
from marketplace.county_figures.queries import figures
from marketplace.portals.office.access import OfficeRequest, office_members_only
from marketplace.portals.office.figures_compared import compared_figures
from marketplace.portals.office.figures_page import CSV, XLSX, asked, file_answer
from marketplace.portals.office.figures_rows import linked_rows, ranking, silent
from marketplace.portals.office.page import office_page
from supplier_villages.regions.models import Region

SCREEN = "figures_region"


@require_safe
@office_members_only
def own_region(request: OfficeRequest) -> HttpResponse:
    """Begins with the office's own region."""
    return redirect(f"office:{SCREEN}", code=request.office.region_id, region_code=request.office.region_id)


@require_safe
@office_members_only
def region(request: OfficeRequest, region_code: str) -> HttpResponse:
    """The figures per region one level below, with their sum."""
    question = asked(request, region_code)
    today = shanghai_day(question.now)
    found, compared = compared_figures(question.region, question.window, today)
    rows = linked_rows(request.office, found, question.query)
    context = {
        **question.frame(),
        "figures": found,
        "compared": compared,
        "rows": rows,
        "ranking": ranking(rows),
        "silent": silent(rows),
        "csv_url": question.address("figures_csv"),
        "xlsx_url": question.address("figures_xlsx"),
        "lines_url": question.address("figures_lines"),
    }
    return office_page(request, "figures.html", context, section="figures")


@require_safe
@office_members_only
def csv(request: OfficeRequest, region_code: str) -> HttpResponseBase:
    """The rows of the table as CSV."""
    return file_answer(request, region_code, name=".csv", kind=CSV, screen=SCREEN, write=_write_csv)


@require_safe
@office_members_only
def xlsx(request: OfficeRequest, region_code: str) -> HttpResponseBase:
    """The rows of the table as a workbook."""
    return file_answer(request, region_code, name=".xlsx", kind=XLSX, screen=SCREEN, write=_write_xlsx)


def _write_csv(file: IO[bytes], place: Region, window: Window) -> None:
    found = figures(region=place, window=window)
    exports.write_csv(file, header=report.titles(), rows=report.table(found))


def _write_xlsx(file: IO[bytes], place: Region, window: Window) -> None:
    found = figures(region=place, window=window)
    exports.write_xlsx(file, title=place.code, header=report.titles(), rows=report.table(found))
