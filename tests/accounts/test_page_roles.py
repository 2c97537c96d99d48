"""Who writes pages and who publishes them."""

import pytest

from marketplace.accounts.page_roles import PageRole, give, page_role_of
from marketplace.core.audit.models import AuditEntry
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db


def test_a_person_has_one_role_at_most() -> None:
    person = make_user()
    assert page_role_of(person) is None
    for role in (PageRole.EDITOR, PageRole.REVIEWER, PageRole.REVIEWER):
        give(user=person, role=role)
        assert page_role_of(person) == role
        assert person.groups.count() == 1
    give(user=person, role=None)
    assert page_role_of(person) is None
    assert not person.groups.exists()


def test_each_change_leaves_a_trail_and_nothing_else_does() -> None:
    person = make_user()
    give(user=person, role=PageRole.EDITOR)
    give(user=person, role=PageRole.EDITOR)
    give(user=person, role=None)
    trail = AuditEntry.objects.filter(action="accounts.page_role_given").order_by("pk")
    assert [(entry.before, entry.after) for entry in trail] == [
        ({"page_role": ""}, {"page_role": "编辑"}),
        ({"page_role": "编辑"}, {"page_role": ""}),
    ]
