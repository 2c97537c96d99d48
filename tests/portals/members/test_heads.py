"""The head of an institution or a supplier says who belongs to it."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalog.partner.models import SupplierMembership
from marketplace.accounts import services as accounts
from marketplace.accounts.models import PasswordLink, User
from marketplace.core.audit.models import AuditEntry
from marketplace.institutions.models import InstitutionMembership
from tests.factories import trade, users
from tests.factories.members import Role, SupplierRole, join_institution, join_supplier
from tests.factories.users import NEW_PASSWORD, make_user

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@dataclass(frozen=True)
class House:
    """An organisation, its head's browser, where its members are, and what an ordinary one is there."""

    url: str
    head: User
    browser: Client
    member: User
    ordinary: str
    join: Callable[[User], User]

    def roles(self, user: User) -> set[str]:
        """What the user is there now."""
        held = (SupplierMembership if "supplier" in self.url else InstitutionMembership).objects.filter(
            user=user, is_active=True
        )
        return set(held.values_list("role", flat=True))


def school(client_of: ClientOf) -> House:
    unit = trade.unit()
    return House(
        f"/buyer/members/{unit.institution.pk}/",
        unit.head,
        client_of(unit.head),
        unit.viewer,
        "viewer",
        lambda user: join_institution(unit.institution, user, Role.VIEWER),
    )


def cooperative(client_of: ClientOf) -> House:
    seller = trade.seller()
    return House(
        f"/supplier/members/{seller.supplier.pk}/",
        seller.head,
        client_of(seller.head),
        seller.bookkeeper,
        "bookkeeper",
        lambda user: join_supplier(seller.supplier, user, SupplierRole.BOOKKEEPER),
    )


@pytest.fixture(params=[school, cooperative], ids=["school", "cooperative"])
def house(request: pytest.FixtureRequest, client_of: ClientOf) -> House:
    trade.land()
    return request.param(client_of)


def test_the_way_leads_to_the_members_of_the_organisation(house: House) -> None:
    entrance = re.sub(r"\d+/$", "", house.url)
    assert house.browser.get(entrance).url == house.url
    page = house.browser.get(house.url)
    assert entrance in [item.url for item in page.context["navigation"]]
    assert house.member.get_full_name() in page.content.decode()


def test_somebody_with_an_account_is_taken_in_by_any_of_their_names(house: House) -> None:
    person = make_user("li-si", name="李四", phone="13800138000")
    data = {"person": "１３８ 0013 8000", "roles": house.ordinary}
    assert house.browser.post(f"{house.url}add/", data).url == house.url
    assert house.roles(person) == {house.ordinary}
    assert AuditEntry.objects.get().actor_id == house.head.pk
    house.browser.post(f"{house.url}add/", data)
    assert AuditEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "wrong", "says"),
    [
        ({"person": "nobody"}, "person", "没有这个账号。请核对，或为此人开通账号。"),
        ({"person": ""}, "person", ""),
        ({"person": "gone"}, "__all__", "这个账号已停用。请先由平台运营方启用，再添加。"),
        ({"person": "li-si", "roles": []}, "roles", "请选择此人的角色。"),
        ({"person": "li-si", "roles": "king"}, "roles", ""),
        ({"person": "\0", "roles": ""}, "person", ""),
    ],
)
def test_who_cannot_be_taken_in_is_named_with_the_remedy(
    house: House, typed: dict[str, object], wrong: str, says: str
) -> None:
    make_user("li-si")
    make_user("gone", is_active=False)
    response = house.browser.post(f"{house.url}add/", {"roles": house.ordinary, **typed})
    errors = response.context["form"].errors
    assert wrong in errors
    assert says in errors[wrong] or not says
    assert not AuditEntry.objects.exists()


def test_a_new_person_gets_an_account_a_role_and_a_link_that_is_shown_once(
    house: House, client: Client
) -> None:
    data = {"name": "新人", "phone": "138 0013 8000", "roles": house.ordinary, "is_staff": "on"}
    page = house.browser.post(f"{house.url}new/", data, follow=True)
    person = User.objects.get(phone="13800138000")
    assert (person.is_staff, person.is_superuser, house.roles(person)) == (False, False, {house.ordinary})
    address = re.search(r"http://testserver(/account/password-link/[0-9a-f]{32}/)", page.content.decode())[1]
    assert 'class="qr-code"' in page.content.decode()
    assert "no-store" in page.headers["Cache-Control"]
    again = house.browser.get(f"{house.url}{person.pk}/").content.decode()
    assert address not in again
    assert "还没设密码" in again
    assert client.post(address, {"password": NEW_PASSWORD}).status_code == 302
    assert "还没设密码" not in house.browser.get(f"{house.url}{person.pk}/").content.decode()


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"phone": "13900139000"}, "phone"),
        ({"phone": "1"}, "phone"),
        ({"phone": ""}, "phone"),
        ({"name": ""}, "name"),
        ({"username": "12345"}, "username"),
        ({"roles": ""}, "roles"),
    ],
)
def test_an_account_that_cannot_be_opened_says_why_and_leaves_nothing(
    house: House, changes: dict[str, str], wrong: str
) -> None:
    make_user("taken", phone="13900139000")
    people = User.objects.count()
    data = {"name": "新人", "phone": "13800138000", "roles": house.ordinary, **changes}
    response = house.browser.post(f"{house.url}new/", data)
    assert set(response.context["form"].errors) == {wrong}
    assert User.objects.count() == people
    assert not PasswordLink.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_second_click_opens_no_second_account(house: House) -> None:
    data = {"name": "新人", "phone": "13800138000", "roles": house.ordinary}
    house.browser.post(f"{house.url}new/", data)
    response = house.browser.post(f"{house.url}new/", data)
    assert set(response.context["form"].errors) == {"phone"}
    assert User.objects.filter(name="新人").count() == 1


