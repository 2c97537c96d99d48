"""Suppliers: registered, admitted, their details, and the villages for which they may list."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.partner import permissions
from catalog.partner.models import Partner, SupplierVillage
from catalog.partner.registration import problems_of
from catalog.partner.services.errors import InvalidSupplier, NotAVillage
from marketplace.core import locks
from marketplace.core.audit import services as audit
from marketplace.core.permissions import require
from supplier_villages.regions.levels import Level

if TYPE_CHECKING:
    from datetime import datetime

    from catalog.partner.querysets import PartnerQuerySet
    from marketplace.accounts.models import User
    from supplier_villages.regions.models import Region

MAX_FREIGHT = Decimal(100_000)
ACCOUNT_NUMBER = re.compile(r"[0-9-]{8,34}")
ACCOUNT = ("account_name", "bank_name", "account_number")


@dataclass(frozen=True, slots=True)
class Registration:
    """What a supplier is by its licence; `uscc` None where it has no code yet."""

    name: str
    kind: Partner.Kind
    region: Region
    uscc: str | None = None


@dataclass(frozen=True, slots=True)
class Details:
    """Whom to call, where to pay, and what sending an order costs (CNY, 0 for free)."""

    contact_name: str = ""
    contact_phone: str = ""
    account_name: str = ""
    bank_name: str = ""
    account_number: str = ""
    flat_freight: Decimal = Decimal(0)


@transaction.atomic
def create_supplier(*, registration: Registration) -> Partner:
    """The new supplier; it lists once it is admitted and has villages.

    Raises:
        InvalidSupplier: field → what is wrong.
    """
    locks.advisory_lock("partner", "registrations")
    _require_registration(registration, others=Partner.objects.all())
    supplier: Partner = Partner.objects.create(**_columns(registration))
    audit.record(action="partner.created", target=supplier, after=_registered(supplier))
    return supplier


@transaction.atomic
def change_registration(*, supplier: Partner, registration: Registration) -> None:
    """The supplier with this name, kind, seat and code; what was sold keeps the name of its day.

    Raises:
        InvalidSupplier: field → what is wrong.
    """
    locks.advisory_lock("partner", "registrations")
    _require_registration(registration, others=Partner.objects.exclude(pk=supplier.pk))
    supplier.refresh_from_db()
    before = _registered(supplier)
    for name, value in _columns(registration).items():
        setattr(supplier, name, value)
    supplier.save(update_fields=list(_columns(registration)))
    _record_change("partner.registration_changed", supplier, before, _registered(supplier))


@transaction.atomic
def change_details(*, supplier: Partner, details: Details, actor: User) -> None:
    """The supplier with this contact, bank account and freight; orders already placed keep their freight.

    Raises:
        PermissionDenied: neither a head of the supplier nor the operator's staff.
        InvalidSupplier: field → what is wrong.
    """
    locked = Partner.objects.select_for_update(no_key=True).get(pk=supplier.pk)
    require(allowed=permissions.can_change_details(actor, locked.pk))
    problems = _account_problems(details) | _freight_problems(details.flat_freight)
    if problems:
        raise InvalidSupplier(problems)
    before = _details(locked)
    Partner.objects.filter(pk=locked.pk).update(**asdict(details))
    supplier.refresh_from_db()
    _record_change("partner.details_changed", supplier, before, _details(supplier))


@transaction.atomic
def admit_supplier(*, supplier: Partner, actor: User, now: datetime) -> Partner:
    """The supplier, admitted by an office or the operator: from now on it can list. Twice equals once."""
    if Partner.objects.filter(pk=supplier.pk, admitted_at=None).update(admitted_at=now, admitted_by=actor):
        audit.record(action="partner.admitted", target=supplier, after={"admitted_at": now})
    supplier.refresh_from_db()
    return supplier


@transaction.atomic
def add_village(*, supplier: Partner, village: Region) -> None:
    """The supplier may list for this village, too. Twice equals once.

    Raises:
        NotAVillage: a residents' committee, or no village at all.
    """
    if village.level != Level.VILLAGE or not village.is_rural:
        raise NotAVillage(village)
    _row, created = SupplierVillage.objects.get_or_create(partner=supplier, village=village)
    if created:
        audit.record(action="partner.village_added", target=supplier, after={"village": _named(village)})


@transaction.atomic
def remove_village(*, supplier: Partner, village: Region) -> None:
    """The supplier may no longer list for this village; offers already made stay. Twice equals once."""
    deleted, _by_model = SupplierVillage.objects.filter(partner=supplier, village=village).delete()
    if deleted:
        audit.record(action="partner.village_removed", target=supplier, before={"village": _named(village)})


def _require_registration(registration: Registration, *, others: PartnerQuerySet) -> None:
    problems = problems_of(
        others, name=registration.name, uscc=registration.uscc, region_id=registration.region.pk
    )
    if problems:
        raise InvalidSupplier(problems)


def _account_problems(details: Details) -> dict[str, str]:
    values = {name: getattr(details, name) for name in ACCOUNT}
    if not any(values.values()):
        return {}
    missing = _("Buyers pay to an account with holder, bank and number: fill in all three, or none.")
    problems = {name: missing for name, value in values.items() if not value}
    if details.account_number and not ACCOUNT_NUMBER.fullmatch(details.account_number):
        problems["account_number"] = _("An account number has 8 to 34 digits. Compare it with the bank card.")
    return problems


def _freight_problems(freight: Decimal) -> dict[str, str]:
    if 0 <= freight <= MAX_FREIGHT and freight == freight.quantize(Decimal("0.01")):
        return {}
    return {"flat_freight": _("Freight is an amount from 0 to 100,000 CNY, in whole fen.")}


def _columns(registration: Registration) -> dict[str, object]:
    return {name: getattr(registration, name) for name in ("name", "kind", "region", "uscc")}


def _registered(supplier: Partner) -> dict[str, object]:
    return {
        "name": supplier.name,
        "kind": supplier.kind,
        "region": supplier.region_id,
        "uscc": supplier.uscc,
    }


def _details(supplier: Partner) -> dict[str, object]:
    return {field.name: getattr(supplier, field.name) for field in fields(Details)}


def _named(village: Region) -> str:
    return f"{village.name} {village.pk}"


def _record_change(
    action: str, supplier: Partner, before: dict[str, object], after: dict[str, object]
) -> None:
    """One entry if anything changed: a form sent twice leaves one."""
    if before != after:
        audit.record(action=action, target=supplier, before=before, after=after)
