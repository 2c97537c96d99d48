"""The order lines behind the figures: pages of them, read from the long journal itself."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from marketplace.core.periods import Window
from marketplace.county_figures.order_lines import OrderLines, Place, order_lines
from marketplace.portals.office.views.lines import LINES
from marketplace.sales_journal import queries
from marketplace.sales_journal.models import DailyTotal
from supplier_villages.regions.models import Region
from tests.benchmarks.figures.reading import (
    JOURNAL,
    MONTH,
    YEAR,
    Figure,
    Read,
    county,
    province,
    read_figure,
)
from tests.benchmarks.report import table

GOAL_MS = 100
# Of the journal, for a page of fifty; a month of a county alone has some thousands.
MOST_ROWS = 3_000
FAR_BACK = 0.06
ROWS = re.compile(rf"on {JOURNAL}\S*.*\(actual rows=([0-9.]+) loops=(\d+)\)")
REMOVED = re.compile(r"Rows Removed by Filter: (\d+)")
NOTHING = re.compile(rf"never executed|on {JOURNAL}.*\(actual rows=0\.00 ")
VILLAGE_LIST = re.compile(r"'\{[\d,]+\}'")


@dataclass(frozen=True)
class Pages:
    """All pages that were read."""

    read: list[Read]

    def table(self) -> str:
        """Markdown; beside each page how many rows of the journal it read."""
        heads = [
            "page of order lines",
            "queries",
            "in the database, ms",
            "goal",
            "with Django, ms",
            "rows read",
        ]
        return table(heads, [[*each.row(), f"{rows_read(each):,}"] for each in self.read])

    def plans(self) -> str:
        """How the database finds the first and the last of the first pages."""
        first = [each for each in self.read if "first" in each.figure.name]
        shown = [executed(each.plans[-1]) for each in (first[0], first[-1])]
        return "```text\n" + "\n\n".join(shown) + "\n```"


def measured() -> Pages:
    """Reads the pages of the journal that `reading` has filled.

    Raises:
        SystemExit: a page reads more of the journal than a page is long.
    """
    read = [read_figure(figure) for figure in figures()]
    if too_much := [each.figure.name for each in read if rows_read(each) > MOST_ROWS]:
        raise SystemExit(f"error: {', '.join(too_much)}: more than {MOST_ROWS} rows of the journal read")
    return Pages(read)


def figures() -> list[Figure]:
    """A first and a late page of each region and window; no office has the nation's."""
    village = Region.objects.filter(code__startswith=county().code, level="village").earliest("code")
    everywhere = sorted(DailyTotal.objects.order_by().values_list("village_code", flat=True).distinct())
    asked: list[tuple[str, Window, Callable[[Window, Place | None], OrderLines]]] = [
        ("a county's month", MONTH, page_of(county())),
        ("a county's year", YEAR, page_of(county())),
        ("a village's year", YEAR, page_of(village)),
        ("a province's year", YEAR, page_of(province())),
        ("the nation's year", YEAR, lambda window, after: some(everywhere, window, after)),
    ]
    found = []
    for name, window, look in asked:
        for which, after in (("first", None), ("late", late(window))):
            found.append(Figure(f"{name}, {which}", lambda *, w=window, a=after, at=look: at(w, a), GOAL_MS))
    return found


def late(window: Window) -> Place:
    """A place near the window's first day."""
    return Place(window.start + dt.timedelta((window.end - window.start).days * FAR_BACK), "9" * 12, 0, 0)


def page_of(region: Region) -> Callable[[Window, Place | None], OrderLines]:
    """What the screen asks for: the figure, the villages, their lines."""

    def look(window: Window, after: Place | None) -> OrderLines:
        _totals, villages = queries.totals_and_villages(region=region, window=window)
        return some(villages, window, after)

    return look


def some(villages: list[str], window: Window, after: Place | None) -> OrderLines:
    """A page of these villages' lines."""
    return order_lines(villages=villages, window=window, limit=LINES, after=after)


def rows_read(read: Read) -> int:
    """How many rows of the journal the plans read, those that were of no use included."""
    total = 0.0
    for plan in read.plans:
        loops = 0
        for line in plan.splitlines():
            if found := ROWS.search(line):
                loops = int(found[2])
                total += float(found[1]) * loops
            elif "->" in line:
                loops = 0
            elif removed := REMOVED.search(line):
                total += int(removed[1]) * loops
    return round(total)


def executed(plan: str) -> str:
    """The plan without the partitions in which nothing was found, and without lists of villages."""
    kept: list[str] = []
    skipped: int | None = None
    for line in plan.splitlines():
        depth = len(line) - len(line.lstrip())
        if skipped is not None and depth > skipped:
            continue
        skipped = depth if NOTHING.search(line) else None
        if skipped is None:
            kept.append(VILLAGE_LIST.sub("'{…}'", line))
    return "\n".join(kept)
