"""The audit trail: who, what, when, from where; never changed."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from marketplace.core.audit.context import Actor, acting_as, current_actor
from marketplace.core.audit.middleware import AuditMiddleware
from marketplace.core.audit.models import AuditEntry
from marketplace.core.audit.queries import entries_of, matching
from marketplace.core.audit.services import record
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db


def test_entry_says_who_did_what_to_which_object_from_where() -> None:
    user = make_user()
    with acting_as(Actor(name="李四", user_id=4, ip="2001:db8::7", request_id="abc")):
        record(action="accounts.renamed", target=user, before={"name": "张"}, after={"name": "张三"})
    entry = AuditEntry.objects.values().get()
    assert timezone.now() - entry.pop("at") < timedelta(minutes=1)
    del entry["id"]
    assert entry == {
        "actor_id": 4,
        "actor_name": "李四",
        "action": "accounts.renamed",
        "object_type": "accounts.user",
        "object_id": str(user.pk),
        "before": {"name": "张"},
        "after": {"name": "张三"},
        "ip": "2001:db8::7",
        "request_id": "abc",
    }


def test_dates_and_amounts_are_kept_as_json() -> None:
    record(action="test.values", target=make_user(), after={"amount": Decimal("3.20")})
    assert AuditEntry.objects.get().after == {"amount": "3.20"}


def test_outside_a_request_the_system_acts() -> None:
    assert current_actor() == Actor(name="system")


def test_a_block_acts_for_its_own_time_only() -> None:
    with acting_as(Actor(name="import_regions")):
        with acting_as(Actor(name="within")):
            pass
        assert current_actor().name == "import_regions"
    assert current_actor().name == "system"


def test_entries_of_an_object_come_newest_first_and_without_others() -> None:
    user, other = make_user("one"), make_user("two")
    for target, action in [(user, "first"), (other, "other"), (user, "second")]:
        record(action=action, target=target)
    assert [entry.action for entry in entries_of(user)] == ["second", "first"]


def test_the_trail_is_narrowed_by_object_actor_and_a_half_open_window() -> None:
    user = make_user()
    with acting_as(Actor(name="李四", user_id=4)):
        entry = record(action="test.one", target=user)
    second = timedelta(seconds=1)
    for criteria, found in (
        ({}, 1),
        ({"object_type": "accounts.user", "object_id": str(user.pk)}, 1),
        ({"object_type": "offices.office"}, 0),
        ({"actor": "4"}, 1),
        ({"actor": "5"}, 0),
        ({"actor": "李"}, 1),
        ({"start": entry.at, "end": entry.at + second}, 1),
        ({"start": entry.at - second, "end": entry.at}, 0),
    ):
        assert matching(**criteria).count() == found, criteria


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET actor_name = 'nobody'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry",
        "ALTER TABLE audit_auditentry DISABLE TRIGGER append_only",
        "DROP TABLE audit_auditentry",
    ],
)
def test_the_application_cannot_change_the_trail(statement: str) -> None:
    record(action="test.kept", target=make_user())
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert refusal.value.__cause__.sqlstate == "42501"  # insufficient_privilege
    assert [entry.actor_name for entry in AuditEntry.objects.all()] == ["system"]


def actor_during(request: HttpRequest) -> Actor:
    """Whom the middleware names while it serves this request."""
    seen: list[Actor] = []

    def view(_request: HttpRequest) -> HttpResponse:
        seen.append(current_actor())
        return HttpResponse()

    AuditMiddleware(view)(request)
    return seen[0]


def test_a_request_acts_as_its_user_from_its_address() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9")
    request.user = make_user(name="王五")
    assert actor_during(request) == Actor(name="王五", user_id=request.user.pk, ip="192.0.2.9")
    assert current_actor().name == "system"


def test_a_request_without_a_user_acts_as_a_visitor() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.9")
    request.user = AnonymousUser()
    assert actor_during(request) == Actor(name="visitor", ip="192.0.2.9")
