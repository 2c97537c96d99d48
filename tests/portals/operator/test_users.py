"""The operator runs accounts."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts import services
from marketplace.accounts.models import PasswordLink, User
from marketplace.accounts.page_roles import PageRole, page_role_of
from marketplace.core.audit.models import AuditEntry
from tests.factories.users import NEW_PASSWORD, PASSWORD, make_administrator, make_staff, make_user

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def test_only_staff_get_in(client: Client, client_of: ClientOf) -> None:
    person = make_user("li-si")
    ordinary = client_of(make_user())
    for path in (
        "/operator/",
        "/operator/users/",
        "/operator/users/new/",
        f"/operator/users/{person.pk}/",
        "/operator/audit/",
        "/operator/components/",
    ):
        assert client.get(path).url == f"/account/login/?next={path}"
        assert ordinary.get(path).status_code == 403


@pytest.mark.parametrize("action", ["password-link", "password-link/revoke", "deactivate", "activate"])
def test_an_ordinary_person_changes_no_account(client_of: ClientOf, action: str) -> None:
    person = make_user("li-si")
    assert client_of(make_user()).post(f"/operator/users/{person.pk}/{action}/").status_code == 403
    assert not PasswordLink.objects.exists()
    assert not AuditEntry.objects.exists()
    person.refresh_from_db()
    assert person.is_active


@pytest.mark.parametrize("action", ["password-link", "password-link/revoke", "deactivate", "activate"])
def test_staff_change_no_account_of_an_administrator(client_of: ClientOf, action: str) -> None:
    boss = make_administrator()
    token = services.issue_password_link(user=boss, created_by=None, now=timezone.now()).token
    entries = AuditEntry.objects.count()
    assert client_of(make_staff()).post(f"/operator/users/{boss.pk}/{action}/").status_code == 403
    boss.refresh_from_db()
    assert boss.is_active
    assert PasswordLink.objects.open().count() == 1
    assert token
    assert AuditEntry.objects.count() == entries


@pytest.mark.parametrize("action", ["password-link", "password-link/revoke", "deactivate", "activate"])
def test_nothing_changes_by_get(client_of: ClientOf, action: str) -> None:
    person = make_user("li-si")
    assert client_of(make_staff()).get(f"/operator/users/{person.pk}/{action}/").status_code == 405


def test_the_list_costs_the_same_for_one_and_for_fifty(
    client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(make_staff())
    with django_assert_num_queries(5):  # session, user, set aside, count, page
        assert len(client.get("/operator/users/").context["page"]) == 1
    for number in range(49):
        make_user(f"user-{number}")
    with django_assert_num_queries(5):
        assert client.get("/operator/users/").context["page"].paginator.count == 50


def test_the_list_is_searched_and_paged(client_of: ClientOf) -> None:
    client = client_of(make_staff())
    for number in range(31):
        make_user(f"user-{number}", name="王五" if number == 7 else "张三")
    assert len(client.get("/operator/users/", {"page": 2}).context["page"]) == 2
    found = client.get("/operator/users/", {"q": "王五"}).context["page"]
    assert [user.username for user in found] == ["user-7"]
    assert client.get("/operator/users/", {"q": "\0", "page": "x"}).status_code == 200


def test_staff_open_an_account(client_of: ClientOf) -> None:
    staff = make_staff()
    data = {"name": "李四", "phone": "138 0013 8000", "email": "", "username": "", "is_staff": "on"}
    response = client_of(staff).post("/operator/users/new/", data)
    user = User.objects.get(phone="13800138000")
    assert response.url == f"/operator/users/{user.pk}/"
    assert not user.is_staff  # only an administrator makes staff
    entry = AuditEntry.objects.get(action="accounts.created")
    assert (entry.actor_id, entry.object_id) == (staff.pk, str(user.pk))


def test_an_administrator_makes_staff(client_of: ClientOf) -> None:
    data = {"name": "李四", "username": "li-si", "is_staff": "on"}
    client_of(make_administrator()).post("/operator/users/new/", data)
    assert User.objects.get(username="li-si").is_staff


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"phone": "13900139000"}, "phone"),
        ({"username": "12345"}, "username"),
        ({"phone": "1"}, "phone"),
        ({}, "phone"),
    ],
)
def test_an_account_that_cannot_be_opened_says_why(
    client_of: ClientOf, fields: dict[str, str], wrong: str
) -> None:
    make_user("taken", phone="13900139000")
    response = client_of(make_staff()).post("/operator/users/new/", {"name": "李四", **fields})
    assert set(response.context["form"].errors) == {wrong}
    assert User.objects.count() == 2


def test_the_link_is_shown_once_with_its_code(client_of: ClientOf, client: Client) -> None:
    staff, person = make_staff(), make_user(password=None)
    browser = client_of(staff)
    shown = browser.post(f"/operator/users/{person.pk}/password-link/", follow=True)
    assert shown.redirect_chain == [(f"/operator/users/{person.pk}/", 302)]
    assert "no-store" in shown.headers["Cache-Control"]
    page = shown.content.decode()
    address = re.search(r"http://testserver(/account/password-link/[0-9a-f]{32}/)", page)[1]
    assert 'class="qr-code"' in page
    assert PasswordLink.objects.get().created_by == staff
    assert (
        "password-link/" + address.split("/")[3]
        not in browser.get(f"/operator/users/{person.pk}/").content.decode()
    )
    assert client.post(address, {"password": NEW_PASSWORD}).status_code == 302


def test_a_link_is_revoked(client_of: ClientOf) -> None:
    person = make_user()
    browser = client_of(make_staff())
    browser.post(f"/operator/users/{person.pk}/password-link/")
    browser.post(f"/operator/users/{person.pk}/password-link/revoke/")
    assert not PasswordLink.objects.open().exists()


def test_an_account_is_switched_off_and_its_session_ends(client_of: ClientOf) -> None:
    person = make_user()
    session = client_of(person)
    client_of(make_staff()).post(f"/operator/users/{person.pk}/deactivate/")
    assert session.get("/account/").status_code == 302
    client_of(make_staff("other")).post(f"/operator/users/{person.pk}/activate/")
    person.refresh_from_db()
    assert person.is_active
    assert person.check_password(PASSWORD)


def test_an_unknown_user_is_not_found(client_of: ClientOf) -> None:
    browser = client_of(make_staff())
    for number in ("0", "9" * 30):
        assert browser.get(f"/operator/users/{number}/").status_code == 404


def test_pages_of_wagtail_and_the_dashboard_lead_to_these(client_of: ClientOf) -> None:
    browser = client_of(make_administrator())
    person = make_user()
    one = f"/operator/users/{person.pk}/"
    for path, target in {
        "/cms/users/": "/operator/users/",
        "/cms/users/new/": "/operator/users/new/",
        f"/cms/users/edit/{person.pk}/": one,
        f"/cms/users/delete/{person.pk}/": one,
        f"/cms/users/history/{person.pk}/": one,
        "/cms/account/": "/account/",
        "/dashboard/users/": "/operator/users/",
        f"/dashboard/users/{person.pk}/": one,
        f"/dashboard/users/{person.pk}/password-reset/": one,
    }.items():
        response = browser.get(path)
        assert (response.status_code, response.url) == (302, target), path


@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
def test_bulk_actions_of_wagtail_reach_no_user(client_of: ClientOf, action: str) -> None:
    person = make_user()
    path = f"/cms/bulk/accounts/user/{action}/?id={person.pk}"
    response = client_of(make_administrator()).post(path, {"mark_as_active": "", "role": ""})
    assert (response.status_code, response.url) == (302, "/operator/users/")
    person.refresh_from_db()
    assert person.is_active


def test_password_reset_of_wagtail_is_closed(client: Client, client_of: Callable[[User], Client]) -> None:
    assert client.get("/cms/password_reset/").url == "/account/login/?next=/cms/password_reset/"
    assert client_of(make_administrator()).get("/cms/password_reset/").status_code == 404


def test_staff_make_a_person_an_editor_and_take_it_away(client_of: ClientOf) -> None:
    person, staff = make_user("li-si"), client_of(make_staff())
    address = f"/operator/users/{person.pk}/page-role/"
    assert staff.post(address, {"role": "编辑"}).url == f"/operator/users/{person.pk}/"
    assert page_role_of(person) == PageRole.EDITOR
    assert staff.get(f"/operator/users/{person.pk}/").context["page_role_form"].initial == {
        "role": PageRole.EDITOR
    }
    staff.post(address, {"role": "站长"})
    assert page_role_of(person) == PageRole.EDITOR
    staff.post(address, {"role": ""})
    assert page_role_of(person) is None


def test_nobody_gives_themselves_a_role_at_the_pages(client_of: ClientOf) -> None:
    staff, ordinary = make_staff(), make_user("li-si")
    assert (
        client_of(staff).post(f"/operator/users/{staff.pk}/page-role/", {"role": "审核"}).status_code == 403
    )
    assert (
        client_of(ordinary).post(f"/operator/users/{ordinary.pk}/page-role/", {"role": "审核"}).status_code
        == 403
    )
    assert page_role_of(staff) is None
    assert page_role_of(ordinary) is None
