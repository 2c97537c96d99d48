"""Whether journal, order lines and what happened to them say the same.

A line is looked at if it was ordered in the window or the journal counts something of it there; then all of
its history is compared, because its quantities are the sum of it.
"""

from collections.abc import Iterator

from marketplace.core.periods import Window
from marketplace.county_figures.difference import Difference
from marketplace.county_figures.statements import rows

LOOKED_AT = """
WITH looked_at AS (
    SELECT line.id FROM order_line AS line JOIN order_order AS placed ON placed.id = line.order_id
    WHERE placed.date_placed >= (%(start)s::date)::timestamp AT TIME ZONE 'Asia/Shanghai'
      AND placed.date_placed < (%(end)s::date)::timestamp AT TIME ZONE 'Asia/Shanghai'
    UNION
    SELECT source_line_id FROM sales_journal_journalentry
    WHERE counted_on >= %(start)s AND counted_on < %(end)s AND kind <> 'adjusted'
)
"""
# Contracted is what was ordered and neither cancelled nor refused at the door; accepted is net of returns.
AGAINST_JOURNAL = f"""
{LOOKED_AT}, expected AS (
    SELECT line.id, placed.number,
        (line.quantity - quantity_cancelled - quantity_rejected) * unit_fen AS contracted,
        (quantity_accepted - quantity_returned) * unit_fen AS accepted,
        paid_fen - repaid_fen AS paid
    FROM looked_at JOIN order_line AS line USING (id)
    JOIN order_order AS placed ON placed.id = line.order_id
    CROSS JOIN LATERAL (SELECT (unit_price_incl_tax * 100)::bigint AS unit_fen) AS price
), journal AS (
    SELECT source_line_id AS id,
        coalesce(sum(amount_fen) FILTER (WHERE basis = 'contracted'), 0) AS contracted,
        coalesce(sum(amount_fen) FILTER (WHERE basis = 'accepted'), 0) AS accepted,
        coalesce(sum(amount_fen) FILTER (WHERE basis = 'paid'), 0) AS paid
    FROM sales_journal_journalentry AS entry JOIN looked_at ON looked_at.id = entry.source_line_id
    WHERE kind <> 'adjusted' GROUP BY 1
)
SELECT coalesce(number, '?'), id, basis, should, is_ FROM expected FULL JOIN journal USING (id)
CROSS JOIN LATERAL (VALUES
    ('contracted', expected.contracted, coalesce(journal.contracted, 0)),
    ('accepted', expected.accepted, coalesce(journal.accepted, 0)),
    ('paid', expected.paid, coalesce(journal.paid, 0))
) AS compared (basis, should, is_)
WHERE should IS DISTINCT FROM is_ ORDER BY id, basis
"""  # noqa: S608 -- put together from constants
# Whatever happens to a line counts for the campaign that it carried when it was ordered.
CAMPAIGNS = f"""
{LOOKED_AT}
SELECT placed.number, line.id, event.key, coalesce(line.campaign_id::text, 'none'),
    coalesce(entry.campaign_id::text, 'none')
FROM looked_at JOIN order_line AS line USING (id) JOIN order_order AS placed ON placed.id = line.order_id
JOIN sales_journal_journalentry AS entry ON entry.source_line_id = line.id
JOIN sales_journal_salesevent AS event ON event.id = entry.event_id
WHERE entry.kind <> 'adjusted' AND entry.campaign_id IS DISTINCT FROM line.campaign_id
ORDER BY line.id, event.key
"""  # noqa: S608 -- put together from constants
AGAINST_EVENTS = f"""
{LOOKED_AT}
SELECT placed.number, line.id, fact, should, is_
FROM looked_at JOIN order_line AS line USING (id) JOIN order_order AS placed ON placed.id = line.order_id
CROSS JOIN LATERAL (VALUES
    ('cancelled', quantity_cancelled, (
        SELECT coalesce(sum(quantity), 0) FROM procurement_cancellationline WHERE line_id = line.id)),
    ('shipped', quantity_shipped, (
        SELECT coalesce(sum(quantity), 0) FROM procurement_shipmentline WHERE line_id = line.id)),
    ('accepted', quantity_accepted, (
        SELECT coalesce(sum(accepted), 0) FROM procurement_receiptline WHERE line_id = line.id)),
    ('not accepted', quantity_rejected, (
        SELECT coalesce(sum(rejected), 0) FROM procurement_receiptline WHERE line_id = line.id)),
    ('returned', quantity_returned, (
        SELECT coalesce(sum(quantity), 0) FROM procurement_returnline WHERE line_id = line.id)),
    ('paid', paid_fen - repaid_fen, (
        SELECT coalesce(sum(
            CASE direction WHEN 'payment' THEN part.amount_fen ELSE -part.amount_fen END), 0)
        FROM procurement_paymentallocation AS part
        JOIN procurement_payment AS paid ON paid.id = part.payment_id
        WHERE part.line_id = line.id))
) AS compared (fact, is_, should)
WHERE should <> is_ ORDER BY line.id, fact
"""  # noqa: S608 -- put together from constants


def lines_against_journal(window: Window) -> Iterator[Difference]:
    """Lines whose journal entries do not add up to their quantities and payments, in fen."""
    for number, pk, basis, should, found in rows(AGAINST_JOURNAL, vars(window)):
        yield Difference("order line", f"{number} line {pk} {basis}", str(should), str(found))


def lines_against_campaigns(window: Window) -> Iterator[Difference]:
    """Events of a line that count for another campaign than the line's, by the campaigns' numbers."""
    for number, pk, key, should, found in rows(CAMPAIGNS, vars(window)):
        yield Difference("campaign", f"{number} line {pk} {key}", should, found)


def lines_against_events(window: Window) -> Iterator[Difference]:
    """Lines whose quantities or payments are not the sum of what happened to them."""
    for number, pk, fact, should, found in rows(AGAINST_EVENTS, vars(window)):
        yield Difference("order history", f"{number} line {pk} {fact}", str(should), str(found))
