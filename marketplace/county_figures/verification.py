"""Whether the roll-ups are what the journal adds up to, to the fen: there must be no difference, ever.

Each check is one statement, so that it sees both sides at the same moment, whoever is posting. What the
orders say is compared in order_checks.
"""

from collections.abc import Iterator

from marketplace.core.periods import Window
from marketplace.county_figures.difference import Check, Difference
from marketplace.county_figures.order_checks import (
    lines_against_campaigns,
    lines_against_events,
    lines_against_journal,
)
from marketplace.county_figures.statements import rows

COLUMNS = ("contracted_fen", "accepted_fen", "paid_fen", "contracted_grams", "accepted_grams")
SUMS = """
    coalesce(sum(amount_fen) FILTER (WHERE basis = 'contracted'), 0) AS contracted_fen,
    coalesce(sum(amount_fen) FILTER (WHERE basis = 'accepted'), 0) AS accepted_fen,
    coalesce(sum(amount_fen) FILTER (WHERE basis = 'paid'), 0) AS paid_fen,
    coalesce(sum(weight_grams) FILTER (WHERE basis = 'contracted'), 0) AS contracted_grams,
    coalesce(sum(weight_grams) FILTER (WHERE basis = 'accepted'), 0) AS accepted_grams
"""
COMPARE = """
WITH journal AS (
    SELECT {day} AS day, {place} AS place, {sums} FROM sales_journal_journalentry
    WHERE counted_on >= %(start)s AND counted_on < %(end)s GROUP BY 1, 2
), kept AS (
    SELECT {kept_day} AS day, {place} AS place, {columns} FROM {table}
    WHERE {kept_day} >= %(start)s AND {kept_day} < %(end)s
)
SELECT day, place, {expected}, {found} FROM journal FULL JOIN kept USING (day, place)
WHERE ({expected}) IS DISTINCT FROM ({found}) ORDER BY day, place
"""
# A campaign has no month: one of which something counts in the window is compared over all its time, and
# one that only the roll-up knows always.
CAMPAIGNS = """
WITH looked_at AS (
    SELECT campaign_id FROM sales_journal_journalentry
    WHERE campaign_id IS NOT NULL AND counted_on >= %(start)s AND counted_on < %(end)s
    UNION
    SELECT campaign_id FROM sales_journal_campaigntotal AS known WHERE NOT EXISTS (
        SELECT FROM sales_journal_journalentry AS entry WHERE entry.campaign_id = known.campaign_id
    )
), journal AS (
    SELECT campaign_id, county_code, {sums} FROM sales_journal_journalentry
    JOIN looked_at USING (campaign_id) GROUP BY 1, 2
), kept AS (
    SELECT campaign_id, county_code, {columns} FROM sales_journal_campaigntotal
    JOIN looked_at USING (campaign_id)
)
SELECT campaign_id, county_code, {expected}, {found}
FROM journal FULL JOIN kept USING (campaign_id, county_code)
WHERE ({expected}) IS DISTINCT FROM ({found}) ORDER BY 1, 2
"""
EVENTS_WITHOUT_LINES = """
SELECT event.key FROM sales_journal_salesevent AS event
WHERE counted_on >= %(start)s AND counted_on < %(end)s AND NOT EXISTS (
    SELECT FROM sales_journal_journalentry AS entry
    WHERE entry.counted_on = event.counted_on AND entry.event_id = event.id
) ORDER BY event.id
"""
# The event's day; or the booking day, if the event's month was closed before the booking.
EVENTS_ON_A_WRONG_DAY = """
SELECT event.key, event.counted_on, event_day, booking_day
FROM sales_journal_salesevent AS event
CROSS JOIN LATERAL (SELECT (event_at AT TIME ZONE 'Asia/Shanghai')::date AS event_day,
                           (booked_at AT TIME ZONE 'Asia/Shanghai')::date AS booking_day) AS days
LEFT JOIN sales_journal_monthclosure AS closure ON closure.month = date_trunc('month', event_day)::date
WHERE event.counted_on >= %(start)s AND event.counted_on < %(end)s
  AND event.counted_on <> event_day
  AND NOT (closure.month IS NOT NULL AND event.counted_on = booking_day)
ORDER BY event.id
"""


def differences(window: Window) -> Iterator[Difference]:
    """Every difference that any check finds among what counts in the window's months, named."""
    for check in CHECKS:
        yield from check(window)


def daily_totals(window: Window) -> Iterator[Difference]:
    """Villages and days whose roll-up is not the sum of their journal entries."""
    statement = _comparison("counted_on", "day", "village_code", "sales_journal_dailytotal")
    yield from _unequal("daily total", statement, window)


def monthly_totals(window: Window) -> Iterator[Difference]:
    """Counties and months whose roll-up is not the sum of their journal entries."""
    month = "date_trunc('month', counted_on)::date"
    statement = _comparison(month, "month", "county_code", "sales_journal_monthlytotal")
    yield from _unequal("monthly total", statement, window)


def campaign_totals(window: Window) -> Iterator[Difference]:
    """Campaigns and counties whose roll-up is not the sum of their journal entries."""
    yield from _unequal("campaign total", CAMPAIGNS.format(**_parts()), window)


def events_with_lines(window: Window) -> Iterator[Difference]:
    """Events without any line."""
    for (key,) in rows(EVENTS_WITHOUT_LINES, vars(window)):
        yield Difference("event", key, "at least one line", "none")


def events_on_their_day(window: Window) -> Iterator[Difference]:
    """Events that count on a day which is neither theirs nor, in a closed month, that of their booking."""
    for key, counted_on, event_day, booking_day in rows(EVENTS_ON_A_WRONG_DAY, vars(window)):
        expected = f"{event_day}, or {booking_day} if that month was closed"
        yield Difference("counted on", key, expected, str(counted_on))


JOURNAL_CHECKS: list[Check] = [
    daily_totals,
    monthly_totals,
    campaign_totals,
    events_with_lines,
    events_on_their_day,
]
ORDER_CHECKS: list[Check] = [lines_against_journal, lines_against_campaigns, lines_against_events]
CHECKS = [*JOURNAL_CHECKS, *ORDER_CHECKS]


def _comparison(day: str, kept_day: str, place: str, table: str) -> str:
    return COMPARE.format(
        day=day,
        kept_day=kept_day,
        place=place,
        table=table,
        **_parts(),
    )


def _parts() -> dict[str, str]:
    """The lists of columns that every comparison has."""
    return {
        "sums": SUMS,
        "columns": ", ".join(COLUMNS),
        "expected": ", ".join(f"coalesce(journal.{name}, 0)" for name in COLUMNS),
        "found": ", ".join(f"coalesce(kept.{name}, 0)" for name in COLUMNS),
    }


def _unequal(check: str, statement: str, window: Window) -> Iterator[Difference]:
    for day, place, *sums in rows(statement, vars(window)):
        expected, found = sums[: len(COLUMNS)], sums[len(COLUMNS) :]
        for name, should, is_ in zip(COLUMNS, expected, found, strict=True):
            if should != is_:
                yield Difference(check, f"{day} {place} {name}", str(should), str(is_))
