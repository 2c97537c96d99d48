"""Reserved, sold, cancelled and shipped stock: each a fixed number of queries, whatever the number of lines.

`lines` is always stock record id → quantity in sale units; `source_key` names the request or order that holds
it. Whoever writes locks the stock records first, in the order of their keys, and only then reads the
reservations: so nothing that was read can change before it is written, and no two writers block each other.
There is no savepoint: an error ends the transaction of the caller, who must not go on in it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection, transaction

from catalog.partner.models import Reservation, StockMovement
from catalog.partner.services.errors import AlreadyReserved, NotHeld, NotSellable, Obstacle, Unsellable
from catalog.partner.services.ledger import Move, lock_available, lock_rows, move, require_quantities
from marketplace.core import rows

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from catalog.partner.querysets import ReservationQuerySet

Reason = StockMovement.Reason

REKEY = """
UPDATE partner_reservation AS held SET source_key = wanted.new_key, expires_at = NULL
FROM unnest(%s::bigint[], %s::text[]) AS wanted (stock_record_id, new_key)
WHERE held.source_key = %s AND held.stock_record_id = wanted.stock_record_id
"""
SHRINK = """
UPDATE partner_reservation AS held SET quantity = held.quantity - given.quantity
FROM unnest(%s::bigint[], %s::int[]) AS given (stock_record_id, quantity)
WHERE held.source_key = %s AND held.stock_record_id = given.stock_record_id
"""

# Django's own delete() reads the rows again and deletes them a hundred at a time.
DELETE = "DELETE FROM partner_reservation WHERE id = ANY(%s)"


@transaction.atomic(savepoint=False)
def reserve(*, source_key: str, lines: Mapping[int, int], expires_at: datetime | None, now: datetime) -> None:
    """All lines held for the source until `expires_at` (None: for good), or none of them.

    Reservations of others that have run out are given back on the way: they are in nobody's way.

    Raises:
        NotSellable: names every line that is closed or short.
        AlreadyReserved: the source holds one of these stock records already.
        InvalidQuantity: a quantity is not a whole number from 1 on.
    """
    require_quantities(lines)
    available = lock_available(lines, now)
    expired = Reservation.objects.expired(now).filter(stock_record_id__in=available)
    freed = Counter[int]()
    for each in _give_back(expired, Reason.EXPIRED, now=now):
        freed[each.stock_record_id] += each.quantity
    _require_sellable(available, lines, freed)
    _insert(source_key, lines, expires_at, now)
    move([Move(pk, source_key, allocated=n) for pk, n in lines.items()], reason=Reason.RESERVED, now=now)


@transaction.atomic(savepoint=False)
def check_sellable(*, lines: Mapping[int, int], now: datetime, source_key: str = "") -> None:
    """Passes if every line can be sold now; what `source_key` holds already counts as available to it.

    The stock records stay locked until the caller's transaction ends, so that the answer stays true in it.

    Raises:
        NotSellable: names every line that is closed or short.
    """
    require_quantities(lines)
    available = lock_available(lines, now)
    own = Reservation.objects.of_source(source_key).filter(stock_record_id__in=available)
    held = dict(own.values_list("stock_record_id", "quantity")) if source_key else {}
    _require_sellable(available, lines, held)


@transaction.atomic(savepoint=False)
def release(*, source_key: str, now: datetime, reason: str = "") -> None:
    """Nothing is held for the source any more; `reason` stands on the movements. Twice equals once."""
    held = Reservation.objects.of_source(source_key)
    lock_rows(held.values_list("stock_record_id", flat=True))
    _give_back(held, Reason.RELEASED, now=now, note=reason)


@transaction.atomic(savepoint=False)
def take_over(*, source_key: str, new_key_of: Mapping[int, str], now: datetime) -> None:
    """What the source held is held for its orders, without end; `new_key_of`: stock record id → order's key.

    The numbers of the stock stay as they are: reserved becomes sold and not yet shipped. A reservation that
    has run out at `now` is not taken over.

    Raises:
        NotHeld: the source does not hold one of these stock records.
    """
    lock_rows(new_key_of)
    held = Reservation.objects.of_source(source_key).exclude(expires_at__lte=now)
    _require_held(source_key, dict.fromkeys(new_key_of, 1), held)
    with connection.cursor() as cursor:
        cursor.execute(REKEY, [list(new_key_of), list(new_key_of.values()), source_key])


@transaction.atomic(savepoint=False)
def free(*, source_key: str, lines: Mapping[int, int], now: datetime, reason: str = "") -> None:
    """This much of what the source holds can be bought by others again (cancelled, confirmed short, refused).

    Raises:
        NotHeld: the source holds less than that of a stock record; nothing was changed.
        InvalidQuantity: a quantity is not a whole number from 1 on.
    """
    _shrink(source_key, lines)
    move(
        [Move(pk, source_key, allocated=-quantity) for pk, quantity in lines.items()],
        reason=Reason.FREED,
        now=now,
        note=reason,
    )


@transaction.atomic(savepoint=False)
def ship(*, source_key: str, lines: Mapping[int, int], now: datetime) -> None:
    """This much of what the source holds has left the supplier's stock.

    Raises:
        NotHeld: the source holds less than that of a stock record; nothing was changed.
        InvalidQuantity: a quantity is not a whole number from 1 on.
    """
    _shrink(source_key, lines)
    move(
        [Move(pk, source_key, in_stock=-quantity, allocated=-quantity) for pk, quantity in lines.items()],
        reason=Reason.SHIPPED,
        now=now,
    )


@transaction.atomic(savepoint=False)
def expire_reservations(*, now: datetime) -> int:
    """Gives back every reservation that has run out; how many. Twice equals once."""
    expired = Reservation.objects.expired(now)
    locked = lock_rows(expired.values_list("stock_record_id", flat=True))
    return len(_give_back(expired.filter(stock_record_id__in=locked), Reason.EXPIRED, now=now))


def _require_sellable(
    available: Mapping[int, int | None], lines: Mapping[int, int], besides: Mapping[int, int]
) -> None:
    checked = (_obstacle(pk, available.get(pk), lines[pk], besides.get(pk, 0)) for pk in sorted(lines))
    failures = [failure for failure in checked if failure is not None]
    if failures:
        raise NotSellable(failures)


def _obstacle(pk: int, available: int | None, quantity: int, besides: int) -> Unsellable | None:
    if available is None:
        return Unsellable(pk, Obstacle.CLOSED, 0)
    left = available + besides
    return Unsellable(pk, Obstacle.SHORT, left) if left < quantity else None


def _insert(source_key: str, lines: Mapping[int, int], expires_at: datetime | None, now: datetime) -> None:
    held = (
        Reservation(
            stock_record_id=pk,
            source_key=source_key,
            quantity=quantity,
            expires_at=expires_at,
            created_at=now,
        )
        for pk, quantity in lines.items()
    )
    try:
        rows.insert(held)
    except IntegrityError as error:
        raise AlreadyReserved(source_key) from error


def _give_back(
    held: ReservationQuerySet, reason: StockMovement.Reason, *, now: datetime, note: str = ""
) -> list[Reservation]:
    """The reservations that are given back and gone; their stock records must be locked."""
    gone = list(held.order_by("pk"))
    _delete(gone)
    moves = [Move(each.stock_record_id, each.source_key, allocated=-each.quantity) for each in gone]
    move(moves, reason=reason, now=now, note=note)
    return gone


def _shrink(source_key: str, lines: Mapping[int, int]) -> None:
    """The source holds this much less; what it held in full is gone."""
    require_quantities(lines)
    lock_rows(lines)
    held = _require_held(source_key, lines, Reservation.objects.of_source(source_key))
    left = {pk: quantity for pk, quantity in lines.items() if held[pk].quantity > quantity}
    _delete([held[pk] for pk in lines if pk not in left])
    with connection.cursor() as cursor:
        cursor.execute(SHRINK, [list(left), list(left.values()), source_key])


def _require_held(
    source_key: str, lines: Mapping[int, int], reservations: ReservationQuerySet
) -> dict[int, Reservation]:
    """What the source holds, stock record id → reservation."""
    of_lines = reservations.filter(stock_record_id__in=list(lines)).only("stock_record", "quantity")
    held = {row.stock_record_id: row for row in of_lines}
    lacking = {pk: wanted - (held[pk].quantity if pk in held else 0) for pk, wanted in lines.items()}
    missing = {pk: quantity for pk, quantity in lacking.items() if quantity > 0}
    if missing:
        raise NotHeld(source_key, missing)
    return held


def _delete(reservations: list[Reservation]) -> None:
    if reservations:
        with connection.cursor() as cursor:
            cursor.execute(DELETE, [[each.pk for each in reservations]])
