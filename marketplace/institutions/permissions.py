"""What a person may do for an institution; nothing unless a membership says so."""

from django.db.models import QuerySet

from marketplace.accounts.models import User
from marketplace.accounts.permissions import can_operate
from marketplace.institutions.models import InstitutionMembership

Role = InstitutionMembership.Role


def has_role(user: User, institution_id: int, role: Role) -> bool:
    """Whether the user actively holds this role in this institution."""
    return InstitutionMembership.objects.filter(
        institution_id=institution_id, user_id=user.pk, role=role, is_active=True, user__is_active=True
    ).exists()


def heads_of(institution_id: int) -> QuerySet[InstitutionMembership]:
    """The memberships of those who say who belongs to the institution, and whose account is on."""
    return InstitutionMembership.objects.filter(
        institution_id=institution_id, role=Role.HEAD, is_active=True, user__is_active=True
    )


def can_manage_members(user: User, institution_id: int) -> bool:
    """The institution's own head, and the operator's staff."""
    return can_operate(user) or has_role(user, institution_id, Role.HEAD)
