"""Logging in and out."""

import logging
import re
from urllib.parse import unquote

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings
from time_machine import travel

from marketplace.accounts import services
from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from tests.factories.users import BACKEND, NEW_PASSWORD, PASSWORD, make_user

pytestmark = pytest.mark.django_db
LOGIN = "/account/login/"


@pytest.fixture
def user() -> User:
    return make_user("zhang-san", phone="13800138000", email="zhang@example.cn")


def attempt(client: Client, identifier: str, password: str, **fields: str):
    return client.post(LOGIN, {"identifier": identifier, "password": password, **fields})


def refusals(response) -> list[str]:
    """The codes of what is wrong with the form as a whole."""
    return [error.code for error in response.context["form"].errors.as_data()["__all__"]]


def logged_in(client: Client) -> str | None:
    """The number of the user of the client's session."""
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize(
    "identifier", ["13800138000", "+86 138 0013 8000", "zhang@example.cn", "ZHANG@Example.cn", "zhang-san"]
)
def test_a_person_logs_in_by_phone_email_or_user_name(client: Client, user: User, identifier: str) -> None:
    response = attempt(client, identifier, PASSWORD)
    assert (response.status_code, response.url) == (302, "/account/")
    assert logged_in(client) == str(user.pk)


def test_the_trail_says_who_logged_in_and_from_where(client: Client, user: User) -> None:
    attempt(client, "zhang-san", PASSWORD)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_id, entry.actor_name) == ("accounts.logged_in", user.pk, "张三")
    assert entry.ip == "127.0.0.1"
    assert re.fullmatch(r"[0-9a-f-]{36}", entry.request_id)


@pytest.mark.parametrize(
    ("identifier", "password"),
    [("zhang-san", "wrong"), ("nobody", PASSWORD), ("13900139000", PASSWORD), ("nobody@example.cn", "wrong")],
)
def test_the_refusal_does_not_say_what_was_wrong(
    client: Client, user: User, identifier: str, password: str
) -> None:
    response = attempt(client, identifier, password)
    assert response.status_code == 200
    assert refusals(response) == ["refused"]
    assert logged_in(client) is None


def test_an_inactive_user_is_refused_in_the_same_words(client: Client) -> None:
    make_user("gone", is_active=False)
    response = attempt(client, "gone", PASSWORD)
    assert refusals(response) == ["refused"]
    assert logged_in(client) is None


def test_the_session_key_changes_at_the_log_in(client: Client, user: User) -> None:
    session = client.session
    session["seen"] = 1
    session.save()
    before = session.session_key
    attempt(client, "zhang-san", PASSWORD)
    assert client.session.session_key != before


def test_the_password_is_not_sent_back(client: Client, user: User) -> None:
    assert "wrong-secret-77" not in attempt(client, "zhang-san", "wrong-secret-77").content.decode()


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/operator/users/", "/operator/users/"),
        ("http://testserver/account/details/", "http://testserver/account/details/"),
        ("https://evil.example/", "/account/"),
        ("//evil.example/", "/account/"),
        ("/\\evil.example/", "/account/"),
        ("javascript:alert(1)", "/account/"),
        ("", "/account/"),
    ],
)
def test_next_leads_to_our_own_pages_only(client: Client, user: User, asked: str, leads_to: str) -> None:
    assert attempt(client, "zhang-san", PASSWORD, next=asked).url == leads_to


def test_who_is_logged_in_already_goes_on(client: Client, user: User) -> None:
    client.force_login(user, backend=BACKEND)
    assert client.get(LOGIN, {"next": "/account/details/"}).url == "/account/details/"


def test_logging_out_is_by_post_only(client: Client, user: User) -> None:
    client.force_login(user, backend=BACKEND)
    assert client.get("/account/logout/").status_code == 405
    assert logged_in(client) == str(user.pk)
    assert client.post("/account/logout/").url == LOGIN
    assert logged_in(client) is None


