"""The figures that offices look at, read over a journal of millions of rows."""

from __future__ import annotations

import datetime as dt
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.core.database.commits import unhurried_commits
from marketplace.core.database.roles import as_owner
from marketplace.core.periods import Window
from marketplace.county_figures.statements import rows as rows_of
from marketplace.sales_journal import queries
from supplier_villages.regions.models import Region
from tests.benchmarks.report import table

RUNS = 20
YEAR = Window(dt.date(2025, 1, 1), dt.date(2026, 1, 1))
MONTH = Window(dt.date(2025, 6, 1), dt.date(2025, 7, 1))
RAGGED = Window(dt.date(2025, 1, 15), dt.date(2025, 12, 15))
COUNTY = "445203"
VILLAGES_OF_A_COUNTY = 3
LINES_OF_AN_EVENT = 10
JOURNAL = "sales_journal_journalentry"
TIMES = re.compile(r"(?:Planning|Execution) Time: ([0-9.]+) ms")
VILLAGES = f"""
CREATE TEMPORARY TABLE village AS
SELECT row_number() OVER () - 1 AS position, code FROM (
    SELECT code, row_number() OVER (PARTITION BY left(code, 6) ORDER BY code) AS place
    FROM regions_region WHERE length(code) = 12 AND valid_to IS NULL
) AS each WHERE place <= {VILLAGES_OF_A_COUNTY}
"""  # noqa: S608 -- put together from constants
# Three events are an order's: contracted on one day, accepted on the next, paid on the third.
EVENTS = """
INSERT INTO sales_journal_salesevent (id, key, event_at, booked_at, counted_on)
SELECT number, 'event:' || number, at, at, day
FROM generate_series(0, %(events)s - 1) AS number
CROSS JOIN LATERAL (SELECT %(start)s::date + (number / 3 %% 363 + number %% 3)::int AS day) AS days
CROSS JOIN LATERAL (SELECT day::timestamp AT TIME ZONE 'Asia/Shanghai' AS at) AS times
"""
# 7,919 and 31 are primes: neighbours in the journal come from far apart, as sales do.
ENTRIES = """
INSERT INTO sales_journal_journalentry (
    counted_on, event_id, line_key, basis, kind, amount_fen, weight_grams, quantity,
    village_code, county_code, supplier_id, supplier_name, product_id, product_title, category_id,
    buyer_kind, buyer_id, buyer_region_code, channel, campaign_id, pairs, rules,
    source_order_id, source_line_id
)
SELECT event.counted_on, event.id, 'line:' || line, kind, kind, 100 + line %% 977, 500, 1,
    village.code, left(village.code, 6), 1, '合作社', 1, '竹笋', 1, 'budget_unit', 1, '445200', 'institution',
    NULL, '[]', '[]', bought, bought * %(lines)s + line
FROM sales_journal_salesevent AS event CROSS JOIN generate_series(1, %(lines)s) AS line
CROSS JOIN LATERAL (
    SELECT (ARRAY['contracted', 'accepted', 'paid'])[1 + event.id %% 3] AS kind, event.id / 3 AS bought
) AS orders
JOIN village ON village.position = (bought * 7919 + line * 31) %% %(villages)s
"""
ROLLED_UP = """
INSERT INTO {table} ({day}, {keys}, contracted_fen, accepted_fen, paid_fen, contracted_grams, accepted_grams)
SELECT {of_day}, {keys},
    coalesce(sum(amount_fen) FILTER (WHERE basis = 'contracted'), 0),
    coalesce(sum(amount_fen) FILTER (WHERE basis = 'accepted'), 0),
    coalesce(sum(amount_fen) FILTER (WHERE basis = 'paid'), 0),
    coalesce(sum(weight_grams) FILTER (WHERE basis = 'contracted'), 0),
    coalesce(sum(weight_grams) FILTER (WHERE basis = 'accepted'), 0)
FROM sales_journal_journalentry GROUP BY {of_day}, {keys}
"""
DAILY = {"table": "sales_journal_dailytotal", "day": "day", "of_day": "counted_on"}
MONTHLY = {
    "table": "sales_journal_monthlytotal",
    "day": "month",
    "of_day": "date_trunc('month', counted_on)::date",
}
# What the first row of the table would cost without roll-ups.
LIVE = f"""
SELECT basis, sum(amount_fen) FROM {JOURNAL}
WHERE counted_on >= %(start)s AND counted_on < %(end)s GROUP BY 1
"""  # noqa: S608 -- put together from constants


@dataclass(frozen=True)
class Figure:
    """Something that an office looks at, and what it may cost."""

    name: str
    look: Callable[[], object]
    goal_ms: float | None = None


