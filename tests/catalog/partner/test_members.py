"""Who acts for a supplier: given and taken by its head and by the operator."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from catalog.partner import permissions, services
from catalog.partner.models import Partner, SupplierMembership
from marketplace.accounts.errors import IdentifierTakenError
from marketplace.accounts.memberships import LastHead, OwnRights, SwitchedOff
from marketplace.accounts.models import PasswordLink, User
from marketplace.accounts.services import NewPerson
from marketplace.core.audit.models import AuditEntry
from tests.factories import goods
from tests.factories.members import SupplierRole as Role
from tests.factories.members import join_supplier
from tests.factories.users import make_staff, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier() -> Partner:
    return goods.supplier()


@pytest.fixture
def head(supplier: Partner) -> User:
    return join_supplier(supplier, make_user("head"), Role.HEAD)


def role_of(supplier: Partner, user: User) -> str | None:
    """What the user is at the supplier now."""
    held = SupplierMembership.objects.filter(partner=supplier, user=user, is_active=True).first()
    return held.role if held else None


def test_members_are_managed_by_the_head_and_by_the_operator(supplier: Partner, head: User) -> None:
    cadre = join_supplier(supplier, make_user("cadre"))
    able = [permissions.can_manage_members(user, supplier.pk) for user in (head, cadre, make_staff())]
    assert able == [True, False, True]
    assert not permissions.can_manage_members(head, goods.supplier("别家").pk)


def test_a_member_has_one_role_and_the_trail_says_who_gave_it(supplier: Partner, head: User) -> None:
    user = make_user()
    give = partial(services.add_member, supplier=supplier, user=user, actor=head)
    give(role=Role.CADRE)
    give(role=Role.BOOKKEEPER)
    give(role=Role.BOOKKEEPER)
    services.remove_member(supplier=supplier, user=user, actor=head)
    services.remove_member(supplier=supplier, user=user, actor=head)
    assert (role_of(supplier, user), SupplierMembership.objects.filter(user=user).count()) == (None, 1)
    trail = AuditEntry.objects.order_by("pk").values_list("action", "before__role", "after__role")
    assert list(trail) == [
        ("partner.member_added", None, "cadre"),
        ("partner.member_changed", "cadre", "bookkeeper"),
        ("partner.member_removed", "bookkeeper", None),
    ]


@pytest.mark.parametrize("role", [Role.CADRE, Role.BOOKKEEPER, None])
def test_who_is_no_head_gives_and_takes_nothing(supplier: Partner, head: User, role: Role | None) -> None:
    actor, friend = make_user("actor"), make_user("friend")
    join_supplier(supplier if role else goods.supplier("别家"), actor, role or Role.HEAD)
    person = NewPerson(name="新人", username="new")
    acts: tuple[Callable[[], object], ...] = (
        lambda: services.add_member(supplier=supplier, user=friend, role=Role.CADRE, actor=actor),
        lambda: services.add_member(supplier=supplier, user=actor, role=Role.HEAD, actor=actor),
        lambda: services.remove_member(supplier=supplier, user=head, actor=actor),
        lambda: services.open_account(
            supplier=supplier, role=Role.CADRE, person=person, actor=actor, now=timezone.now()
        ),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert (role_of(supplier, friend), role_of(supplier, head)) == (None, "head")
    assert role_of(supplier, actor) == role
    assert not User.objects.filter(username="new").exists()
    assert not AuditEntry.objects.exists()


def test_nobody_gives_themselves_a_right(supplier: Partner) -> None:
    staff = make_staff()
    with pytest.raises(OwnRights):
        services.add_member(supplier=supplier, user=staff, role=Role.CADRE, actor=staff)
    join_supplier(supplier, staff, Role.BOOKKEEPER)
    with pytest.raises(OwnRights):
        services.add_member(supplier=supplier, user=staff, role=Role.CADRE, actor=staff)
    assert role_of(supplier, staff) == "bookkeeper"


def test_a_head_steps_down_once_there_is_another(supplier: Partner, head: User) -> None:
    make_other = make_user("other")
    for act in (
        lambda: services.add_member(supplier=supplier, user=head, role=Role.CADRE, actor=head),
        lambda: services.remove_member(supplier=supplier, user=head, actor=head),
    ):
        with pytest.raises(LastHead):
            act()
    assert role_of(supplier, head) == "head"
    services.add_member(supplier=supplier, user=make_other, role=Role.HEAD, actor=head)
    services.add_member(supplier=supplier, user=head, role=Role.CADRE, actor=head)
    assert (role_of(supplier, head), role_of(supplier, make_other)) == ("cadre", "head")


def test_a_head_whose_account_is_off_is_no_other_head(supplier: Partner, head: User) -> None:
    join_supplier(supplier, make_user("gone", is_active=False), Role.HEAD)
    with pytest.raises(LastHead):
        services.remove_member(supplier=supplier, user=head, actor=head)


def test_the_operator_may_remove_the_last_head(supplier: Partner, head: User) -> None:
    services.remove_member(supplier=supplier, user=head, actor=make_staff())
    assert role_of(supplier, head) is None


def test_a_switched_off_account_is_not_taken_in_but_can_go(supplier: Partner, head: User) -> None:
    gone = make_user("gone", is_active=False)
    with pytest.raises(SwitchedOff):
        services.add_member(supplier=supplier, user=gone, actor=head)
    join_supplier(supplier, gone)
    services.remove_member(supplier=supplier, user=gone, actor=head)
    assert role_of(supplier, gone) is None


def test_a_head_opens_an_ordinary_account_with_its_link(supplier: Partner, head: User) -> None:
    person = NewPerson(name="新人", phone="138 0013 8000")
    issued = services.open_account(
        supplier=supplier, role=Role.CADRE, person=person, actor=head, now=timezone.now()
    )
    user = User.objects.get(phone="13800138000")
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (False, False, False)
    assert (issued.link.user, issued.link.created_by) == (user, head)
    assert role_of(supplier, user) == "cadre"


def test_an_account_that_cannot_be_opened_leaves_nothing(supplier: Partner, head: User) -> None:
    make_user("taken", phone="13800138000")
    people = User.objects.count()
    with pytest.raises(IdentifierTakenError):
        services.open_account(
            supplier=supplier,
            role=Role.CADRE,
            person=NewPerson(name="新人", phone="13800138000"),
            actor=head,
            now=timezone.now(),
        )
    assert User.objects.count() == people
    assert not PasswordLink.objects.exists()
    assert not AuditEntry.objects.exists()
