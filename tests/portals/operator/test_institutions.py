"""The operator runs the institutions."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from marketplace.institutions.models import Institution, InstitutionMembership
from tests.factories import trade
from tests.factories.members import Role, join_institution
from tests.factories.regions import dongguan, jieyang
from tests.factories.users import make_staff, make_user

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
CODE = "11320000MB151840XJ"
TYPED = {"name": "示范市第一中学", "kind": "budget_unit", "uscc": "", "region": "445200", "parent": ""}


@pytest.fixture(autouse=True)
def _regions() -> None:
    jieyang()


@pytest.fixture
def staff_client(client_of: ClientOf) -> Client:
    """Of one of the operator's staff."""
    return client_of(make_staff())


def made(name: str = "示范市教育局", **fields: object) -> Institution:
    """A saved institution in 揭阳."""
    values = {"kind": Institution.Kind.DEPARTMENT, "region_id": "445200", **fields}
    return Institution.objects.create(name=name, **values)


def test_an_institution_is_registered_under_its_department(staff_client: Client) -> None:
    office = made(uscc=CODE)
    for name, parent in (("一中", "示范市教育局"), ("二中", CODE.lower())):
        typed = {**TYPED, "name": name, "parent": parent}
        response = staff_client.post("/operator/institutions/new/", typed)
        found = Institution.objects.get(name=name)
        assert response.url == f"/operator/institutions/{found.pk}/"
        assert found.parent == office
    assert AuditEntry.objects.filter(action="institutions.created", actor_name="运营员").count() == 2


def test_a_second_click_registers_nothing(staff_client: Client) -> None:
    staff_client.post("/operator/institutions/new/", TYPED)
    response = staff_client.post("/operator/institutions/new/", TYPED)
    assert set(response.context["form"].errors) == {"name"}
    assert Institution.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "wrong", "says"),
    [
        ({"uscc": "11320000MB151840XK"}, "uscc", "不是有效的统一社会信用代码"),
        ({"uscc": CODE}, "uscc", "这个代码已登记给示范市教育局"),
        ({"name": "示范市教育局"}, "name", "已登记过示范市教育局"),
        ({"name": ""}, "name", ""),
        ({"region": "x"}, "region", "没有代码为 x 的地区"),
        ({"kind": ""}, "kind", ""),
        ({"parent": "没有的局"}, "parent", "没有这个名称或代码的单位"),
        ({"parent": "重名局"}, "parent", "有多个单位叫这个名称"),
    ],
)
def test_what_cannot_be_registered_says_why(
    staff_client: Client, changes: dict[str, str], wrong: str, says: str
) -> None:
    made(uscc=CODE)
    made("重名局")
    dongguan()
    made("重名局", region_id="441900")
    response = staff_client.post("/operator/institutions/new/", {**TYPED, **changes})
    errors = response.context["form"].errors
    assert set(errors) == {wrong}
    assert says in errors[wrong][0]
    assert Institution.objects.count() == 3


def test_a_circle_is_refused(staff_client: Client) -> None:
    office = made()
    school = made("示范市第一中学", parent=office)
    page = f"/operator/institutions/{office.pk}/change/"
    typed = {"name": office.name, "kind": office.kind, "region": "445200"}
    response = staff_client.post(page, {**typed, "parent": school.name})
    assert "本身隶属于本单位" in response.context["form"].errors["parent"][0]
    office.refresh_from_db()
    assert office.parent is None


def test_what_was_registered_stands_in_the_form(staff_client: Client) -> None:
    school = made("示范市第一中学", parent=made(), uscc=CODE)
    form = staff_client.get(f"/operator/institutions/{school.pk}/change/").context["form"]
    assert 'value="示范市教育局"' in str(form["parent"])
    assert 'value="445200"' in str(form["region"])
    typed = {"name": "一中", "kind": "budget_unit", "uscc": CODE, "region": "445200", "parent": ""}
    staff_client.post(f"/operator/institutions/{school.pk}/change/", typed)
    school.refresh_from_db()
    assert (school.name, school.parent) == ("一中", None)


def test_the_list_costs_the_same_for_one_and_for_many(
    staff_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    unit = trade.unit()
    join_institution(unit.institution, unit.head, Role.VIEWER)
    with django_assert_num_queries(5):  # session, user, set aside, count, page
        (found,) = staff_client.get("/operator/institutions/").context["page"]
    assert found.member_count == 6
    office = made()
    for number in range(49):
        made(f"学校 {number}", parent=office)
    with django_assert_num_queries(5):
        assert len(staff_client.get("/operator/institutions/").context["page"]) == 30
    found = staff_client.get("/operator/institutions/", {"q": "教育局"}).context["page"]
    assert [each.name for each in found] == ["示范市教育局"]


def test_an_institution_costs_the_same_for_one_and_for_fifty_members(
    staff_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    school = made("示范市第一中学", parent=made())
    join_institution(school, make_user("first"), Role.HEAD)
    for number in range(50):
        if number in (0, 49):
            with django_assert_num_queries(5):  # session, user, set aside, institution, members
                staff_client.get(f"/operator/institutions/{school.pk}/")
        join_institution(school, make_user(f"user-{number}"), Role.REQUESTER, Role.RECEIVER)


def test_the_operator_gives_an_institution_its_members(staff_client: Client, client_of: ClientOf) -> None:
    school = made("示范市第一中学")
    page = f"/operator/institutions/{school.pk}/"
    person = make_user("li-si")
    data = {"person": "li-si", "roles": ["head", "approver"]}
    assert staff_client.post(f"{page}members/add/", data).url == page
    assert client_of(person).get("/buyer/").context["organisation_note"] == "审批人 · 负责人"
    new = {"name": "新人", "username": "new", "roles": ["requester"]}
    assert "二维码" in staff_client.post(f"{page}members/new/", new, follow=True).content.decode()
    assert staff_client.post(f"{page}members/{person.pk}/remove/").url == page
    held = InstitutionMembership.objects.filter(is_active=True).values_list("user__username", "role")
    assert list(held) == [("new", "requester")]
