"""Memberships as they stand after somebody gave them: for tests that are not about the giving."""

from catalog.partner.models import Partner, SupplierMembership
from marketplace.accounts.models import User
from marketplace.institutions.models import Institution, InstitutionMembership

SupplierRole = SupplierMembership.Role
Role = InstitutionMembership.Role


def join_supplier(supplier: Partner, user: User, role: SupplierRole = SupplierRole.CADRE) -> User:
    """The user, who acts for the supplier from now on."""
    SupplierMembership.objects.create(partner=supplier, user=user, role=role)
    return user


def join_institution(institution: Institution, user: User, *roles: Role) -> User:
    """The user, who holds these roles in the institution from now on."""
    InstitutionMembership.objects.bulk_create(
        InstitutionMembership(institution=institution, user=user, role=role) for role in roles
    )
    return user
