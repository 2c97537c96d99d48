"""Who belongs to an institution: said by its head and by the operator."""

from collections.abc import Callable
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.memberships import LastHead, NoRole, OwnRights, SwitchedOff
from marketplace.accounts.models import PasswordLink, User
from marketplace.accounts.services import NewPerson
from marketplace.core.audit.models import AuditEntry
from marketplace.institutions import permissions, services
from marketplace.institutions.models import Institution
from marketplace.institutions.queries import members_of
from tests.factories import regions
from tests.factories.members import Role, join_institution
from tests.factories.users import make_staff, make_user

pytestmark = pytest.mark.django_db


def school(name: str = "示范市第一中学") -> Institution:
    """An institution without members."""
    regions.jieyang()
    return Institution.objects.create(name=name, kind=Institution.Kind.BUDGET_UNIT, region_id="445200")


@pytest.fixture
def institution() -> Institution:
    return school()


@pytest.fixture
def head(institution: Institution) -> User:
    return join_institution(institution, make_user("head"), Role.HEAD)


def roles_of(institution: Institution, user: User) -> set[str]:
    """What the user holds now."""
    return {role for member in members_of(institution) if member.user == user for role in member.roles}


def test_members_are_managed_by_the_head_and_by_the_operator(institution: Institution, head: User) -> None:
    others = [join_institution(institution, make_user(role.value), role) for role in set(Role) - {Role.HEAD}]
    assert permissions.can_manage_members(head, institution.pk)
    assert permissions.can_manage_members(make_staff(), institution.pk)
    assert not any(permissions.can_manage_members(user, institution.pk) for user in others)
    assert not permissions.can_manage_members(head, school("别的学校").pk)


def test_a_head_who_may_no_longer_log_in_manages_nobody(institution: Institution, head: User) -> None:
    head.is_active = False
    head.save()
    assert not permissions.can_manage_members(head, institution.pk)


def test_roles_are_added_set_and_taken_with_a_trail(institution: Institution, head: User) -> None:
    user = make_user()
    who = {"institution": institution, "user": user, "actor": head}
    services.add_member(**who, roles=[Role.REQUESTER])
    services.add_member(**who, roles=[Role.RECEIVER, Role.REQUESTER])
    assert roles_of(institution, user) == {"requester", "receiver"}
    services.set_roles(**who, roles=[Role.FINANCE])
    assert roles_of(institution, user) == {"finance"}
    services.set_roles(**who, roles=[Role.FINANCE])
    for _twice in range(2):
        services.remove_member(**who)
    assert roles_of(institution, user) == set()
    trail = AuditEntry.objects.order_by("pk").values_list("before__roles", "after__roles")
    assert list(trail) == [
        ([], ["requester"]),
        (["requester"], ["receiver", "requester"]),
        (["receiver", "requester"], ["finance"]),
        (["finance"], []),
    ]


def test_a_member_has_a_role(institution: Institution, head: User) -> None:
    user = join_institution(institution, make_user(), Role.VIEWER)
    for act in (services.add_member, services.set_roles):
        with pytest.raises(NoRole):
            act(institution=institution, user=user, roles=[], actor=head)
    assert roles_of(institution, user) == {"viewer"}


@pytest.mark.parametrize("role", [*sorted(set(Role) - {Role.HEAD}), None])
def test_who_is_no_head_gives_and_takes_nothing(
    institution: Institution, head: User, role: Role | None
) -> None:
    actor, friend = make_user("actor"), make_user("friend")
    join_institution(institution if role else school("别的学校"), actor, role or Role.HEAD)
    person = NewPerson(name="新人", username="new")
    acts: tuple[Callable[[], object], ...] = (
        partial(services.add_member, user=friend, roles=[Role.VIEWER]),
        partial(services.set_roles, user=actor, roles=[Role.APPROVER]),
        partial(services.remove_member, user=head),
        partial(services.open_account, roles=[Role.VIEWER], person=person, now=timezone.now()),
    )
    for act in acts:
        with pytest.raises(PermissionDenied):
            act(institution=institution, actor=actor)  # type: ignore[call-arg]
    assert (roles_of(institution, friend), roles_of(institution, head)) == (set(), {"head"})
    assert roles_of(institution, actor) == ({role} if role else set())
    assert not User.objects.filter(username="new").exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("is_staff", [False, True])
def test_nobody_gives_themselves_a_right(institution: Institution, *, is_staff: bool) -> None:
    actor = make_user("actor", is_staff=is_staff)
    join_institution(institution, actor, Role.HEAD, Role.VIEWER)
    act = partial(services.set_roles, institution=institution, user=actor, actor=actor)
    with pytest.raises(OwnRights):
        act(roles=[Role.HEAD, Role.APPROVER])
    assert roles_of(institution, actor) == {"head", "viewer"}
    act(roles=[Role.HEAD])
    assert roles_of(institution, actor) == {"head"}


def test_the_last_head_stays_unless_the_operator_says_otherwise(institution: Institution, head: User) -> None:
    join_institution(institution, make_user("gone", is_active=False), Role.HEAD)
    who = {"institution": institution, "user": head}
    for act in (
        partial(services.remove_member, **who),
        partial(services.set_roles, **who, roles=[Role.VIEWER]),
    ):
        with pytest.raises((LastHead, OwnRights)):
            act(actor=head)
    assert roles_of(institution, head) == {"head"}
    services.remove_member(**who, actor=make_staff())
    assert roles_of(institution, head) == set()


def test_a_head_leaves_once_there_is_another(institution: Institution, head: User) -> None:
    other = make_user("other")
    services.add_member(institution=institution, user=other, roles=[Role.HEAD], actor=head)
    services.remove_member(institution=institution, user=head, actor=head)
    assert [member.user for member in members_of(institution)] == [other]


def test_a_switched_off_account_is_not_taken_in_but_can_go(institution: Institution, head: User) -> None:
    gone = make_user("gone", is_active=False)
    with pytest.raises(SwitchedOff):
        services.add_member(institution=institution, user=gone, roles=[Role.VIEWER], actor=head)
    join_institution(institution, gone, Role.VIEWER, Role.FINANCE)
    services.set_roles(institution=institution, user=gone, roles=[Role.VIEWER], actor=head)
    services.remove_member(institution=institution, user=gone, actor=head)
    assert roles_of(institution, gone) == set()


def test_a_head_opens_an_ordinary_account_with_its_link(institution: Institution, head: User) -> None:
    issued = services.open_account(
        institution=institution,
        roles=[Role.APPROVER, Role.RECEIVER],
        person=NewPerson(name="新人", username="new"),
        actor=head,
        now=timezone.now(),
    )
    user = User.objects.get(username="new")
    assert (user.is_staff, user.is_superuser, user.has_usable_password()) == (False, False, False)
    assert (issued.link.user, issued.link.created_by) == (user, head)
    assert roles_of(institution, user) == {"approver", "receiver"}


def test_an_account_without_a_role_is_not_opened(institution: Institution, head: User) -> None:
    person = NewPerson(name="新人", username="new")
    with pytest.raises(NoRole):
        services.open_account(
            institution=institution, roles=[], person=person, actor=head, now=timezone.now()
        )
    assert not User.objects.filter(username="new").exists()
    assert not PasswordLink.objects.exists()


def test_members_are_read_in_one_query_whatever_their_number(
    institution: Institution, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(50):
        join_institution(institution, make_user(f"user-{number}"), Role.HEAD, Role.REQUESTER)
        if number in (0, 49):
            with django_assert_num_queries(1):
                members = members_of(institution)
                assert [member.roles for member in members] == [["requester", "head"]] * (number + 1)
