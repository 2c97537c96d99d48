"""Regions, read: where a code leads, what lies around it, who helps it."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypedDict

from django.db.models import Exists, OuterRef

from supplier_villages.regions.codes import ancestor_codes, code_range
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import (
    AssistanceKind,
    PairedAssistance,
    Region,
    RegionSuccession,
)
from supplier_villages.regions.querysets import RegionQuerySet

# UNION, not UNION ALL: a chain that bit its own tail would still end.
CHAIN = """
    WITH RECURSIVE chain(code) AS (
        SELECT %s::varchar COLLATE "C"
        UNION
        SELECT succession.new_id FROM regions_regionsuccession AS succession JOIN chain
            ON succession.old_code = chain.code
    )
    SELECT region.* FROM regions_region AS region JOIN chain USING (code)
    WHERE NOT EXISTS (SELECT FROM regions_regionsuccession AS later WHERE later.old_code = region.code)
"""
PREDECESSORS = """
    WITH RECURSIVE older(old_code) AS (
        SELECT old_code FROM regions_regionsuccession WHERE new_id >= %s AND new_id < %s
        UNION
        SELECT succession.old_code FROM regions_regionsuccession AS succession JOIN older
            ON succession.new_id = older.old_code
    )
    SELECT succession.* FROM regions_regionsuccession AS succession JOIN older USING (old_code)
    ORDER BY old_code
"""


class PickedRegion(TypedDict):
    """A region as the picker shows it; `has_children` says whether one can go further down."""

    code: str
    name: str
    pinyin: str
    level: str
    has_children: bool


class FoundRegion(PickedRegion):
    """A region found by typing: `path` is the whole way to it, 广东省 揭阳市 普宁市."""

    path: str


@dataclass(frozen=True)
class PlacedRegion:
    """A region and the names of what it lies in, province first."""

    region: Region
    ancestors: tuple[Region, ...]

    @property
    def path(self) -> str:
        """广东省 揭阳市 揭东区 曲溪街道 圩埔村委会: the whole way, as people write it."""
        return " ".join(region.name for region in (*self.ancestors, self.region))


def resolve(code: str) -> Region | None:
    """The region that the code means today: itself, or the last of its successors; None if unknown.

    One query, however long the chain: 441283 → 441204.
    """
    return next(iter(Region.objects.raw(CHAIN, [code])), None)


def predecessor_codes(code: str) -> list[str]:
    """The codes, now superseded, of what the region and everything below it used to be called, sorted.

    441204 → ["441283"]; 441200 and 440000 → the same and others. The villages of an old county kept its
    digits as their prefix: ask for the range of each code, not only for equality.
    """
    return [each.old_code for each in RegionSuccession.objects.raw(PREDECESSORS, code_range(code))]


def placed(regions: Iterable[Region]) -> list[PlacedRegion]:
    """The regions, in their order, with what they lie in: one query for all of them."""
    found = list(regions)
    codes = {code for region in found for code in ancestor_codes(region.code)}
    above = Region.objects.in_bulk(codes)
    return [
        PlacedRegion(region, tuple(above[code] for code in ancestor_codes(region.code) if code in above))
        for region in found
    ]


def paths_of(codes: set[str]) -> dict[str, str]:
    """Region code → 广东省 揭阳市 揭东区 埔田镇 新岭村, the whole way; one query, none for no code."""
    wanted = codes | {above for code in codes for above in ancestor_codes(code)}
    names = dict(Region.objects.filter(pk__in=wanted).values_list("code", "name")) if wanted else {}
    ways = {code: [*ancestor_codes(code), code] for code in codes}
    return {code: " ".join(names[step] for step in way if step in names) for code, way in ways.items()}


def path_of(code: str) -> str:
    """The whole way to one region; one query."""
    return paths_of({code})[code]


def level_below(code: str | None, day: dt.date) -> list[PickedRegion]:
    """The regions of the day directly below the code, by pinyin; the provinces if there is none."""
    regions = Region.objects.valid_on(day)
    below = regions.children_of(code) if code else regions.at_level(Level.PROVINCE).by_pinyin()
    return _picked(below, day)


def found_by_typing(text: str, *, near: str | None, day: dt.date, limit: int) -> list[FoundRegion]:
    """The first regions of the day that name, pinyin, initials or code find, each with where it lies.

    Those within the region `near` come first. Two queries, however many regions.
    """
    found = _picked(Region.objects.valid_on(day).search(text, near=near)[:limit], day)
    names = dict(
        Region.objects.filter(
            pk__in={code for region in found for code in ancestor_codes(region["code"])}
        ).values_list("code", "name")
    )
    return [{**region, "path": _path(region, names)} for region in found]


def lineage(code: str, day: dt.date) -> list[PickedRegion]:
    """What the region of the day lies in, province first, and the region itself last."""
    line = Region.objects.valid_on(day).filter(pk__in=[*ancestor_codes(code), code])
    return _picked(line.top_down(), day)


def _picked(regions: RegionQuerySet, day: dt.date) -> list[PickedRegion]:
    children = Region.objects.filter(parent=OuterRef("pk")).valid_on(day)
    rows = regions.values("code", "name", "pinyin", "level", has_children=Exists(children))
    return [PickedRegion(**row) for row in rows]


def _path(region: PickedRegion, names: Mapping[str, str]) -> str:
    above = [names[code] for code in ancestor_codes(region["code"]) if code in names]
    return " ".join([*above, region["name"]])


def pair_for(*, region_code: str, day: dt.date, kind: AssistanceKind) -> PairedAssistance | None:
    """Who helps the region on the day: its county's pair before its prefecture's; helper and helped loaded.

    None also where a prefecture has two helpers (昭通: 东莞 and 中山) and the county has no pair of its own:
    nobody could say whose the sale is.
    """
    pairs = list(
        PairedAssistance.objects.valid_on(day)
        .filter(kind=kind, helped__in=[*ancestor_codes(region_code), region_code])
        .select_related("helper", "helped")
        .order_by("helped", "helper")
    )
    for level in (Level.COUNTY, Level.PREFECTURE):
        of_level = [pair for pair in pairs if pair.level == level]
        if of_level:
            return of_level[0] if len(of_level) == 1 else None
    return None
