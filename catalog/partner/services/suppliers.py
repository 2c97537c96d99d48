"""Suppliers, their members and the villages for which they may list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from catalog.partner.models import Partner, SupplierMembership, SupplierVillage
from marketplace.core.audit import services as audit

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from marketplace.accounts.models import User


@transaction.atomic
def admit_supplier(*, supplier: Partner, actor: User, now: datetime) -> Partner:
    """The supplier, admitted by an office or the operator: from now on it can list. Twice equals once."""
    if Partner.objects.filter(pk=supplier.pk, admitted_at=None).update(admitted_at=now, admitted_by=actor):
        audit.record(action="partner.admitted", target=supplier, after={"admitted_at": now})
    supplier.refresh_from_db()
    return supplier


@transaction.atomic
def add_member(
    *, supplier: Partner, user: User, role: SupplierMembership.Role = SupplierMembership.Role.CADRE
) -> SupplierMembership:
    """The person acts for the supplier in this role from now on, and in no other."""
    membership, _created = SupplierMembership.objects.update_or_create(
        partner=supplier, user=user, defaults={"role": role, "is_active": True}
    )
    audit.record(action="partner.member_added", target=supplier, after={"user": user.pk, "role": role})
    return membership


@transaction.atomic
def remove_member(*, supplier: Partner, user: User) -> None:
    """The person no longer acts for the supplier. Twice equals once."""
    active = SupplierMembership.objects.filter(partner=supplier, user=user, is_active=True)
    if active.update(is_active=False):
        audit.record(action="partner.member_removed", target=supplier, before={"user": user.pk})


@transaction.atomic
def set_villages(*, supplier: Partner, village_codes: Collection[str]) -> None:
    """The supplier may list for exactly these villages; offers already made stay."""
    wanted = set(village_codes)
    rows = SupplierVillage.objects.select_for_update().filter(partner=supplier)
    before = set(rows.values_list("village_id", flat=True))
    rows.exclude(village_id__in=wanted).delete()
    SupplierVillage.objects.bulk_create(
        SupplierVillage(partner=supplier, village_id=code) for code in sorted(wanted - before)
    )
    audit.record(
        action="partner.villages_set",
        target=supplier,
        before={"villages": sorted(before)},
        after={"villages": sorted(wanted)},
    )
