"""Reading the audit trail."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.models import User
from marketplace.core.audit.context import Actor, acting_as
from marketplace.core.audit.models import AuditEntry
from marketplace.core.audit.services import record
from tests.factories.users import make_staff, make_user

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def actions(client: Client, **query: str) -> list[str]:
    """The actions that the page shows, in its order."""
    return [row.entry.action for row in client.get("/operator/audit/", query).context["rows"]]


def test_the_trail_is_narrowed_by_object_and_actor(client_of: ClientOf) -> None:
    one, other = make_user("one"), make_user("other")
    with acting_as(Actor(name="李四", user_id=77)):
        record(action="first", target=one)
    record(action="second", target=other)
    client = client_of(make_staff())
    assert actions(client) == ["second", "first"]
    assert actions(client, kind="accounts.user", number=str(one.pk)) == ["first"]
    assert actions(client, actor="77") == ["first"]
    assert actions(client, actor="李") == ["first"]
    assert actions(client, actor="9" * 40) == []


def test_days_are_whole_in_shanghai_and_the_last_one_is_included(client_of: ClientOf) -> None:
    for action, hour in (("before", 15), ("within", 16)):
        at = datetime(2020, 2, 29, hour, 59, tzinfo=UTC)
        AuditEntry.objects.create(at=at, action=action, actor_name="system", object_type="x", object_id="1")
    client = client_of(make_staff())
    assert actions(client, first_day="2020-03-01", last_day="2020-03-01") == ["within"]
    assert actions(client, last_day="2020-02-29") == ["before"]


def test_nonsense_in_the_address_narrows_nothing(client_of: ClientOf) -> None:
    record(action="only", target=make_user())
    client = client_of(make_staff())
    assert actions(client, kind="nonsense", first_day="yesterday", number="\0", page="0") == ["only"]


def test_the_trail_costs_the_same_for_one_and_for_fifty(
    client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client, user = client_of(make_staff()), make_user()
    record(action="first", target=user)
    with django_assert_num_queries(5):  # session, user, set aside, count, page
        assert len(actions(client)) == 1
    for number in range(49):
        record(action=f"more-{number}", target=user)
    with django_assert_num_queries(5):
        assert len(actions(client)) == 30


def test_only_what_changed_is_shown(client_of: ClientOf) -> None:
    before, after = {"name": "张", "email": None}, {"name": "张三", "email": None}
    record(action="accounts.details_changed", target=make_user(), before=before, after=after)
    (row,) = client_of(make_staff()).get("/operator/audit/").context["rows"]
    assert [(change.before, change.after) for change in row.changes] == [("张", "张三")]
