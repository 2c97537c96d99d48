"""Who acts for a supplier: given and taken by its head and by the operator's staff."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from catalog.partner import permissions
from catalog.partner.models import Partner, SupplierMembership
from marketplace.accounts import memberships
from marketplace.accounts import services as accounts
from marketplace.accounts.models import User
from marketplace.core.audit import services as audit
from marketplace.core.permissions import require

if TYPE_CHECKING:
    from datetime import datetime

    from marketplace.accounts.services import IssuedLink, NewPerson

Role = SupplierMembership.Role


@transaction.atomic
def add_member(*, supplier: Partner, user: User, actor: User, role: Role = Role.CADRE) -> None:
    """The person acts for the supplier in this role from now on, and in no other.

    Raises:
        PermissionDenied: the actor is neither a head of the supplier nor the operator's staff.
        memberships.MembershipError: the account is off, one's own right, or the only head.
    """
    member = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    held = _locked_role(supplier, member, actor)
    if held == role:
        return
    # A head can do what every role can: who steps down gains nothing.
    if held != Role.HEAD:
        memberships.require_may_gain(actor=actor, user=member)
    else:
        _require_head_left(supplier, member, actor)
    SupplierMembership.objects.update_or_create(
        partner=supplier, user=member, defaults={"role": role, "is_active": True}
    )
    if held:
        _record("partner.member_changed", supplier, member, held, role)
    else:
        _record("partner.member_added", supplier, member, held, role)


@transaction.atomic
def remove_member(*, supplier: Partner, user: User, actor: User) -> None:
    """The person no longer acts for the supplier, from this moment on. Twice equals once.

    Raises:
        PermissionDenied: the actor is neither a head of the supplier nor the operator's staff.
        memberships.LastHead: the only head.
    """
    held = _locked_role(supplier, user, actor)
    if held is None:
        return
    if held == Role.HEAD:
        _require_head_left(supplier, user, actor)
    SupplierMembership.objects.filter(partner=supplier, user=user).update(is_active=False)
    _record("partner.member_removed", supplier, user, held, None)


@transaction.atomic
def open_account(
    *, supplier: Partner, role: Role, person: NewPerson, actor: User, now: datetime
) -> IssuedLink:
    """A new person who acts for the supplier, and the link by which they set their password; all or nothing.

    Raises:
        PermissionDenied: the actor is neither a head of the supplier nor the operator's staff.
        accounts.errors.AccountError: nothing to log in by, or another account has it.
    """
    require(allowed=permissions.can_manage_members(actor, supplier.pk))
    issued = accounts.open_account(person=person, opened_by=actor, now=now)
    add_member(supplier=supplier, user=issued.link.user, role=role, actor=actor)
    return issued


def lock(supplier: Partner) -> None:
    """Changes of a supplier's members take turns: else two heads could remove each other."""
    Partner.objects.select_for_update(no_key=True).get(pk=supplier.pk)


def _locked_role(supplier: Partner, user: User, actor: User) -> Role | None:
    """What the user is now, None if nothing. Whoever waited for the lock is asked for their right again."""
    lock(supplier)
    require(allowed=permissions.can_manage_members(actor, supplier.pk))
    held = SupplierMembership.objects.filter(partner=supplier, user=user, is_active=True).first()
    return Role(held.role) if held else None


def _require_head_left(supplier: Partner, user: User, actor: User) -> None:
    heads = SupplierMembership.objects.filter(
        partner=supplier, role=Role.HEAD, is_active=True, user__is_active=True
    )
    memberships.require_head_left(actor=actor, others=heads.exclude(user=user).exists())


def _record(action: str, supplier: Partner, user: User, before: Role | None, after: Role | None) -> None:
    audit.record(
        action=action, target=supplier, before={"role": before}, after={"role": after, "user": user.pk}
    )
