"""Institutions and memberships, read."""

from marketplace.accounts.models import User
from marketplace.institutions.models import InstitutionMembership


def memberships_of(user: User) -> list[InstitutionMembership]:
    """What the user may do and where: one row per institution and role, institutions by name; one query."""
    return list(
        InstitutionMembership.objects.filter(user_id=user.pk, is_active=True)
        .select_related("institution")
        .order_by("institution__name", "institution_id", "pk")
    )
