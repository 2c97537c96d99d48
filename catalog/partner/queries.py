"""Suppliers and stock, read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from catalog.partner.models import SupplierMembership, SupplierVillage

if TYPE_CHECKING:
    from marketplace.accounts.models import User

# Reservations and movements are each summed before they are joined: a join of both would count rows twice.
DIFFERENCES = """
SELECT record.id, number.name, number.stored, number.computed
FROM partner_stockrecord AS record
LEFT JOIN (
    SELECT stock_record_id, SUM(quantity) AS quantity FROM partner_reservation GROUP BY stock_record_id
) AS held ON held.stock_record_id = record.id
LEFT JOIN (
    SELECT stock_record_id, SUM(delta_in_stock) AS in_stock, SUM(delta_allocated) AS allocated
    FROM partner_stockmovement GROUP BY stock_record_id
) AS moved ON moved.stock_record_id = record.id
CROSS JOIN LATERAL (VALUES
    ('num_allocated against reservations', record.num_allocated, COALESCE(held.quantity, 0)),
    ('num_allocated against movements', record.num_allocated, COALESCE(moved.allocated, 0)),
    ('num_in_stock against movements', record.num_in_stock, COALESCE(moved.in_stock, 0))
) AS number (name, stored, computed)
WHERE number.stored <> number.computed
ORDER BY record.id, number.name
"""


@dataclass(frozen=True, slots=True)
class StockDifference:
    """A number of a stock record that is not what reservations or movements add up to, in sale units."""

    stock_record_id: int
    name: str
    stored: int
    computed: int


def stock_differences() -> list[StockDifference]:
    """Every number that does not add up, by stock record; none if all is well. One query."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES)
        return [
            StockDifference(record, name, int(stored), int(computed))
            for record, name, stored, computed in cursor.fetchall()
        ]


def memberships_of(user: User) -> list[SupplierMembership]:
    """For which suppliers the user acts, and as what; suppliers by name; one query."""
    return list(
        SupplierMembership.objects.filter(user_id=user.pk, is_active=True)
        .select_related("partner")
        .order_by("partner__name", "partner_id")
    )


def villages_to_list_for(user: User) -> list[SupplierVillage]:
    """The villages whose goods the user may list, each with the admitted supplier that sells; one query."""
    return list(
        SupplierVillage.objects.filter(
            partner__memberships__user_id=user.pk,
            partner__memberships__is_active=True,
            partner__admitted_at__isnull=False,
        )
        .select_related("partner", "village")
        .order_by("village__pinyin", "village_id", "partner_id")
    )