def fail(client: Client, *identifiers: str) -> list[int]:
    """The status of one failing attempt for each identifier."""
    return [attempt(client, identifier, "wrong").status_code for identifier in identifiers]


def test_five_failures_lock_a_person_by_whichever_identifier(client: Client, user: User) -> None:
    assert fail(client, "zhang-san", "13800138000", "zhang@example.cn", "138 0013 8000", "zhang-san") == [
        200,
        200,
        200,
        200,
        429,
    ]
    response = attempt(client, "zhang@example.cn", PASSWORD)
    assert response.status_code == 429
    assert logged_in(client) is None


def test_four_failures_do_not_lock_and_a_log_in_forgets_them(client: Client, user: User) -> None:
    fail(client, *["zhang-san"] * 4)
    assert attempt(client, "13800138000", PASSWORD).status_code == 302
    client.post("/account/logout/")
    assert fail(client, *["zhang-san"] * 4) == [200] * 4


def test_another_address_does_not_help(client: Client, user: User) -> None:
    fail(client, *["zhang-san"] * 5)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7", HTTP_USER_AGENT="another", HTTP_X_FORWARDED_FOR="1.2.3.4")
    assert attempt(elsewhere, "zhang-san", PASSWORD).status_code == 429


def test_others_at_the_same_address_are_not_locked(client: Client, user: User) -> None:
    make_user("li-si")
    fail(client, *["zhang-san"] * 5)
    assert attempt(client, "li-si", PASSWORD).status_code == 302


@pytest.fixture
def own_device(user: User) -> Client:
    """A browser in which the user has logged in before."""
    client = Client()
    attempt(client, "zhang-san", PASSWORD)
    client.post("/account/logout/")
    return client


def test_strangers_do_not_lock_out_the_persons_own_device(
    client: Client, user: User, own_device: Client
) -> None:
    assert fail(client, *["zhang-san"] * 5)[-1] == 429
    assert attempt(own_device, "13800138000", PASSWORD).status_code == 302
    assert attempt(client, "zhang-san", PASSWORD).status_code == 429


def test_an_own_device_has_five_tries_too_and_locks_nobody_else(user: User, own_device: Client) -> None:
    assert fail(own_device, *["zhang-san"] * 5) == [200, 200, 200, 200, 429]
    assert attempt(own_device, "zhang-san", PASSWORD).status_code == 429
    assert attempt(Client(), "zhang-san", PASSWORD).status_code == 302


def test_a_device_is_known_for_those_only_who_logged_in_there(user: User, own_device: Client) -> None:
    make_user("li-si")
    fail(Client(), *["li-si"] * 5)
    assert attempt(own_device, "li-si", PASSWORD).status_code == 429


def test_a_device_that_several_share_is_known_for_each(user: User, own_device: Client) -> None:
    make_user("li-si")
    attempt(own_device, "li-si", PASSWORD)
    own_device.post("/account/logout/")
    for name in ("zhang-san", "li-si"):
        fail(Client(), *[name] * 5)
        assert attempt(own_device, name, PASSWORD).status_code == 302
        own_device.post("/account/logout/")


@pytest.mark.parametrize("forged", ["", "x", "d 1", "d 1:1ABC:abc"])
def test_a_forged_device_is_nobodys(client: Client, user: User, forged: str) -> None:
    fail(Client(), *["zhang-san"] * 5)
    client.cookies["device"] = forged.replace("1", str(user.pk), 1)
    assert attempt(client, "zhang-san", PASSWORD).status_code == 429


