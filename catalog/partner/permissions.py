"""What a person may do for a supplier; nothing unless a membership says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from catalog.partner.models import Partner, SupplierMembership, SupplierVillage
from marketplace.accounts.permissions import can_operate

if TYPE_CHECKING:
    from catalog.partner.querysets import PartnerQuerySet
    from marketplace.accounts.models import User

Role = SupplierMembership.Role


def suppliers_of(user: User) -> PartnerQuerySet:
    """The suppliers for which the user acts; none for who is inactive or not logged in."""
    if not user.is_active or user.pk is None:
        return Partner.objects.none()
    return Partner.objects.of_member(user.pk)


def is_member(user: User, supplier_id: int) -> bool:
    """Whether the user acts for the supplier, in any role."""
    return suppliers_of(user).filter(pk=supplier_id).exists()


def has_role(user: User, supplier_id: int, *roles: Role) -> bool:
    """Whether the user acts for the supplier in one of these roles."""
    held = SupplierMembership.objects.filter(
        partner_id=supplier_id, user_id=user.pk, is_active=True, role__in=roles
    )
    return user.is_active and held.exists()


def can_manage_members(user: User, supplier_id: int) -> bool:
    """The supplier's own head, and the operator's staff."""
    return can_operate(user) or has_role(user, supplier_id, Role.HEAD)


def can_change_details(user: User, supplier_id: int) -> bool:
    """The same: contact, bank account and freight are a head's to say."""
    return can_manage_members(user, supplier_id)


def can_handle_goods(user: User, supplier_id: int) -> bool:
    """Who lists, ships and answers orders for the supplier; a bookkeeper does not."""
    return has_role(user, supplier_id, *SupplierMembership.HANDLING_GOODS)


def can_handle_money(user: User, supplier_id: int) -> bool:
    """Who confirms what came in and records what went back: every member."""
    return is_member(user, supplier_id)


def can_list(user: User, supplier: Partner) -> bool:
    """Who handles the goods of an admitted supplier."""
    return supplier.admitted_at is not None and can_handle_goods(user, supplier.pk)


def may_list_for(supplier: Partner, village_code: str) -> bool:
    """Whether the village is one of those for which the supplier may list."""
    return SupplierVillage.objects.filter(partner=supplier, village_id=village_code).exists()
