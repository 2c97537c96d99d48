"""The order lines behind a region's figures, on the screen and as files."""

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.core.database.patience import within
from marketplace.core.periods import Window
from marketplace.county_figures import exports, report
from marketplace.county_figures.order_lines import OrderLine, order_lines
from marketplace.portals.office.access import OfficeRequest, office_members_only
from marketplace.portals.office.figures_page import CSV, XLSX, asked, file_answer
from marketplace.portals.office.page import office_page
from marketplace.sales_journal.queries import Totals, totals_by_village
from supplier_villages.regions.models import Region

SCREEN = "figures_lines"
LINES = 50
MAX_PAGE = 1_000_000


@require_safe
@office_members_only
def screen(request: OfficeRequest, region_code: str) -> HttpResponse:
    """The lines, the newest first, below the figures that they add up to."""
    question = asked(request, region_code)
    villages = totals_by_village(region=question.region, window=question.window)
    # The lines are read from the journal itself: those of a province's year take their time.
    with within(settings.WRITE_PATIENCE_SECONDS):
        page = _page(list(villages), question.window, _page_number(request))
    context = {
        **question.frame(),
        "window": question.window,
        "totals": sum(villages.values(), Totals()),
        "page": page,
        "csv_url": question.address("figures_lines_csv"),
        "xlsx_url": question.address("figures_lines_xlsx"),
    }
    return office_page(request, "figures_lines.html", context, section="figures")


@require_safe
@office_members_only
def csv(request: OfficeRequest, region_code: str) -> HttpResponse:
    """All lines as CSV."""
    name = f"_{_('Order lines')}.csv"
    return file_answer(request, region_code, name=name, kind=CSV, screen=SCREEN, write=_csv_bytes)


@require_safe
@office_members_only
def xlsx(request: OfficeRequest, region_code: str) -> HttpResponse:
    """All lines as a workbook."""
    name = f"_{_('Order lines')}.xlsx"
    return file_answer(request, region_code, name=name, kind=XLSX, screen=SCREEN, write=_xlsx_bytes)


def _page_number(request: OfficeRequest) -> int:
    asked_for = request.GET.get("page", "")
    is_number = asked_for.isascii() and asked_for.isdigit() and len(asked_for) < len(str(MAX_PAGE))
    return max(int(asked_for), 1) if is_number else 1


def _page(villages: list[str], window: Window, number: int) -> Page[OrderLine]:
    """The lines of one page, counted by the same query; behind the last page it begins again."""
    found = order_lines(villages=villages, window=window, limit=LINES, offset=LINES * (number - 1))
    if not found.lines and number > 1:
        return _page(villages, window, 1)
    paginator = Paginator(found.lines, LINES)
    paginator.count = found.of_all
    return Page(found.lines, number, paginator)


def _all_lines(place: Region, window: Window) -> list[OrderLine]:
    villages = totals_by_village(region=place, window=window)
    return order_lines(villages=list(villages), window=window).lines


def _csv_bytes(place: Region, window: Window) -> bytes:
    lines = _all_lines(place, window)
    return exports.csv_bytes(header=report.line_titles(), rows=report.line_table(lines))


def _xlsx_bytes(place: Region, window: Window) -> bytes:
    lines = _all_lines(place, window)
    return exports.xlsx_bytes(title=place.code, header=report.line_titles(), rows=report.line_table(lines))
