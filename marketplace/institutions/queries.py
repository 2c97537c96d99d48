"""Institutions and memberships, read."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import Count, Q

from catalog.partner.uscc import normalise_uscc
from marketplace.accounts.models import User
from marketplace.institutions.models import Institution, InstitutionMembership
from marketplace.institutions.querysets import InstitutionQuerySet

# UNION, not UNION ALL: a circle, were there one, would still end.
ABOVE = """
    WITH RECURSIVE above(id) AS (
        SELECT parent_id FROM institutions_institution WHERE id = %s
        UNION
        SELECT institution.parent_id FROM institutions_institution AS institution JOIN above USING (id)
    )
    SELECT EXISTS (SELECT FROM above WHERE id = %s)
"""


@dataclass(frozen=True, slots=True)
class Member:
    """A person and the roles that they hold in one institution, in the roles' own order."""

    user: User
    roles: list[str]


def memberships_of(user: User) -> list[InstitutionMembership]:
    """What the user may do and where: one row per institution and role, institutions by name; one query."""
    return list(
        InstitutionMembership.objects.filter(user_id=user.pk, is_active=True)
        .select_related("institution")
        .order_by("institution__name", "institution_id", "pk")
    )


def members_of(institution: Institution) -> list[Member]:
    """Who belongs to the institution, longest first; switched-off accounts too: they can go. One query."""
    rows = institution.memberships.filter(is_active=True).select_related("user").order_by("created_at", "pk")
    held: dict[int, Member] = {}
    for row in rows:
        held.setdefault(row.user_id, Member(row.user, [])).roles.append(row.role)
    order = InstitutionMembership.Role.values
    return [Member(each.user, sorted(each.roles, key=order.index)) for each in held.values()]


def institutions_matching(text: str) -> InstitutionQuerySet:
    """Institutions by a part of the name or the beginning of the code (all if it is empty), by name.

    Each with its region and parent loaded, and `member_count`.
    """
    members = Count("memberships__user", filter=Q(memberships__is_active=True), distinct=True)
    found = Institution.objects.matching(text).select_related("region", "parent")
    return found.annotate(member_count=members).by_name()


def institutions_called(text: str) -> InstitutionQuerySet:
    """The institutions with exactly this name or this code."""
    return Institution.objects.filter(Q(name=text) | Q(uscc=normalise_uscc(text))).by_name()


def stands_above(institution: Institution, unit: Institution) -> bool:
    """Whether the unit belongs to the institution, directly or through others; one query."""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, [unit.pk, institution.pk])
        return bool(cursor.fetchone()[0])
