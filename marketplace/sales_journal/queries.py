"""Sales figures, read from the roll-ups alone: what they cost does not grow with the number of orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import F, Q, QuerySet, Sum, Value

from marketplace.core.periods import Window
from marketplace.sales_journal.models import CampaignTotal, DailyTotal, MonthlyTotal
from marketplace.sales_journal.successions import COUNTY_DIGITS, Successions, all_successions
from supplier_villages.regions.codes import prefix_of
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region, RegionSuccession

TOWN_DIGITS = 9
CODE_DIGITS = (12, 9, 6, 4, 2)
# From one village to the next by the index: PostgreSQL's DISTINCT would read every day of every village.
VILLAGES = """
SELECT village.code FROM unnest(%(low)s::text[], %(high)s::text[]) AS span (low, high)
CROSS JOIN LATERAL (
    WITH RECURSIVE each (code) AS (
        SELECT min(village_code) FROM sales_journal_dailytotal
        WHERE village_code >= span.low AND village_code < span.high
        UNION ALL
        SELECT (
            SELECT min(village_code) FROM sales_journal_dailytotal
            WHERE village_code > each.code AND village_code < span.high
        ) FROM each WHERE each.code IS NOT NULL
    )
    SELECT code FROM each WHERE code IS NOT NULL
) AS village
"""
SUMMED = ("contracted_fen", "accepted_fen", "paid_fen")

Rows: TypeAlias = Callable[[set[str] | None, Sequence[Window]], Iterator[tuple[int, str, "Totals"]]]


@dataclass(frozen=True)
class Totals:
    """The three figures, in fen with tax and without freight. They stand side by side: never add them up."""

    contracted_fen: int = 0
    accepted_fen: int = 0
    paid_fen: int = 0

    def __add__(self, other: Totals) -> Totals:
        return Totals(
            self.contracted_fen + other.contracted_fen,
            self.accepted_fen + other.accepted_fen,
            self.paid_fen + other.paid_fen,
        )


@dataclass(frozen=True)
class RegionTotals:
    """A region and its figures; former: goods were sold under a code that is no region below any more."""

    code: str
    name: str
    totals: Totals
    is_former: bool = False


@dataclass(frozen=True)
class Table:
    """A region's figures in a window: a row per region one level below, and their sum."""

    rows: list[RegionTotals]
    total: Totals


def totals(*, region_codes: Collection[str], window: Window) -> Totals:
    """What was sold from these regions together, each sale once even where one region lies in another.

    At most three queries, whatever the number of regions, days and orders.
    """
    return totals_of_each(region_codes=region_codes, windows=[window])[0]


def totals_of_each(*, region_codes: Collection[str], windows: Sequence[Window]) -> list[Totals]:
    """The same for several windows, in their order and in as many queries as for one."""
    return _totals_of_each(region_codes, windows, all_successions())


def totals_by_child(*, region: Region | None, window: Window) -> list[RegionTotals]:
    """One row per region one level below (the provinces for None), by pinyin; those without sales with zeros.

    The rows add up to the region's own figure: what was sold under a code that none of them has taken over
    stands in a row of its own under that code. At most five queries. A village has nothing below it: no rows.
    """
    return tables(region=region, windows=[window])[0].rows


def tables(*, region: Region | None, windows: Sequence[Window], level: Level | None = None) -> list[Table]:
    """Those rows with their sum for each window, in its order and in as many queries as for one.

    With a level the rows are the regions of that level inside the region. What lies in none of them (the
    towns of 东莞, which has no counties) stands in rows of its own, like what was sold under a former code.
    """
    successions = all_successions()
    children = list(_present_children(region) if level is None else _present_at(level, region))
    found = _rows_for_children(region, children, successions, windows)
    sums = [sum(rows.values(), Totals()) for rows in found]
    if not children:
        return [Table([], total) for total in sums]
    known = {child.code for child in children}
    names = _former_names(set().union(*found) - known)
    return [
        Table(_known(children, rows) + _former(rows, names), total)
        for rows, total in zip(found, sums, strict=True)
    ]


def sold_villages(*, region: Region) -> list[str]:
    """The villages, codes as they were, from which something was ever sold for the region; two queries.

    What is sold from the region comes from these and no other, in whatever window.
    """
    return _sold_villages(region, all_successions())


