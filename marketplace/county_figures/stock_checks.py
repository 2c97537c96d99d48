"""Whether the suppliers' stock is held for exactly what orders still have to ship and waiting requests ask.

Each check is one statement, so that it sees both sides at the same moment, whoever is buying. Quantities are
sale units.
"""

from collections.abc import Iterator
from datetime import datetime

from catalog.partner import queries as stock
from marketplace.county_figures.difference import Difference
from marketplace.county_figures.statements import rows

# Orders and requests by the key under which each holds stock: Order.stock_key, PurchaseRequest.source_key.
KNOWN = """
WITH known AS (
    SELECT 'order:' || id AS source_key, 'order ' || number AS named, NULL::timestamptz AS held_until,
        FALSE AS is_waiting
    FROM order_order
    UNION ALL
    SELECT 'request:' || id, 'request ' || id, expires_at, status = 'pending'
    FROM procurement_purchaserequest
)
"""
# A request's stock may be sold to others from the moment in which its reservation runs out, even before the
# request itself is ended: then it holds what it asked for, or nothing.
HELD = f"""
{KNOWN}, needed AS (
    SELECT 'order:' || order_id AS source_key, stockrecord_id AS stock_record_id,
        sum(quantity - quantity_cancelled - quantity_shipped) AS quantity
    FROM order_line GROUP BY 1, 2
    UNION ALL
    SELECT known.source_key, line.stock_record_id, sum(line.quantity)
    FROM procurement_requestline AS line JOIN known ON known.source_key = 'request:' || line.request_id
    WHERE known.is_waiting GROUP BY 1, 2
), held AS (
    SELECT source_key, stock_record_id, reservation.quantity
    FROM partner_reservation AS reservation JOIN known USING (source_key)
)
SELECT known.named, stock_record_id, coalesce(needed.quantity, 0), coalesce(held.quantity, 0)
FROM needed FULL JOIN held USING (source_key, stock_record_id) JOIN known USING (source_key)
WHERE coalesce(needed.quantity, 0) <> coalesce(held.quantity, 0)
  AND NOT (coalesce(known.held_until <= %(now)s, FALSE) AND held.quantity IS NULL)
ORDER BY known.named, stock_record_id
"""  # noqa: S608 -- put together from constants
HELD_UNTIL = f"""
{KNOWN}
SELECT known.named, reservation.stock_record_id, known.held_until, reservation.expires_at
FROM partner_reservation AS reservation JOIN known USING (source_key)
WHERE known.held_until IS DISTINCT FROM reservation.expires_at
ORDER BY known.named, reservation.stock_record_id
"""  # noqa: S608 -- put together from constants
UNKNOWN = f"""
{KNOWN}
SELECT source_key, stock_record_id, quantity FROM partner_reservation AS reservation
WHERE NOT EXISTS (SELECT FROM known WHERE known.source_key = reservation.source_key)
ORDER BY source_key, stock_record_id
"""  # noqa: S608 -- put together from constants


def differences(now: datetime) -> Iterator[Difference]:
    """Every difference between stock, reservations, movements, orders and requests, named; four queries."""
    yield from numbers_of_records()
    yield from held_quantities(now)
    yield from ends_of_reservations()
    yield from unknown_sources()


def numbers_of_records() -> Iterator[Difference]:
    """Stock records whose numbers are not what their reservations and movements add up to."""
    for each in stock.stock_differences():
        subject = f"stock record {each.stock_record_id} {each.name}"
        yield Difference("stock", subject, str(each.computed), str(each.stored))


def held_quantities(now: datetime) -> Iterator[Difference]:
    """Orders that do not hold what is still to be shipped, requests that do not hold what they ask for.

    Ended requests hold nothing.
    """
    for named, record, needed, held in rows(HELD, {"now": now}):
        yield Difference("held", f"{named} stock record {record}", str(needed), str(held))


def ends_of_reservations() -> Iterator[Difference]:
    """What is held until another moment than the request says; for an order it is held for good."""
    for named, record, *ends in rows(HELD_UNTIL):
        expected, found = (end.isoformat() if end else "for good" for end in ends)
        yield Difference("held until", f"{named} stock record {record}", expected, found)


def unknown_sources() -> Iterator[Difference]:
    """What is held for neither an order nor a request."""
    for source_key, record, quantity in rows(UNKNOWN):
        yield Difference("unknown source", f"{source_key} stock record {record}", "0", str(quantity))
