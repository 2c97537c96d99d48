"""Set-off within an order: what was paid for goods that are owed no more pays for what still is.

It happens with whatever takes goods back (a cancellation, a refusal at the door, a return). So an order never
has too much paid in one place and too little in another, and the paid figure stands where goods are owed.
"""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from marketplace.core.money.allocation import spread
from marketplace.order.models import Line, Order
from marketplace.procurement import journal
from marketplace.procurement.dues import to_set_off_fen
from marketplace.procurement.models import Payment, PaymentAllocation
from marketplace.procurement.services.orders import LockedOrder
from marketplace.procurement.services.payments import allocation
from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.lines import Posting

Direction = Payment.Direction
# A line's key, or None for the freight.
Place = int | None


def set_off(locked: LockedOrder, cause: str, now: datetime) -> list[Posting]:
    """Money moved and saved to where it is due after `cause`, and what the journal is to say of it.

    Five queries whatever the lines; none where nothing is to be moved.
    """
    order, lines = locked.order, locked.lines.values()
    amount_fen = to_set_off_fen(order, lines)
    if not amount_fen:
        return []
    taken, freight_taken = allocation(locked, Direction.REPAYMENT, amount_fen)
    given, freight_given = allocation(locked, Direction.PAYMENT, amount_fen)
    for line in lines:
        line.paid_fen += given[line] - taken[line]
    order.freight_paid_fen += freight_given - freight_taken
    locked.save(["paid_fen"], ["freight_paid_fen"])
    move_parts(order, by_place(taken, freight_taken), by_place(given, freight_given))
    return [
        *journal.settled(order, Kind.REPAID, f"set_off_from:{cause}", taken, now),
        *journal.settled(order, Kind.PAID, f"set_off_to:{cause}", given, now),
    ]


def by_place(amounts: dict[Line, int], freight: int) -> Counter[Place]:
    """Place → fen of an allocation."""
    found = Counter[Place]({line.pk: amount for line, amount in amounts.items()})
    found[None] = freight
    return found


def move_parts(order: Order, taken: Counter[Place], given: Counter[Place]) -> None:
    """The confirmed payments' parts on other places: each payment stays spread to the fen; three queries."""
    saved = PaymentAllocation.objects.filter(payment__order=order, payment__direction=Direction.PAYMENT)
    rows = list(saved.order_by("pk").values_list("payment_id", "line_id", "amount_fen"))
    parts = Counter[tuple[int, Place]]()
    for payment, place, amount in rows:
        leaving = min(amount, taken[place])
        taken[place] -= leaving
        parts[payment, place] += amount - leaving
        for to, piece in zip(list(given), spread(leaving, list(given.values())), strict=True):
            given[to] -= piece
            parts[payment, to] += piece
    saved.delete()
    PaymentAllocation.objects.bulk_create(
        PaymentAllocation(payment_id=payment, line_id=place, amount_fen=amount)
        for (payment, place), amount in parts.items()
        if amount
    )