def test_a_lost_link_is_made_anew_until_a_password_is_set(house: House, client: Client) -> None:
    house.browser.post(f"{house.url}new/", {"name": "新人", "username": "new", "roles": house.ordinary})
    person = User.objects.get(username="new")
    page = house.browser.post(f"{house.url}{person.pk}/link/", follow=True).content.decode()
    assert PasswordLink.objects.open().count() == 1
    assert PasswordLink.objects.count() == 2
    address = re.search(r"/account/password-link/[0-9a-f]{32}/", page)[0]
    client.post(address, {"password": NEW_PASSWORD})
    assert house.browser.post(f"{house.url}{person.pk}/link/").status_code == 403
    person.refresh_from_db()
    assert person.check_password(NEW_PASSWORD)


def test_nobody_gets_a_link_into_an_account_that_they_did_not_open(house: House) -> None:
    stranger = make_user("stranger", password=None)
    accounts.issue_password_link(user=stranger, created_by=users.operator(), now=timezone.now())
    house.join(stranger)
    assert house.browser.post(f"{house.url}{stranger.pk}/link/").status_code == 403
    assert house.browser.post(f"{house.url}{house.member.pk}/link/").status_code == 403
    assert PasswordLink.objects.count() == 1


def test_roles_are_changed(house: House) -> None:
    chosen = ["approver", "receiver"] if "buyer" in house.url else ["cadre"]
    page = f"{house.url}{house.member.pk}/"
    assert house.browser.post(page, {"roles": chosen}).url == house.url
    assert house.roles(house.member) == set(chosen)
    form = house.browser.get(page).context["form"]
    assert form["roles"].value() == (chosen if "buyer" in house.url else "cadre")


def test_who_is_removed_is_out_at_once(house: House, client_of: ClientOf) -> None:
    session = client_of(house.member)
    portal = "/buyer/" if "buyer" in house.url else "/supplier/"
    assert session.get(portal).status_code == 200
    page = f"{house.url}{house.member.pk}/remove/"
    assert house.browser.get(page).status_code == 200
    assert house.roles(house.member) == {house.ordinary}
    for _twice in range(2):
        assert house.browser.post(page).url == house.url
    assert session.get(portal).status_code == 403
    assert house.roles(house.member) == set()
    assert AuditEntry.objects.count() == 1


def test_the_only_head_cannot_go(house: House) -> None:
    response = house.browser.post(f"{house.url}{house.head.pk}/remove/", follow=True)
    assert "这是唯一的负责人。请先让其他人担任负责人，或联系平台运营方。" in response.content.decode()
    response = house.browser.post(f"{house.url}{house.head.pk}/", {"roles": house.ordinary})
    assert response.context["form"].non_field_errors()
    assert house.roles(house.head) == {"head"}


def test_a_head_gives_themselves_nothing(house: House) -> None:
    response = house.browser.post(
        f"{house.url}add/", {"person": house.head.username, "roles": house.ordinary}
    )
    assert response.context["form"].non_field_errors()
    assert house.roles(house.head) == {"head"}
    assert not AuditEntry.objects.exists()


def test_a_head_leaves_once_there_is_another(house: House) -> None:
    other = house.join(make_user("other"))
    house.browser.post(f"{house.url}{other.pk}/", {"roles": "head"})
    assert house.browser.post(f"{house.url}{house.head.pk}/remove/").url == "/account/"
    assert house.browser.get(house.url).status_code == 403
    assert (house.roles(other), house.roles(house.head)) == ({"head"}, set())


def test_who_belongs_to_another_organisation_is_not_there(house: House) -> None:
    outsider = make_user("outsider")
    for page in ("", "remove/"):
        assert house.browser.get(f"{house.url}{outsider.pk}/{page}").status_code == 404
    assert house.browser.post(f"{house.url}{outsider.pk}/", {"roles": house.ordinary}).status_code == 404
    assert house.browser.post(f"{house.url}{outsider.pk}/link/").status_code == 404
    assert house.roles(outsider) == set()


def test_the_list_costs_the_same_for_one_and_for_fifty(
    house: House, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # Session, user, memberships, members; the buyers' frame counts decisions.
    queries = 5 if "buyer" in house.url else 4
    with django_assert_num_queries(queries):
        house.browser.get(house.url)
    for number in range(50):
        house.join(make_user(f"user-{number}"))
    with django_assert_num_queries(queries):
        assert "user" in house.browser.get(house.url).content.decode()