def totals_and_villages(*, region: Region, window: Window) -> tuple[Totals, list[str]]:
    """The region's figure in the window, and those villages; three queries."""
    successions = all_successions()
    (figure,) = _totals_of_each([region.code], [window], successions)
    return figure, _sold_villages(region, successions)


def totals_of_campaigns(campaign_ids: Collection[int]) -> dict[int, Totals]:
    """Campaign's number → what was sold by it, over all time; absent if nothing was. One query."""
    kept = CampaignTotal.objects.filter(campaign_id__in=campaign_ids)
    grouped = (
        kept.order_by()
        .values("campaign_id")
        .annotate(contracted=Sum("contracted_fen"), accepted=Sum("accepted_fen"), paid=Sum("paid_fen"))
    )
    rows = grouped.values_list("campaign_id", "contracted", "accepted", "paid")
    return {campaign_id: Totals(*map(int, amounts)) for campaign_id, *amounts in rows}


def totals_of_campaign_by_county(campaign_id: int) -> list[RegionTotals]:
    """What was sold by the campaign from each county, over all time, most accepted first.

    A county's former codes count with it; only counties of which something was sold. Four queries.
    """
    successions = all_successions()
    found: dict[str, Totals] = defaultdict(Totals)
    kept = CampaignTotal.objects.filter(campaign_id=campaign_id)
    for code, *amounts in kept.values_list("county_code", *SUMMED):
        found[successions.current(code)] += Totals(*amounts)
    names = _former_names(set(found))
    rows = [RegionTotals(code, names[code], totals) for code, totals in found.items()]
    return sorted(rows, key=lambda row: (-row.totals.accepted_fen, -row.totals.contracted_fen, row.code))


def _sold_villages(region: Region, successions: Successions) -> list[str]:
    """One look into the index per village, however many days each has sold on."""
    spans = _spans(successions.prefixes(region.code), CODE_DIGITS[0])
    low, high = [list(ends) for ends in zip(*spans, strict=True)]
    with connection.cursor() as cursor:
        cursor.execute(VILLAGES, {"low": low, "high": high})
        codes = {code for (code,) in cursor}
    inside = prefix_of(region.code)
    return sorted(code for code in codes if successions.current(code).startswith(inside))


def _totals_of_each(
    region_codes: Collection[str], windows: Sequence[Window], successions: Successions
) -> list[Totals]:
    found = [Totals()] * len(windows)
    counties, below = _counties_and_above(region_codes), _below(region_codes)
    for rows_of, codes in ((_by_county, counties), (_by_village, below)):
        added = _totals(rows_of, codes, successions, windows)
        found = [one + other for one, other in zip(found, added, strict=True)]
    return found


def _counties_and_above(codes: Collection[str]) -> set[str]:
    return {code for code in codes if len(code) <= COUNTY_DIGITS}


def _below(codes: Collection[str]) -> set[str]:
    """The towns and villages that lie in none of the counties and above."""
    above = tuple(prefix_of(code) for code in _counties_and_above(codes))
    return {code for code in codes if len(code) > COUNTY_DIGITS and not code.startswith(above)}


def _totals(
    rows_of: Rows, codes: set[str], successions: Successions, windows: Sequence[Window]
) -> list[Totals]:
    """The figures of regions that are all of the rows' kind, in each window."""
    found = [Totals()] * len(windows)
    if codes:
        prefixes = set().union(*(successions.prefixes(code) for code in codes))
        inside = tuple(prefix_of(code) for code in codes)
        for which, code, row in rows_of(prefixes, windows):
            if successions.current(code).startswith(inside):
                found[which] += row
    return found


def _present_children(region: Region | None) -> QuerySet[Region]:
    present = Region.objects.filter(valid_to__isnull=True)
    if region is None:
        return present.filter(parent__isnull=True).by_pinyin()
    return present.children_of(region.code)


def _present_at(level: Level, region: Region | None) -> QuerySet[Region]:
    inside = Region.objects.within(region.code) if region else Region.objects.all()
    return inside.at_level(level).filter(valid_to__isnull=True).by_pinyin()


