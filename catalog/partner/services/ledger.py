"""The one way in which stock changes: numbers and the movements that explain them, in one statement."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Case, F, When

from catalog.partner.models import StockRecord
from catalog.partner.querysets import within_windows
from catalog.partner.services.errors import InvalidQuantity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from catalog.partner.models import StockMovement

MAX_QUANTITY = 10_000_000

# Constraints stand behind it: a movement that would oversell a record fails as a whole.
MOVE = """
WITH moved AS (
    SELECT * FROM unnest(%(ids)s::bigint[], %(keys)s::text[], %(in_stock)s::int[], %(allocated)s::int[])
        AS t (stock_record_id, source_key, delta_in_stock, delta_allocated)
), summed AS (
    SELECT stock_record_id, SUM(delta_in_stock) AS in_stock, SUM(delta_allocated) AS allocated
    FROM moved GROUP BY stock_record_id
), changed AS (
    UPDATE partner_stockrecord AS record
    SET num_in_stock = num_in_stock + summed.in_stock,
        num_allocated = num_allocated + summed.allocated,
        date_updated = %(at)s
    FROM summed WHERE record.id = summed.stock_record_id
)
INSERT INTO partner_stockmovement
    (stock_record_id, at, reason, note, source_key, delta_in_stock, delta_allocated, actor_id)
SELECT
    stock_record_id, %(at)s, %(reason)s, %(note)s, source_key, delta_in_stock, delta_allocated, %(actor_id)s
FROM moved
"""


@dataclass(frozen=True, slots=True)
class Move:
    """What one source changes on one stock record, in sale units."""

    stock_record_id: int
    source_key: str
    in_stock: int = 0
    allocated: int = 0


def move(
    moves: Sequence[Move],
    *,
    reason: StockMovement.Reason,
    now: datetime,
    note: str = "",
    actor_id: int | None = None,
) -> None:
    """Stock changed and explained, whatever the number of moves in one statement; the rows must be locked."""
    if not moves:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            MOVE,
            {
                "ids": [each.stock_record_id for each in moves],
                "keys": [each.source_key for each in moves],
                "in_stock": [each.in_stock for each in moves],
                "allocated": [each.allocated for each in moves],
                "at": now,
                "reason": reason.value,
                "note": note[:200],
                "actor_id": actor_id,
            },
        )


def lock(stock_record_ids: Iterable[int]) -> dict[int, StockRecord]:
    """The stock records by id, locked in the order of their keys; one query. Unknown ids are absent."""
    records = StockRecord.objects.filter(pk__in=list(stock_record_ids)).locked()
    return {record.pk: record for record in records}


def lock_rows(stock_record_ids: Iterable[int]) -> list[int]:
    """The same locks where only they are wanted; the ids of the records that there are."""
    return list(
        StockRecord.objects.filter(pk__in=list(stock_record_ids)).locked().values_list("pk", flat=True)
    )


def lock_available(stock_record_ids: Iterable[int], now: datetime) -> dict[int, int | None]:
    """The same locks; stock record id → sale units that can be sold now, None of a record that is closed."""
    available = Case(When(within_windows(now), then=F("num_in_stock") - F("num_allocated")))
    records = StockRecord.objects.filter(pk__in=list(stock_record_ids)).locked()
    return dict(records.values_list("pk", available))


def require_quantities(lines: Mapping[int, int]) -> None:
    """Passes whole quantities from 1 on.

    Raises:
        InvalidQuantity: one is not.
    """
    for quantity in lines.values():
        if not isinstance(quantity, int) or not 1 <= quantity <= MAX_QUANTITY:
            raise InvalidQuantity(quantity)
