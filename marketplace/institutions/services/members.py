"""Who belongs to an institution: said by its head and by the operator's staff."""

from collections.abc import Callable, Collection
from datetime import datetime

from django.db import transaction

from marketplace.accounts import memberships
from marketplace.accounts import services as accounts
from marketplace.accounts.models import User
from marketplace.accounts.services import IssuedLink, NewPerson
from marketplace.core.audit import services as audit
from marketplace.core.permissions import require
from marketplace.institutions import permissions
from marketplace.institutions.models import Institution, InstitutionMembership

Role = InstitutionMembership.Role


@transaction.atomic
def add_member(*, institution: Institution, user: User, roles: Collection[Role], actor: User) -> None:
    """The user holds these roles from now on, beside those held before.

    Raises:
        PermissionDenied: the actor is neither a head of the institution nor the operator's staff.
        memberships.MembershipError: no role, the account is off, or one's own right.
    """
    wanted = _required(roles)
    _change(institution, user, actor, lambda held: held | wanted)


@transaction.atomic
def set_roles(*, institution: Institution, user: User, roles: Collection[Role], actor: User) -> None:
    """The user holds exactly these roles from now on. Raises as add_member, and LastHead."""
    wanted = _required(roles)
    _change(institution, user, actor, lambda _held: wanted)


@transaction.atomic
def remove_member(*, institution: Institution, user: User, actor: User) -> None:
    """The user holds no role any more, from this moment on; the rows stay as history. Twice equals once.

    Raises:
        PermissionDenied: the actor is neither a head of the institution nor the operator's staff.
        memberships.LastHead: the only head.
    """
    _change(institution, user, actor, lambda _held: set())


@transaction.atomic
def open_account(
    *, institution: Institution, roles: Collection[Role], actor: User, person: NewPerson, now: datetime
) -> IssuedLink:
    """A new person with these roles, and the link by which they set their password; all or nothing.

    Raises:
        PermissionDenied: the actor is neither a head of the institution nor the operator's staff.
        memberships.NoRole: no role.
        accounts.errors.AccountError: nothing to log in by, or another account has it.
    """
    require(allowed=permissions.can_manage_members(actor, institution.pk))
    issued = accounts.open_account(person=person, opened_by=actor, now=now)
    add_member(institution=institution, user=issued.link.user, roles=roles, actor=actor)
    return issued


def lock(institution: Institution) -> None:
    """Changes of an institution's members take turns: else two heads could remove each other."""
    Institution.objects.select_for_update(no_key=True).get(pk=institution.pk)


def _required(roles: Collection[Role]) -> set[str]:
    if not roles:
        raise memberships.NoRole
    return {Role(role).value for role in roles}


def _change(
    institution: Institution, user: User, actor: User, wanted: Callable[[set[str]], set[str]]
) -> None:
    """The roles that the user holds now become those that `wanted` makes of them."""
    member = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    lock(institution)
    # Whoever waited for the lock may have lost their right meanwhile.
    require(allowed=permissions.can_manage_members(actor, institution.pk))
    before = _active_roles(institution, member)
    after = wanted(before)
    if after - before:
        memberships.require_may_gain(actor=actor, user=member)
    if Role.HEAD in before - after:
        heads = permissions.heads_of(institution.pk).exclude(user=member)
        memberships.require_head_left(actor=actor, others=heads.exists())
    if after != before:
        _save(institution, member, after)
        audit.record(
            action="institutions.roles_changed",
            target=institution,
            before={"roles": sorted(before)},
            after={"roles": sorted(after), "user": member.pk},
        )


def _active_roles(institution: Institution, user: User) -> set[str]:
    return set(institution.memberships.filter(user=user, is_active=True).values_list("role", flat=True))


def _save(institution: Institution, user: User, roles: set[str]) -> None:
    institution.memberships.filter(user=user).exclude(role__in=roles).update(is_active=False)
    InstitutionMembership.objects.bulk_create(
        [InstitutionMembership(institution=institution, user=user, role=role) for role in sorted(roles)],
        update_conflicts=True,
        unique_fields=["institution", "user", "role"],
        update_fields=["is_active"],
    )
