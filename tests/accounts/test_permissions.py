"""Who may manage whose account."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from marketplace.accounts import services
from marketplace.accounts.models import PasswordLink
from marketplace.accounts.permissions import can_manage, can_operate, can_renew_link
from marketplace.accounts.services import NewPerson
from tests.factories.users import make_administrator, make_staff, make_user

pytestmark = pytest.mark.django_db


def test_staff_operate_and_nobody_else() -> None:
    assert can_operate(make_staff())
    assert not can_operate(make_user())
    assert not can_operate(AnonymousUser())
    assert not can_operate(make_user("gone", is_staff=True, is_active=False))


def test_staff_manage_ordinary_people_and_administrators_manage_staff() -> None:
    staff, colleague = make_staff("one"), make_staff("two")
    administrator, other = make_administrator(), make_administrator("other")
    person = make_user()
    assert can_manage(staff, person)
    assert can_manage(administrator, staff)
    assert can_manage(administrator, other)
    assert not can_manage(staff, colleague)
    assert not can_manage(staff, administrator)
    assert not can_manage(person, make_user("li-si"))


def test_nobody_manages_their_own_account() -> None:
    staff, administrator = make_staff(), make_administrator()
    assert not can_manage(staff, staff)
    assert not can_manage(administrator, administrator)


def test_who_opened_an_account_renews_its_link_until_a_password_is_set() -> None:
    head, now = make_user("head"), timezone.now()
    person = NewPerson(name="新人", username="new")
    first = services.open_account(person=person, opened_by=head, now=now)
    user = first.link.user
    assert can_renew_link(head, user)
    assert not can_renew_link(make_staff(), user)
    second = services.renew_password_link(user=user, actor=head, now=now)
    assert list(PasswordLink.objects.open()) == [second.link]
    services.use_password_link(token=second.token, password="li-zhi-hong-le-2020", now=now)
    # The user as they were read before the password was set: the service looks again.
    with pytest.raises(PermissionDenied):
        services.renew_password_link(user=user, actor=head, now=now)
    assert not PasswordLink.objects.open().exists()


def test_a_link_of_the_operators_ends_the_right_to_renew() -> None:
    head, now = make_user("head"), timezone.now()
    user = services.open_account(
        person=NewPerson(name="新人", username="new"), opened_by=head, now=now
    ).link.user
    services.issue_password_link(user=user, created_by=make_staff(), now=now)
    assert not can_renew_link(head, user)
    services.deactivate_user(user=user, now=now)
    user.refresh_from_db()
    assert not can_renew_link(head, user)
