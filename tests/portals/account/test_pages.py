"""Registering, password links and a person's own data."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.accounts import page_roles, services
from marketplace.accounts.models import User
from marketplace.accounts.page_roles import PageRole
from tests.factories.users import NEW_PASSWORD, PASSWORD, make_administrator, make_staff, make_user

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


def errors_of(response) -> dict[str, list[str]]:
    """The codes of a form's errors by field."""
    data = response.context["form"].errors.as_data()
    return {field: [error.code for error in errors] for field, errors in data.items()}


def test_an_individual_registers_and_is_logged_in(client: Client) -> None:
    data = {"name": "张三", "phone": "138 0013 8000", "email": "", "password": PASSWORD}
    assert client.post("/account/register/", data).url == "/account/"
    user = User.objects.get()
    assert (user.name, user.phone, user.is_staff) == ("张三", "13800138000", False)
    assert client.session["_auth_user_id"] == str(user.pk)


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [("/product/7/", "/product/7/"), ("https://evil.example/", "/account/"), ("", "/account/")],
)
def test_who_registers_comes_back_to_where_they_were(client: Client, asked: str, led_to: str) -> None:
    for page in ("login", "register"):
        text = client.get(f"/account/{page}/", {"next": "/product/7/"}).content.decode()
        assert "?next=/product/7/" in text  # each leads to the other with the way back
    data = {"name": "张三", "phone": "13800138000", "email": "", "password": PASSWORD, "next": asked}
    assert client.post("/account/register/", data).url == led_to


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": "123"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"email": "nobody"}, "email"),
        ({"password": "12345678"}, "password"),
        ({"password": "x" * 129}, "password"),
        ({"name": "a\0b"}, "name"),
    ],
)
def test_registering_says_which_field_is_wrong(client: Client, changed: dict[str, str], field: str) -> None:
    data = {"name": "张三", "phone": "13800138000", "email": "", "password": PASSWORD, **changed}
    response = client.post("/account/register/", data)
    assert response.status_code == 200
    assert set(errors_of(response)) == {field}
    assert not User.objects.exists()


def test_registering_says_the_same_for_a_known_phone_and_a_known_address(client: Client) -> None:
    make_user("li-si", phone="13800138000", email="li@example.cn")
    pages = [
        client.post("/account/register/", {"name": "张三", "password": PASSWORD, **known})
        for known in ({"phone": "13800138000"}, {"email": "li@example.cn"})
    ]
    assert [errors_of(page) for page in pages] == [{"__all__": ["taken"]}] * 2
    assert User.objects.count() == 1
    assert "_auth_user_id" not in client.session


def issue(user: User) -> str:
    """The address of a new link."""
    token = services.issue_password_link(user=user, created_by=None, now=timezone.now()).token
    return f"/account/password-link/{token}/"


def test_opening_a_link_changes_nothing_and_using_it_logs_in(client: Client) -> None:
    user = make_user(password=None)
    address = issue(user)
    for _preview in range(2):
        assert client.get(address).status_code == 200
    assert client.post(address, {"password": NEW_PASSWORD}).url == "/account/"
    assert client.session["_auth_user_id"] == str(user.pk)
    assert client.get(address).status_code == 410


def test_a_link_with_a_weak_password_can_be_tried_again(client: Client) -> None:
    address = issue(make_user(password=None))
    assert errors_of(client.post(address, {"password": "12345678"})).keys() == {"password"}
    assert client.post(address, {"password": NEW_PASSWORD}).status_code == 302


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_link_that_has_expired_is_gone(client: Client, method: str) -> None:
    user = make_user()
    eight_days_ago = timezone.now() - timedelta(days=8)
    token = services.issue_password_link(user=user, created_by=None, now=eight_days_ago).token
    response = getattr(client, method)(f"/account/password-link/{token}/", {"password": NEW_PASSWORD})
    assert response.status_code == 410
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_a_link_is_neither_cached_nor_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    address = issue(make_user(password=None))
    with caplog.at_level("DEBUG"):
        response = client.get(address)
    assert "no-store" in response["Cache-Control"]
    token = address.split("/")[3]
    said = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert any("/account/password-link/…/" in line for line in said)
    assert not any(token in line for line in said)


def test_a_stranger_is_asked_to_log_in(client: Client) -> None:
    for path in ("/account/", "/account/details/", "/account/password/"):
        assert client.get(path).url == f"/account/login/?next={path}"


def test_the_account_shows_an_ordinary_person_no_workplace(client_of: ClientOf) -> None:
    response = client_of(make_user()).get("/account/")
    assert response.context["workplaces"] == []


def test_the_account_leads_staff_to_their_portal(client_of: ClientOf) -> None:
    response = client_of(make_staff()).get("/account/")
    assert [place.url for place in response.context["workplaces"]] == ["/operator/"]
    response = client_of(make_administrator()).get("/account/")
    assert [place.url for place in response.context["workplaces"]] == ["/operator/", "/cms/"]


@pytest.mark.parametrize("role", list(PageRole))
def test_the_account_leads_editors_and_reviewers_to_the_pages(client_of: ClientOf, role: PageRole) -> None:
    person = make_user()
    page_roles.give(user=person, role=role)
    (place,) = client_of(person).get("/account/").context["workplaces"]
    assert (place.url, place.note) == ("/cms/", role.label)


def test_a_person_changes_name_and_address(client_of: ClientOf) -> None:
    user = make_user()
    response = client_of(user).post("/account/details/", {"name": "张三丰", "email": "Zhang@example.cn"})
    assert response.url == "/account/"
    user.refresh_from_db()
    assert (user.name, user.email) == ("张三丰", "zhang@example.cn")


def test_anothers_address_is_refused(client_of: ClientOf) -> None:
    make_user("li-si", email="li@example.cn")
    user = make_user()
    response = client_of(user).post("/account/details/", {"name": "张三丰", "email": "li@example.cn"})
    assert errors_of(response).keys() == {"email"}
    user.refresh_from_db()
    assert (user.name, user.email) == ("张三", None)


def test_a_changed_password_ends_other_sessions_and_keeps_this_one(client_of: ClientOf) -> None:
    user = make_user()
    here, elsewhere = client_of(user), client_of(user)
    data = {"old_password": PASSWORD, "password": NEW_PASSWORD}
    assert here.post("/account/password/", data).url == "/account/"
    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_a_wrong_old_password_changes_nothing(client_of: ClientOf) -> None:
    user = make_user()
    response = client_of(user).post("/account/password/", {"old_password": "no", "password": NEW_PASSWORD})
    assert errors_of(response).keys() == {"old_password"}
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_pages_forbid_inline_scripts_and_have_none(client_of: ClientOf) -> None:
    for path in ("/account/", "/account/details/", "/account/password/"):
        response = client_of(make_user(path.replace("/", "-"))).get(path)
        assert "unsafe-inline" not in response["Content-Security-Policy"]
        page = response.content.decode()
        assert " style=" not in page
        assert " onclick=" not in page
