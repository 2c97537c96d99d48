"""/regions: the tree of regions."""

from __future__ import annotations

from django.http import Http404, HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from marketplace.api.schemas.regions import RegionFilters, RegionLineOut, RegionOut, RegionsOut
from marketplace.api.schemas.values import RegionCode
from supplier_villages.regions.queries import found_by_typing, level_below, lineage

router = Router(tags=[_("Regions")])
FOUND_AT_MOST = 20


@router.get("", response=RegionsOut, summary=_("The regions below one, or found by a text"))
def regions(request: HttpRequest, filters: Query[RegionFilters]) -> RegionsOut:
    """Those that `q` finds, those within `parent` first; else those below `parent`, else the provinces."""
    today = timezone.localdate()
    if filters.q:
        found = found_by_typing(filters.q, near=filters.parent, day=today, limit=FOUND_AT_MOST)
        return RegionsOut(items=[RegionOut.model_validate(each) for each in found])
    below = level_below(filters.parent, today)
    return RegionsOut(items=[RegionOut.model_validate(each) for each in below])


@router.get("/{code}", response=RegionLineOut, summary=_("A region and what it lies in"))
def region(request: HttpRequest, code: RegionCode) -> RegionLineOut:
    """The region of today."""
    line = lineage(code, timezone.localdate())
    if not line or line[-1]["code"] != code:
        raise Http404
    ancestors = [RegionOut.model_validate(each) for each in line[:-1]]
    return RegionLineOut(**line[-1], ancestors=ancestors)