@dataclass(frozen=True)
class Read:
    """A figure's plans, one a query, and the median of its times with Django's part."""

    figure: Figure
    plans: list[str]
    ms: float

    @property
    def database_ms(self) -> float:
        """What the database says of planning and executing all of it."""
        return sum(float(ms) for plan in self.plans for ms in TIMES.findall(plan))

    def row(self) -> list[str]:
        """Its line of the table."""
        goal = f"≤ {self.figure.goal_ms:g}" if self.figure.goal_ms else ""
        cost = f"{self.database_ms:.2f}"
        return [self.figure.name, str(len(self.plans)), cost, goal, f"{self.ms:.1f}"]

    @property
    def totals(self) -> list[str]:
        """The plans that read roll-ups, without those that read the regions."""
        return [plan for plan in self.plans if "total" in plan]


@dataclass(frozen=True)
class Found:
    """All figures, of so many rows from so many villages."""

    rows: int
    villages: int
    read: list[Read]
    live_ms: float

    def table(self) -> str:
        """Markdown."""
        lines = [each.row() for each in self.read]
        lines.append(
            ["the nation's year, grouped live from the journal", "1", f"{self.live_ms:,.0f}", "", ""]
        )
        return table(["what", "queries", "in the database, ms", "goal", "with Django, ms"], lines)

    def plans(self) -> str:
        """How the database finds the two figures that have goals, without what is read of the regions."""
        shown = [plan for each in self.read if each.figure.goal_ms for plan in each.totals]
        return "```text\n" + "\n\n".join(shown) + "\n```"


FIGURES = [
    Figure("a county's year", lambda: queries.totals(region_codes=[COUNTY], window=YEAR), 1),
    Figure("the nation's year, by province", lambda: queries.totals_by_child(region=None, window=YEAR), 30),
    Figure("a county's month", lambda: queries.totals(region_codes=[COUNTY], window=MONTH)),
    Figure(
        "a county, 15 January to 14 December", lambda: queries.totals(region_codes=[COUNTY], window=RAGGED)
    ),
    Figure("a province's year, by city", lambda: queries.totals_by_child(region=province(), window=YEAR)),
    Figure("a county's year, by town", lambda: queries.totals_by_child(region=county(), window=YEAR)),
]


def province() -> Region:
    """Guangdong."""
    return Region.objects.get(code="440000")


def county() -> Region:
    """揭东区."""
    return Region.objects.get(code=COUNTY)


def measured(rows: int) -> Found:
    """Fills the journal and reads it.

    Raises:
        SystemExit: a figure reads the journal.
    """
    villages = fill(rows)
    read = [read_figure(figure) for figure in FIGURES]
    for each in read:
        if not each.totals or any(JOURNAL in plan for plan in each.plans):
            raise SystemExit(f"error: {each.figure.name} does not read the roll-ups alone")
    begun = time.perf_counter()
    rows_of(LIVE, vars(YEAR))
    return Found(rows, villages, read, (time.perf_counter() - begun) * 1000)


def fill(rows: int) -> int:
    """So many rows in the journal, rolled up; from how many villages."""
    with unhurried_commits(), connection.cursor() as cursor:
        cursor.execute(VILLAGES)
        villages = cursor.rowcount
        events = rows // LINES_OF_AN_EVENT
        tell(cursor.execute, EVENTS, {"events": events, "start": YEAR.start})
        tell(cursor.execute, ENTRIES, {"lines": LINES_OF_AN_EVENT, "villages": villages})
        tell(cursor.execute, ROLLED_UP.format(**DAILY, keys="village_code, county_code"), None)
        tell(cursor.execute, ROLLED_UP.format(**MONTHLY, keys="county_code"), None)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return villages


def tell(execute: Callable[..., object], statement: str, values: object) -> None:
    """Executes the statement and says how long it took."""
    begun = time.monotonic()
    execute(statement, values)
    what = " ".join(statement.split()[:3])
    sys.stderr.write(f"{what}: {time.monotonic() - begun:.0f} s\n")


def read_figure(figure: Figure) -> Read:
    """Its queries with their plans, then its times."""
    with CaptureQueriesContext(connection) as captured:
        figure.look()
    times = []
    for _run in range(RUNS):
        begun = time.perf_counter()
        figure.look()
        times.append((time.perf_counter() - begun) * 1000)
    return Read(figure, [explained(query["sql"]) for query in captured], median(times))


def explained(statement: str) -> str:
    """The plan of a statement whose values stand in it."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS OFF) {statement}")
        return "\n".join(line for (line,) in cursor.fetchall())
