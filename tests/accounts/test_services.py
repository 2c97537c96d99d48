"""Accounts: registering, opening, password links, switching off."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from marketplace.accounts import services
from marketplace.accounts.errors import (
    IdentifierTakenError,
    LinkNotUsableError,
    NoIdentifierError,
    WrongPasswordError,
)
from marketplace.accounts.models import PasswordLink, User
from marketplace.accounts.queries import open_password_link, usable_password_link
from marketplace.core.audit.models import AuditEntry
from marketplace.core.audit.queries import entries_of
from tests.factories.users import NEW_PASSWORD, PASSWORD, make_staff, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2020, 3, 1, 8, tzinfo=UTC)


def actions_on(user: User) -> list[str]:
    """What the trail says was done to the user, oldest first."""
    return [entry.action for entry in entries_of(user)][::-1]


def test_an_individual_registers_by_phone_alone() -> None:
    user = services.register_individual(name="张三", phone="+86 138 0013 8000", password=PASSWORD)
    user.refresh_from_db()
    assert (user.phone, user.email, user.name, user.is_staff) == ("13800138000", None, "张三", False)
    assert user.check_password(PASSWORD)
    assert user.username[0] == "u"
    assert len(user.username) == 13


def test_registering_leaves_a_trail_without_the_password() -> None:
    user = services.register_individual(name="张三", email="Zhang@Example.cn", password=PASSWORD)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_id, entry.before) == ("accounts.registered", str(user.pk), None)
    assert entry.after == {
        "username": user.username,
        "phone": None,
        "email": "zhang@example.cn",
        "name": "张三",
        "is_staff": False,
    }


def test_registering_needs_a_phone_or_an_address() -> None:
    with pytest.raises(NoIdentifierError):
        services.register_individual(name="张三", password=PASSWORD)
    assert not User.objects.exists()


@pytest.mark.parametrize("password", ["short-1", "12345678", "password", "13800138000"])
def test_registering_refuses_a_weak_password(password: str) -> None:
    with pytest.raises(ValidationError):
        services.register_individual(name="张三", phone="13800138000", password=password)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("fields", "taken"),
    [
        ({"phone": "138 0013 8000"}, "phone"),
        ({"email": "ZHANG@example.cn"}, "email"),
        ({"username": "zhang-san"}, "username"),
    ],
)
def test_an_identifier_belongs_to_one_user(fields: dict[str, str], taken: str) -> None:
    make_user("zhang-san", phone="13800138000", email="zhang@example.cn")
    with pytest.raises(IdentifierTakenError) as refusal:
        services.create_user(name="李四", **fields)
    assert refusal.value.field == taken
    assert User.objects.count() == 1
    assert not AuditEntry.objects.exists()


def test_a_user_opened_by_the_operator_has_no_password_yet() -> None:
    user = services.create_user(name="李四", phone="13800138000")
    assert not user.has_usable_password()
    assert actions_on(user) == ["accounts.created"]


def test_details_change_with_before_and_after_in_the_trail() -> None:
    user = make_user(name="张三", email="old@example.cn")
    services.change_details(user=user, name="张三丰", email="")
    user.refresh_from_db()
    assert (user.name, user.email) == ("张三丰", None)
    entry = AuditEntry.objects.get()
    assert (entry.before["name"], entry.after["name"]) == ("张三", "张三丰")
    assert (entry.before["email"], entry.after["email"]) == ("old@example.cn", None)


def test_details_keep_when_the_address_is_anothers() -> None:
    make_user("other", email="taken@example.cn")
    user = make_user(email="old@example.cn")
    with pytest.raises(IdentifierTakenError):
        services.change_details(user=user, name="张三丰", email="taken@example.cn")
    user.refresh_from_db()
    assert (user.name, user.email) == ("张三", "old@example.cn")
    assert not AuditEntry.objects.exists()


def test_a_password_changes_against_the_old_one() -> None:
    user = make_user()
    services.change_password(user=user, old_password=PASSWORD, new_password=NEW_PASSWORD)
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    assert actions_on(user) == ["accounts.password_changed"]


def test_a_password_stays_when_the_old_one_is_wrong() -> None:
    user = make_user()
    with pytest.raises(WrongPasswordError):
        services.change_password(user=user, old_password="wrong", new_password=NEW_PASSWORD)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert not AuditEntry.objects.exists()


def issue(user: User, *, now: datetime = NOW) -> str:
    """The token of a new link."""
    return services.issue_password_link(
        user=user, created_by=make_staff(f"staff-{now:%d%H%M}"), now=now
    ).token


def test_a_link_sets_the_password_once() -> None:
    user = make_user(password=None)
    token = issue(user)
    services.use_password_link(token=token, password=NEW_PASSWORD, now=NOW + timedelta(hours=1))
    with pytest.raises(LinkNotUsableError):
        services.use_password_link(token=token, password="another-one-2021", now=NOW + timedelta(hours=2))
    user.refresh_from_db()
    assert user.check_password(NEW_PASSWORD)
    assert user.password_links.get().used_at == NOW + timedelta(hours=1)
    assert actions_on(user) == ["accounts.password_link_issued", "accounts.password_set_by_link"]


def test_a_link_is_stored_as_a_hash_only() -> None:
    token = issue(make_user())
    row = PasswordLink.objects.values().get()
    assert token not in repr(row)
    assert token not in repr(list(AuditEntry.objects.values()))
    assert len(row["token_hash"]) == 64


@pytest.mark.parametrize(
    ("later", "usable"),
    [(timedelta(days=7) - timedelta(seconds=1), True), (timedelta(days=7), False)],
)
def test_a_link_lasts_seven_days(later: timedelta, usable: bool) -> None:
    token = issue(make_user())
    assert (usable_password_link(token, now=NOW + later) is not None) is usable


def test_only_the_newest_link_counts() -> None:
    user = make_user()
    old = issue(user)
    new = issue(user, now=NOW + timedelta(days=1))
    now = NOW + timedelta(days=1)
    with pytest.raises(LinkNotUsableError):
        services.use_password_link(token=old, password=NEW_PASSWORD, now=now)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)
    assert services.use_password_link(token=new, password=NEW_PASSWORD, now=now) == user


def test_a_revoked_link_is_worthless() -> None:
    user = make_user()
    token = issue(user)
    services.revoke_password_link(user=user, now=NOW)
    with pytest.raises(LinkNotUsableError):
        services.use_password_link(token=token, password=NEW_PASSWORD, now=NOW)
    assert open_password_link(user, now=NOW) is None
    assert actions_on(user) == ["accounts.password_link_issued", "accounts.password_link_revoked"]


def test_revoking_nothing_leaves_no_trail() -> None:
    services.revoke_password_link(user=make_user(), now=NOW)
    assert not AuditEntry.objects.exists()


def test_a_weak_password_does_not_use_up_the_link() -> None:
    user = make_user()
    token = issue(user)
    with pytest.raises(ValidationError):
        services.use_password_link(token=token, password="12345678", now=NOW)
    assert usable_password_link(token, now=NOW) is not None
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("token", ["", "0" * 32, "张三", "../../etc"])
def test_a_made_up_token_opens_nothing(token: str) -> None:
    issue(make_user())
    with pytest.raises(LinkNotUsableError):
        services.use_password_link(token=token, password=NEW_PASSWORD, now=NOW)


def test_switching_off_makes_the_link_worthless_and_switching_on_does_not_revive_it() -> None:
    user = make_user()
    token = issue(user)
    services.deactivate_user(user=user, now=NOW)
    assert usable_password_link(token, now=NOW) is None
    services.activate_user(user=user)
    assert usable_password_link(token, now=NOW) is None
    user.refresh_from_db()
    assert user.is_active
    assert actions_on(user)[1:] == [
        "accounts.password_link_revoked",
        "accounts.deactivated",
        "accounts.activated",
    ]
