"""Which institutions there are: registered and changed by the operator's staff."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.partner.registration import problems_of
from marketplace.core import locks
from marketplace.core.audit import services as audit
from marketplace.institutions.models import Institution
from marketplace.institutions.queries import stands_above

if TYPE_CHECKING:
    from marketplace.institutions.querysets import InstitutionQuerySet
    from supplier_villages.regions.models import Region


class InvalidInstitution(ValueError):
    """An institution cannot be so; `problems` maps a field to what is wrong with it and what to do."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems.values()))


@dataclass(frozen=True, slots=True)
class Registration:
    """What an institution is; `uscc` None where it has none: an office of a unit is no legal person."""

    name: str
    kind: Institution.Kind
    region: Region
    uscc: str | None = None
    parent: Institution | None = None


@transaction.atomic
def create_institution(*, registration: Registration) -> Institution:
    """The new institution; it buys once it has members.

    Raises:
        InvalidInstitution: field → what is wrong.
    """
    locks.advisory_lock("institutions", "registry")
    _require(registration, others=Institution.objects.all())
    institution = Institution.objects.create(**_columns(registration))
    audit.record(action="institutions.created", target=institution, after=_summary(institution))
    return institution


@transaction.atomic
def change_institution(*, institution: Institution, registration: Registration) -> None:
    """The institution with this name, kind, seat, code and parent.

    Raises:
        InvalidInstitution: field → what is wrong; among it a parent that stands below the institution.
    """
    locks.advisory_lock("institutions", "registry")
    _require(registration, others=Institution.objects.exclude(pk=institution.pk), changed=institution)
    institution.refresh_from_db()
    before = _summary(institution)
    for name, value in _columns(registration).items():
        setattr(institution, name, value)
    institution.save()
    if before != (after := _summary(institution)):
        audit.record(action="institutions.changed", target=institution, before=before, after=after)


def _require(
    registration: Registration, *, others: InstitutionQuerySet, changed: Institution | None = None
) -> None:
    problems = problems_of(
        others, name=registration.name, uscc=registration.uscc, region_id=registration.region.pk
    )
    parent = registration.parent
    # Read under the lock: two changes at once must not close a circle.
    if changed and parent and (parent == changed or stands_above(changed, parent)):
        problems["parent"] = _(
            "%(name)s belongs to this institution itself. Choose one that stands above it."
        ) % {"name": parent.name}
    if problems:
        raise InvalidInstitution(problems)


def _columns(registration: Registration) -> dict[str, object]:
    return {name: getattr(registration, name) for name in ("name", "kind", "region", "uscc", "parent")}


def _summary(institution: Institution) -> dict[str, object]:
    parent = institution.parent
    return {
        "name": institution.name,
        "kind": institution.kind,
        "region": institution.region_id,
        "uscc": institution.uscc,
        "parent": parent.name if parent else None,
    }