def test_the_devices_cookie_is_for_the_server_only(client: Client, user: User, settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    cookie = attempt(client, "zhang-san", PASSWORD).cookies["device"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"]) == (True, "Lax", True)
    assert cookie["max-age"] == 400 * 24 * 60 * 60


def test_fifty_failures_lock_their_address_but_not_the_own_device_behind_it(
    client: Client, user: User, own_device: Client
) -> None:
    make_user("li-si")
    assert set(fail(client, *[f"nobody-{number}" for number in range(50)])) == {200}
    response = attempt(client, "li-si", PASSWORD)
    assert (response.status_code, response.context["minutes"]) == (429, 15)
    assert attempt(own_device, "zhang-san", PASSWORD).status_code == 302
    assert attempt(Client(REMOTE_ADDR="198.51.100.7"), "li-si", PASSWORD).status_code == 302


def test_a_log_in_buys_its_address_no_new_tries(client: Client, user: User) -> None:
    make_user("li-si")
    fail(client, *[f"nobody-{number}" for number in range(45)])
    attempt(client, "zhang-san", PASSWORD)
    client.post("/account/logout/")
    fail(client, *[f"somebody-{number}" for number in range(5)])
    assert attempt(client, "li-si", PASSWORD).status_code == 429


def test_an_unknown_name_is_locked_like_a_known_one(client: Client) -> None:
    assert fail(client, *["nobody"] * 5) == [200, 200, 200, 200, 429]


def test_the_lock_page_says_how_long_to_wait(client: Client, user: User) -> None:
    with travel("2020-03-01T08:00:00+08:00", tick=False) as clock:
        fail(client, *["zhang-san"] * 5)
        clock.shift(61)
        response = attempt(client, "zhang-san", PASSWORD)
        assert response.context["minutes"] == 14
        assert response["Retry-After"] == str(15 * 60 - 61)
        clock.shift(15 * 60 - 61 + 1)  # knocking meanwhile has not made it longer
        assert attempt(client, "zhang-san", PASSWORD).status_code == 302


def test_a_password_link_unlocks(client: Client, user: User, own_device: Client) -> None:
    fail(client, *["zhang-san"] * 5)
    fail(own_device, *["zhang-san"] * 5)
    now = timezone.now()
    token = services.issue_password_link(user=user, created_by=None, now=now).token
    services.use_password_link(token=token, password=NEW_PASSWORD, now=now)
    assert attempt(client, "zhang-san", NEW_PASSWORD).status_code == 302
    assert attempt(own_device, "zhang-san", NEW_PASSWORD).status_code == 302


def test_neither_log_nor_attempts_hold_personal_data(
    client: Client, user: User, caplog: pytest.LogCaptureFixture
) -> None:
    secrets = ["13800138000", "zhang@example.cn", "zhang-san", "张三", "wrong-secret-77", "13900139000"]
    with caplog.at_level(logging.DEBUG):
        for identifier in ("13800138000", "zhang@example.cn", "zhang-san", "13900139000", "wrong-secret-77"):
            attempt(client, identifier, "wrong-secret-77", next="/account/?q=zhang-san")
        attempt(client, "zhang-san", PASSWORD)
    logged = "\n".join(
        record.getMessage() for record in caplog.records if record.name != "django.db.backends"
    )
    stored = repr(list(AccessAttempt.objects.values()))
    assert "New login failure" in logged
    for secret in [*secrets, PASSWORD]:
        assert secret not in logged
        assert secret not in stored.replace("q=zhang-san", "")


def test_log_ins_of_wagtail_and_the_dashboard_lead_to_ours(client: Client) -> None:
    for path in ("/cms/", "/dashboard/"):
        last_address, _status = client.get(path, follow=True).redirect_chain[-1]
        assert unquote(last_address) == f"{LOGIN}?next={path}"
    assert client.get("/cms/login/?next=/cms/pages/").url == f"{LOGIN}?next=/cms/pages/"
    assert client.get("/dashboard/login/?next=/dashboard/orders/").url == f"{LOGIN}?next=/dashboard/orders/"
    assert reverse(settings.LOGIN_URL) == LOGIN


@pytest.mark.parametrize("path", ["/cms/login/", "/dashboard/login/"])
def test_the_other_log_ins_let_nobody_in(client: Client, path: str) -> None:
    make_user("boss", is_staff=True, is_superuser=True)
    client.post(path, {"username": "boss", "password": PASSWORD})
    assert logged_in(client) is None
