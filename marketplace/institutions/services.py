"""Institutions and their members, written."""

from collections.abc import Iterable

from django.db import transaction

from marketplace.accounts.models import User
from marketplace.core.audit import services as audit
from marketplace.institutions.models import Institution, InstitutionMembership

Role = InstitutionMembership.Role


@transaction.atomic
def add_member(*, institution: Institution, user: User, roles: Iterable[Role]) -> None:
    """The user holds these roles from now on, beside those held before."""
    before = active_roles(institution, user)
    InstitutionMembership.objects.bulk_create(
        [InstitutionMembership(institution=institution, user=user, role=role) for role in roles],
        update_conflicts=True,
        unique_fields=["institution", "user", "role"],
        update_fields=["is_active"],
    )
    record_roles(institution, user, before)


@transaction.atomic
def remove_member(*, institution: Institution, user: User) -> None:
    """The user holds no role any more; the rows stay as history."""
    before = active_roles(institution, user)
    institution.memberships.filter(user=user).update(is_active=False)
    record_roles(institution, user, before)


def active_roles(institution: Institution, user: User) -> list[str]:
    """The roles that the user holds now, sorted."""
    return sorted(institution.memberships.filter(user=user, is_active=True).values_list("role", flat=True))


def record_roles(institution: Institution, user: User, before: list[str]) -> None:
    """One audit entry with the roles before and after."""
    audit.record(
        action="institutions.roles_changed",
        target=institution,
        before={"user": user.pk, "roles": before},
        after={"user": user.pk, "roles": active_roles(institution, user)},
    )
