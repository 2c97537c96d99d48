"""Who may manage whose account."""

import pytest
from django.contrib.auth.models import AnonymousUser

from marketplace.accounts.permissions import can_manage, can_operate
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
