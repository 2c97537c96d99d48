"""What the screens and files of figures share: whose, of which days, and the answer as a file."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import urlencode

from django.conf import settings
from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from marketplace.core.database.patience import within
from marketplace.core.periods import Window, shanghai_day
from marketplace.portals.office.access import OfficeRequest
from marketplace.portals.office.figures_rows import address, breadcrumbs, periods
from marketplace.portals.office.forms import WindowForm
from marketplace.portals.office.page import source_line
from supplier_villages.offices.models import Office
from supplier_villages.offices.queries import line_to
from supplier_villages.regions.models import Region

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Longer files go to the disk.
SMALL_FILE = 1_000_000


@dataclass(frozen=True, slots=True)
class Question:
    """A region of the office, asked for some days; `line` leads from the office's own region down to it."""

    office: Office
    line: list[Region]
    form: WindowForm
    now: datetime

    @property
    def region(self) -> Region:
        """The region whose figures are asked for."""
        return self.line[-1]

    @property
    def window(self) -> Window:
        """The days asked for; this month if what was typed makes no sense."""
        return self.form.window(shanghai_day(self.now))

    @property
    def query(self) -> str:
        """The days asked for, for the links to other regions; nothing of what makes no sense."""
        if not self.form.is_valid():
            return ""
        return urlencode({name: value for name, value in self.form.cleaned_data.items() if value})

    def address(self, view: str, **more: object) -> str:
        """Another page about the same region and days; what else its address says."""
        parts = [part for part in (self.query, urlencode(more)) if part]
        return address(self.office, view, self.region.code, "&".join(parts))

    def frame(self) -> dict[str, object]:
        """The context that every screen of figures has."""
        return {
            "region": self.region,
            "form": self.form,
            "periods": periods(self.form),
            "ways": breadcrumbs(self.office, self.line, self.query),
            "source": source_line(self.now),
        }


def asked(request: OfficeRequest, code: str) -> Question:
    """What is asked for. Raises Http404 if the region lies elsewhere or is no more."""
    now = timezone.now()
    line = list(line_to(request.office, code, shanghai_day(now)))
    if not line or line[-1].code != code:
        raise Http404
    form = WindowForm(request.GET)
    form.is_valid()
    return Question(request.office, line, form, now)


def file_answer(
    request: OfficeRequest,
    code: str,
    *,
    name: str,
    kind: str,
    screen: str,
    write: Callable[[IO[bytes], Region, Window], None],
) -> HttpResponseBase:
    """A file about a region; where the days make no sense, the screen that says so.

    `name` stands behind the region's name and the days, such as ".csv".
    """
    question = asked(request, code)
    region = question.region
    if not question.form.is_valid():
        return redirect(address(request.office, screen, region.code, request.GET.urlencode()))
    window = question.window
    filename = f"{region.name}_{window.start}_{window.last_day}{name}"
    file = SpooledTemporaryFile(max_size=SMALL_FILE)  # noqa: SIM115 -- the answer closes it
    # Whoever asks for a file of a whole year expects to wait a little longer than for a page. It is whole
    # before the answer begins: half a file would look like a whole one.
    with within(settings.WRITE_PATIENCE_SECONDS):
        write(file, region, window)
    file.seek(0)
    return FileResponse(file, content_type=kind, as_attachment=True, filename=filename)
