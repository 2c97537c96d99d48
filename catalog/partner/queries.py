"""Suppliers and stock, read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, Q

from catalog.partner.models import Partner, SupplierMembership, SupplierVillage
from supplier_villages.regions.models import Region

if TYPE_CHECKING:
    from catalog.partner.querysets import PartnerQuerySet
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


def members_of(supplier: Partner) -> list[SupplierMembership]:
    """Who acts for the supplier, with the users, longest first; switched-off accounts too: they can go."""
    return list(supplier.memberships.filter(is_active=True).select_related("user").order_by("pk"))


def suppliers_matching(text: str) -> PartnerQuerySet:
    """Suppliers by a part of the name or the beginning of the code (all if it is empty), by name.

    Each with its seat loaded, `member_count` and `village_count`.
    """
    members = Count("memberships", filter=Q(memberships__is_active=True), distinct=True)
    villages = Count("supplier_villages", distinct=True)
    found = Partner.objects.matching(text).select_related("region")
    return found.annotate(member_count=members, village_count=villages).by_name()


def villages_of(supplier: Partner) -> list[Region]:
    """The villages for which the supplier may list, by code; one query."""
    return list(Region.objects.filter(supplier_villages__partner=supplier).top_down())


def villages_to_list_for(supplier: Partner) -> list[SupplierVillage]:
    """The villages whose goods the supplier may list, in reading order; none before it is admitted."""
    if supplier.admitted_at is None:
        return []
    villages = supplier.supplier_villages.select_related("partner", "village")
    return list(villages.order_by("village__pinyin", "village_id"))