def _rows_for_children(
    region: Region | None, children: Sequence[Region], successions: Successions, windows: Sequence[Window]
) -> list[dict[str, Totals]]:
    """Child's code → figures, for each window; a code of its own for what belongs to no child."""
    prefixes = successions.prefixes(region.code) if region else None
    lowest = children or [region] if region else children
    below_counties = any(len(each.code) > COUNTY_DIGITS for each in lowest)
    rows = _by_village(prefixes, windows) if below_counties else _by_county(prefixes, windows)
    child_of = {prefix_of(child.code): child.code for child in children}
    found: list[dict[str, Totals]] = [defaultdict(Totals) for _window in windows]
    for which, code, row in rows:
        current = successions.current(code)
        if region is None or current.startswith(prefix_of(region.code)):
            found[which][_child(current, child_of) or current[:TOWN_DIGITS]] += row
    return found


def _child(code: str, child_of: dict[str, str]) -> str | None:
    return next((child_of[code[:n]] for n in CODE_DIGITS if code[:n] in child_of), None)


def _known(children: Sequence[Region], rows: Mapping[str, Totals]) -> list[RegionTotals]:
    return [RegionTotals(child.code, child.name, rows.get(child.code, Totals())) for child in children]


def _former(rows: Mapping[str, Totals], names: Mapping[str, str]) -> list[RegionTotals]:
    return [
        RegionTotals(code, name, rows[code], is_former=True)
        for code, name in sorted(names.items())
        if code in rows
    ]


def _former_names(codes: set[str]) -> dict[str, str]:
    """What these codes are or were called; the code itself where nobody knows."""
    if not codes:
        return {}
    names = dict(RegionSuccession.objects.filter(old_code__in=codes).values_list("old_code", "old_name"))
    names |= dict(Region.objects.filter(code__in=codes).values_list("code", "name"))
    return {code: names.get(code, code) for code in codes}


def _by_county(prefixes: set[str] | None, windows: Sequence[Window]) -> Iterator[tuple[int, str, Totals]]:
    """Window's place, county's code, figures: whole months from the months, ragged days from the days."""
    inside = _within("county_code", prefixes)
    parts = []
    for which, window in enumerate(windows):
        months, days = window.whole_months(), window.ragged_days()
        if months:
            whole = MonthlyTotal.objects.filter(inside, month__gte=months.start, month__lt=months.end)
            parts.append(_grouped(whole, "county_code", which))
        if days:
            ragged = DailyTotal.objects.filter(inside, _any(_on_days(part) for part in days))
            parts.append(_grouped(ragged, "county_code", which))
    return _united(parts)


def _by_village(prefixes: set[str] | None, windows: Sequence[Window]) -> Iterator[tuple[int, str, Totals]]:
    """Window's place, village's code, figures: from the days."""
    inside = _within("village_code", prefixes)
    return _united(
        [
            _grouped(DailyTotal.objects.filter(inside, _on_days(window)), "village_code", which)
            for which, window in enumerate(windows)
        ]
    )


def _grouped(
    rows: QuerySet[DailyTotal] | QuerySet[MonthlyTotal], code: str, which: int
) -> QuerySet[Any, tuple[Any, ...]]:
    grouped = rows.order_by().values(place=Value(which), code=F(code))
    return grouped.annotate(
        contracted=Sum("contracted_fen"), accepted=Sum("accepted_fen"), paid=Sum("paid_fen")
    ).values_list("place", "code", "contracted", "accepted", "paid")


def _united(parts: Sequence[QuerySet[Any, tuple[Any, ...]]]) -> Iterator[tuple[int, str, Totals]]:
    """All parts in one query."""
    first, *others = parts
    for which, code, *amounts in first.union(*others, all=True) if others else first:
        yield which, code, Totals(*map(int, amounts))


def _on_days(window: Window) -> Q:
    return Q(day__gte=window.start, day__lt=window.end)


def _within(field: str, prefixes: set[str] | None) -> Q:
    """Codes that begin with one of these: ranges, which an index answers; None is the whole country."""
    if prefixes is None:
        return Q()
    width = CODE_DIGITS[0] if field == "village_code" else COUNTY_DIGITS
    return _any(Q(**{f"{field}__gte": low, f"{field}__lt": high}) for low, high in _spans(prefixes, width))


def _spans(prefixes: set[str], width: int) -> list[tuple[str, str]]:
    """The half-open ranges of the codes of this width that begin with one of these."""
    return [(prefix, str(int(prefix) + 1)) for prefix in sorted({prefix[:width] for prefix in prefixes})]


def _any(conditions: Iterator[Q]) -> Q:
    return reduce(or_, conditions)
