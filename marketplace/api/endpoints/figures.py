"""/figures: what was sold from a region."""

from __future__ import annotations

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from marketplace.access_tokens.memberships import Kind
from marketplace.api.auth import AccessTokenAuth, ApiRequest, require_kind
from marketplace.api.problems import Refusal
from marketplace.api.schemas.figures import Amounts, FigureRow, FiguresFilters, FiguresOut
from marketplace.api.schemas.values import RegionCode
from marketplace.core.periods import EmptyWindow, Window, shanghai_day
from marketplace.county_figures.queries import Figures, WrongLevel, figures
from marketplace.sales_journal.kinds import Basis
from marketplace.sales_journal.queries import Totals
from supplier_villages.offices.queries import line_to
from supplier_villages.regions.models import Region

router = Router(tags=[_("Sales figures")], auth=AccessTokenAuth())


@router.get("/{code}", response=FiguresOut, by_alias=True, summary=_("What was sold from a region"))
def county_figures(request: ApiRequest, code: RegionCode, filters: Query[FiguresFilters]) -> FiguresOut:
    """Of the days from `from` up to, and without, `to`; a region of the office's or below it."""
    require_kind(request.auth, Kind.OFFICE)
    region = _region(request, code)
    try:
        window = Window(filters.start, filters.end)
        found = figures(region=region, window=window, level=filters.level)
    except EmptyWindow:
        raise _refusal("to", _t("“to” must be after “from”: it is the day after the last.")) from None
    except WrongLevel as error:
        raise _refusal("level", str(error)) from error
    return _answer(found, filters)


def _region(request: ApiRequest, code: str) -> Region:
    office = request.auth.office
    line = list(line_to(office, code, shanghai_day(timezone.now()))) if office else []
    if not line or line[-1].code != code:
        raise Http404
    return line[-1]


def _refusal(field: str, detail: str) -> Refusal:
    return Refusal(422, "invalid", detail, {field: detail})


def _answer(found: Figures, filters: FiguresFilters) -> FiguresOut:
    rows = found.rows if filters.split == "region" else []
    return FiguresOut(
        region=found.region.code,
        name=found.region.name,
        level=found.region.level,
        from_=found.window.start,
        to=found.window.end,
        total=Amounts(**_amounts(found.total, filters.basis)),
        rows=[
            FigureRow(
                code=row.code, name=row.name, is_other=row.is_former, **_amounts(row.totals, filters.basis)
            )
            for row in rows
        ],
    )


def _amounts(totals: Totals, basis: Basis | None) -> dict[str, int | None]:
    fields = {each: f"{each.value}_fen" for each in Basis}
    return {name: getattr(totals, name) if basis in (None, each) else None for each, name in fields.items()}
