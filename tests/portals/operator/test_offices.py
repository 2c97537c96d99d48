"""The operator runs the offices."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from supplier_villages.offices.models import Office, OfficeMembership
from tests.factories.offices import make_office
from tests.factories.regions import jieyang, region
from tests.factories.users import make_staff, make_user

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _regions() -> None:
    jieyang()


@pytest.fixture
def staff_client(client_of: ClientOf) -> Client:
    """Of one of the operator's staff."""
    return client_of(make_staff())


def test_only_staff_get_in(client: Client, client_of: ClientOf) -> None:
    office, person = make_office("445203"), make_user()
    ordinary = client_of(person)
    for path in ("/operator/offices/", "/operator/offices/new/", f"/operator/offices/{office.pk}/"):
        assert client.get(path).url == f"/account/login/?next={path}"
        assert ordinary.get(path).status_code == 403
    for path, data in {
        "/operator/offices/new/": {"region": "445202", "name": "扶贫办"},
        f"/operator/offices/{office.pk}/members/": {"identifier": person.username},
        f"/operator/users/{person.pk}/offices/": {"office": "445203"},
    }.items():
        assert ordinary.post(path, data).status_code == 403
    assert Office.objects.count() == 1
    assert not OfficeMembership.objects.exists()
    assert not AuditEntry.objects.exists()


def test_an_office_is_opened(staff_client: Client) -> None:
    response = staff_client.post("/operator/offices/new/", {"region": "445203", "name": "揭东区扶贫办"})
    office = Office.objects.get()
    assert response.url == f"/operator/offices/{office.pk}/"
    assert (office.region_id, office.level, office.name) == ("445203", "county", "揭东区扶贫办")
    assert AuditEntry.objects.get(action="offices.created").actor_name == "运营员"


@pytest.mark.parametrize(
    ("code", "name", "wrong"),
    [
        ("445203001204", "村扶贫办", "region"),
        ("445202", "第二办", "region"),
        ("999999", "扶贫办", "region"),
        ("", "扶贫办", "region"),
        ("445203", "", "name"),
    ],
)
def test_an_office_that_cannot_be_opened_says_why(
    staff_client: Client, code: str, name: str, wrong: str
) -> None:
    make_office("445202")
    response = staff_client.post("/operator/offices/new/", {"region": code, "name": name})
    assert set(response.context["form"].errors) == {wrong}
    assert Office.objects.count() == 1


def test_members_are_added_by_any_identifier_and_removed(staff_client: Client) -> None:
    office, person = make_office("445203"), make_user(phone="13800138000")
    page = f"/operator/offices/{office.pk}/"
    assert staff_client.post(f"{page}members/", {"identifier": "138 0013 8000"}).url == page
    assert [membership.user for membership in staff_client.get(page).context["members"]] == [person]
    assert staff_client.post(f"{page}members/{person.pk}/remove/").url == page
    assert not staff_client.get(page).context["members"]


def test_nobody_and_a_switched_off_account_cannot_be_added(staff_client: Client) -> None:
    office = make_office("445203")
    make_user("gone", is_active=False)
    for identifier in ("nobody", "gone", ""):
        response = staff_client.post(f"/operator/offices/{office.pk}/members/", {"identifier": identifier})
        assert response.status_code == 200
    assert not OfficeMembership.objects.exists()


def test_an_account_is_opened_with_its_office_or_not_at_all(staff_client: Client) -> None:
    office = make_office("445203")
    data = {"name": "李四", "username": "li-si", "office": "445203"}
    staff_client.post("/operator/users/new/", data)
    assert OfficeMembership.objects.get().user.username == "li-si"
    response = staff_client.post("/operator/users/new/", {**data, "username": "wang-wu", "office": "445202"})
    assert set(response.context["form"].errors) == {"office"}
    assert not User.objects.filter(username="wang-wu").exists()
    assert OfficeMembership.objects.get().office == office


def test_a_person_joins_an_office_from_their_own_page(staff_client: Client) -> None:
    make_office("445203")
    person = make_user()
    page = f"/operator/users/{person.pk}/"
    assert staff_client.post(f"{page}offices/", {"office": "445203"}).url == page
    (membership,) = staff_client.get(page).context["memberships"]
    assert membership.office.region_id == "445203"
    assert staff_client.post(f"{page}offices/", {"office": "445281"}).url == page
    assert OfficeMembership.objects.count() == 1


def test_the_list_costs_the_same_for_one_and_for_fifty(
    staff_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_office("445203", make_user("one"), make_user("two"))
    with django_assert_num_queries(5):  # session, user, set aside, count, page
        page = staff_client.get("/operator/offices/").context["page"]
        assert [office.member_count for office in page] == [2]
    for number in range(49):
        region(f"445203{number + 100}", "某镇", parent="445203")
        make_office(f"445203{number + 100}")
    with django_assert_num_queries(5):
        assert staff_client.get("/operator/offices/").context["page"].paginator.count == 50


def test_an_office_costs_the_same_for_one_and_for_fifty_members(
    staff_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for code, count in (("445202", 1), ("445203", 50)):
        office = make_office(code, *(make_user(f"user-{code}-{number}") for number in range(count)))
        with django_assert_num_queries(5):  # session, user, set aside, office, members
            assert len(staff_client.get(f"/operator/offices/{office.pk}/").context["members"]) == count


def test_offices_are_found_by_name_and_code(staff_client: Client) -> None:
    make_office("445202")
    make_office("445203001")
    for query, found in {"榕城": ["445202"], "445203": ["445203001"], "nothing": []}.items():
        page = staff_client.get("/operator/offices/", {"q": query}).context["page"]
        assert [office.region_id for office in page] == found


def test_the_account_shows_where_a_person_works(client_of: ClientOf) -> None:
    person = make_user()
    make_office("445203", person)
    make_office("445202", person)
    workplaces = client_of(person).get("/account/").context["workplaces"]
    assert [place.label for place in workplaces] == ["榕城区扶贫办", "揭东区扶贫办"]
