"""Sales figures, read from the roll-ups alone: what they cost does not grow with the number of orders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TypeAlias

from django.db.models import Q, QuerySet, Sum

from marketplace.core.periods import Window
from marketplace.sales_journal.models import DailyTotal, MonthlyTotal
from marketplace.sales_journal.successions import COUNTY_DIGITS, Successions, all_successions
from supplier_villages.regions.codes import prefix_of
from supplier_villages.regions.models import Region, RegionSuccession

TOWN_DIGITS = 9
CODE_DIGITS = (12, 9, 6, 4, 2)

Rows: TypeAlias = Callable[[set[str] | None, Window], Iterator[tuple[str, "Totals"]]]


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


def totals(*, region_codes: Collection[str], window: Window) -> Totals:
    """What was sold from these regions together, each sale once even where one region lies in another.

    At most four queries, whatever the number of regions, days and orders.
    """
    successions = all_successions()
    counties, below = _counties_and_above(region_codes), _below(region_codes)
    return _total(_by_county, counties, successions, window) + _total(_by_village, below, successions, window)


def totals_by_child(*, region: Region | None, window: Window) -> list[RegionTotals]:
    """One row per region one level below (the provinces for None), by pinyin; those without sales with zeros.

    The rows add up to the region's own figure: what was sold under a code that none of them has taken over
    stands in a row of its own under that code. At most five queries. A village has nothing below it: no rows.
    """
    successions = all_successions()
    children = list(_present_children(region))
    if not children:
        return []
    found = _rows_for_children(region, children, successions, window)
    known = [RegionTotals(child.code, child.name, found.pop(child.code, Totals())) for child in children]
    return known + _former(found)


def totals_by_village(*, region: Region, window: Window) -> dict[str, Totals]:
    """What was sold from the region by village, its code as it was that day; two queries.

    Every village of which something counts for the region, and no other: their sum is the region's figure.
    """
    successions = all_successions()
    inside = prefix_of(region.code)
    rows = _by_village(successions.prefixes(region.code), window)
    return {code: row for code, row in rows if successions.current(code).startswith(inside)}


def _counties_and_above(codes: Collection[str]) -> set[str]:
    return {code for code in codes if len(code) <= COUNTY_DIGITS}


def _below(codes: Collection[str]) -> set[str]:
    """The towns and villages that lie in none of the counties and above."""
    above = tuple(prefix_of(code) for code in _counties_and_above(codes))
    return {code for code in codes if len(code) > COUNTY_DIGITS and not code.startswith(above)}


def _total(rows_of: Rows, codes: set[str], successions: Successions, window: Window) -> Totals:
    """The figures of regions that are all of the rows' kind."""
    if not codes:
        return Totals()
    prefixes = set().union(*(successions.prefixes(code) for code in codes))
    inside = tuple(prefix_of(code) for code in codes)
    rows = rows_of(prefixes, window)
    return sum((row for code, row in rows if successions.current(code).startswith(inside)), Totals())


def _present_children(region: Region | None) -> QuerySet[Region]:
    present = Region.objects.filter(valid_to__isnull=True)
    if region is None:
        return present.filter(parent__isnull=True).by_pinyin()
    return present.children_of(region.code)


def _rows_for_children(
    region: Region | None, children: Sequence[Region], successions: Successions, window: Window
) -> dict[str, Totals]:
    """Child's code → figures; a code of its own for what belongs to no child."""
    prefixes = successions.prefixes(region.code) if region else None
    below_counties = any(len(child.code) > COUNTY_DIGITS for child in children)
    rows = _by_village(prefixes, window) if below_counties else _by_county(prefixes, window)
    child_of = {prefix_of(child.code): child.code for child in children}
    found: dict[str, Totals] = defaultdict(Totals)
    for code, row in rows:
        current = successions.current(code)
        if region is None or current.startswith(prefix_of(region.code)):
            found[_child(current, child_of) or current[:TOWN_DIGITS]] += row
    return found


def _child(code: str, child_of: dict[str, str]) -> str | None:
    return next((child_of[code[:n]] for n in CODE_DIGITS if code[:n] in child_of), None)


def _former(found: dict[str, Totals]) -> list[RegionTotals]:
    if not found:
        return []
    names = dict(RegionSuccession.objects.filter(old_code__in=found).values_list("old_code", "old_name"))
    names |= dict(Region.objects.filter(code__in=found).values_list("code", "name"))
    return [
        RegionTotals(code, names.get(code, code), row, is_former=True) for code, row in sorted(found.items())
    ]


def _by_county(prefixes: set[str] | None, window: Window) -> Iterator[tuple[str, Totals]]:
    """County code and figures: whole months from the months, ragged days from the days."""
    months = window.whole_months()
    if months:
        whole = MonthlyTotal.objects.filter(month__gte=months.start, month__lt=months.end)
        yield from _grouped(whole.filter(_within("county_code", prefixes)), "county_code")
    days = window.ragged_days()
    if days:
        ragged = DailyTotal.objects.filter(_any(Q(day__gte=part.start, day__lt=part.end) for part in days))
        yield from _grouped(ragged.filter(_within("county_code", prefixes)), "county_code")


def _by_village(prefixes: set[str] | None, window: Window) -> Iterator[tuple[str, Totals]]:
    """Village code and figures, from the days."""
    days = DailyTotal.objects.filter(day__gte=window.start, day__lt=window.end)
    yield from _grouped(days.filter(_within("village_code", prefixes)), "village_code")


def _grouped(rows: QuerySet[DailyTotal] | QuerySet[MonthlyTotal], code: str) -> Iterator[tuple[str, Totals]]:
    grouped = (
        rows.values(code)
        .order_by()
        .annotate(contracted=Sum("contracted_fen"), accepted=Sum("accepted_fen"), paid=Sum("paid_fen"))
    )
    for row in grouped:
        yield row[code], Totals(int(row["contracted"]), int(row["accepted"]), int(row["paid"]))


def _within(field: str, prefixes: set[str] | None) -> Q:
    """Codes that begin with one of these: ranges, which an index answers; None is the whole country."""
    if prefixes is None:
        return Q()
    width = 12 if field == "village_code" else COUNTY_DIGITS
    shortened = {prefix[:width] for prefix in prefixes}
    return _any(
        Q(**{f"{field}__gte": prefix, f"{field}__lt": str(int(prefix) + 1)}) for prefix in sorted(shortened)
    )


def _any(conditions: Iterator[Q]) -> Q:
    return reduce(or_, conditions)
