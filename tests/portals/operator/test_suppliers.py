"""The operator runs the suppliers."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalog.partner import services
from catalog.partner.models import Partner, SupplierMembership, SupplierVillage
from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from tests.factories import goods, trade
from tests.factories.members import SupplierRole, join_supplier
from tests.factories.regions import jieyang, region
from tests.factories.users import make_staff, make_user

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
CODE = "91110000600037341L"
TYPED = {"name": "圩埔合作社", "kind": "cooperative", "uscc": "", "region": "445203"}


@pytest.fixture(autouse=True)
def _regions() -> None:
    jieyang()


@pytest.fixture
def staff_client(client_of: ClientOf) -> Client:
    """Of one of the operator's staff."""
    return client_of(make_staff())


def test_a_supplier_is_registered_and_then_led_to_its_page(staff_client: Client) -> None:
    response = staff_client.post("/operator/suppliers/new/", {**TYPED, "uscc": "９1110000 600037341l"})
    supplier = Partner.objects.get()
    assert response.url == f"/operator/suppliers/{supplier.pk}/"
    assert (supplier.name, supplier.uscc, supplier.region_id) == ("圩埔合作社", CODE, "445203")
    assert AuditEntry.objects.get().actor_name == "运营员"


def test_a_second_click_registers_nothing(staff_client: Client) -> None:
    staff_client.post("/operator/suppliers/new/", TYPED)
    response = staff_client.post("/operator/suppliers/new/", TYPED)
    assert set(response.context["form"].errors) == {"name"}
    assert Partner.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "wrong", "says"),
    [
        ({"uscc": "91110000600037341K"}, "uscc", "不是有效的统一社会信用代码"),
        ({"uscc": CODE}, "uscc", "这个代码已登记给港美合作社，请在列表中查找。"),
        ({"uscc": "1" * 41}, "uscc", ""),
        ({"name": ""}, "name", ""),
        ({"name": "港美合作社"}, "name", "这个地区已登记过港美合作社，请在列表中查找。"),
        ({"name": "社" * 101}, "name", ""),
        ({"region": "999999"}, "region", "没有代码为 999999 的地区"),
        ({"region": ""}, "region", ""),
        ({"kind": "king"}, "kind", ""),
    ],
)
def test_what_cannot_be_registered_says_why(
    staff_client: Client, changes: dict[str, str], wrong: str, says: str
) -> None:
    goods.supplier("港美合作社", uscc=CODE, region_id="445203")
    response = staff_client.post("/operator/suppliers/new/", {**TYPED, **changes})
    errors = response.context["form"].errors
    assert set(errors) == {wrong}
    assert says in errors[wrong][0]
    assert Partner.objects.count() == 1


def test_a_registration_is_changed(staff_client: Client) -> None:
    supplier = goods.supplier("圩埔合作社", region_id="445203")
    page = f"/operator/suppliers/{supplier.pk}/change/"
    assert staff_client.get(page).context["form"]["region"].value() == "445203"
    staff_client.post(page, {**TYPED, "name": "圩埔村合作社", "kind": "collective"})
    supplier.refresh_from_db()
    assert (supplier.name, supplier.kind) == ("圩埔村合作社", "collective")


def test_the_operator_changes_where_a_supplier_is_paid(staff_client: Client) -> None:
    supplier = goods.supplier()
    page = f"/operator/suppliers/{supplier.pk}/details/"
    typed = {
        "contact_phone": "0663-8234567",
        "account_name": "圩埔合作社",
        "bank_name": "农商银行",
        "account_number": "6200 4452 0300 01",
        "flat_freight": "３０",
    }
    assert staff_client.post(page, typed).url == f"/operator/suppliers/{supplier.pk}/"
    supplier.refresh_from_db()
    assert (supplier.account_number, supplier.contact_phone) == ("62004452030001", "06638234567")
    assert supplier.flat_freight == Decimal("30.00")
    response = staff_client.post(page, {**typed, "bank_name": "", "flat_freight": "9" * 30})
    assert set(response.context["form"].errors) == {"bank_name", "flat_freight"}


def test_a_supplier_is_admitted_once(staff_client: Client) -> None:
    supplier = goods.supplier()
    for _twice in range(2):
        response = staff_client.post(f"/operator/suppliers/{supplier.pk}/admit/")
        assert response.url == f"/operator/suppliers/{supplier.pk}/"
    supplier.refresh_from_db()
    assert supplier.admitted_by is not None
    assert AuditEntry.objects.filter(action="partner.admitted").count() == 1


def test_villages_are_given_and_taken(staff_client: Client) -> None:
    supplier = goods.supplier()
    page = f"/operator/suppliers/{supplier.pk}/"
    assert staff_client.post(f"{page}villages/", {"village": "445203001204"}).url == page
    (place,) = staff_client.get(page).context["villages"]
    assert place.path == "广东省 揭阳市 揭东区 曲溪街道 圩埔村委会"
    for _twice in range(2):
        assert staff_client.post(f"{page}villages/445203001204/remove/").url == page
    assert not SupplierVillage.objects.exists()
    assert staff_client.post(f"{page}villages/nowhere/remove/").status_code == 404


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("445203001001", "曲溪居委会 不是行政村"),
        ("445203001", "这里不能选曲溪街道"),
        ("445203999999", "没有代码为 445203999999 的地区"),
        ("x", "没有代码为 x 的地区"),
        ("", ""),
    ],
)
def test_what_is_no_village_is_named(staff_client: Client, code: str, says: str) -> None:
    supplier = goods.supplier()
    response = staff_client.post(f"/operator/suppliers/{supplier.pk}/villages/", {"village": code})
    assert set(response.context["form"].errors) == {"village"}
    assert says in response.context["form"].errors["village"][0]
    assert not SupplierVillage.objects.exists()


def test_suppliers_are_found_and_paged(staff_client: Client) -> None:
    for number in range(31):
        goods.supplier(f"合作社 {number:02}")
    goods.supplier("圩埔合作社", uscc=CODE)
    page = staff_client.get("/operator/suppliers/", {"page": 2}).context["page"]
    assert len(page) == 2
    for query in ("圩埔", "9111"):
        found = staff_client.get("/operator/suppliers/", {"q": query}).context["page"]
        assert [supplier.name for supplier in found] == ["圩埔合作社"]
    assert staff_client.get("/operator/suppliers/", {"q": "\0", "page": "x"}).status_code == 200


def test_the_list_costs_the_same_for_one_and_for_many(
    staff_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    trade.seller()
    with django_assert_num_queries(5):  # session, user, set aside, count, page
        (supplier,) = staff_client.get("/operator/suppliers/").context["page"]
    assert (supplier.member_count, supplier.village_count) == (3, 1)
    for number in range(49):
        goods.supplier(f"合作社 {number}", region_id="445202")
    with django_assert_num_queries(5):
        assert len(staff_client.get("/operator/suppliers/").context["page"]) == 30


def test_a_supplier_costs_the_same_for_one_and_for_fifty_members_and_villages(
    staff_client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    supplier = trade.seller().supplier
    with django_assert_num_queries(7):  # session, user, set aside, supplier, villages, their places, members
        staff_client.get(f"/operator/suppliers/{supplier.pk}/")
    for number in range(50):
        join_supplier(supplier, make_user(f"user-{number}"))
        village = region(f"4452030012{number + 10}", f"村{number}村委会", parent="445203001")
        services.add_village(supplier=supplier, village=village)
    with django_assert_num_queries(7):
        response = staff_client.get(f"/operator/suppliers/{supplier.pk}/")
    assert len(response.context["villages"]) == 51


def test_the_operator_gives_a_supplier_its_head(staff_client: Client, client_of: ClientOf) -> None:
    supplier = goods.supplier()
    page = f"/operator/suppliers/{supplier.pk}/"
    person = make_user("li-si")
    data = {"person": "li-si", "roles": SupplierRole.HEAD}
    assert staff_client.post(f"{page}members/add/", data).url == page
    assert client_of(person).get("/supplier/members/").url == f"/supplier/members/{supplier.pk}/"
    assert staff_client.post(f"{page}members/{person.pk}/remove/").url == page
    assert not SupplierMembership.objects.filter(is_active=True).exists()


def test_the_operators_staff_gives_itself_nothing(client_of: ClientOf) -> None:
    staff, supplier = make_staff(), goods.supplier()
    data = {"person": staff.username, "roles": SupplierRole.CADRE}
    response = client_of(staff).post(f"/operator/suppliers/{supplier.pk}/members/add/", data)
    assert response.context["form"].non_field_errors()
    assert not SupplierMembership.objects.exists()


def test_a_persons_page_shows_all_their_memberships(staff_client: Client) -> None:
    seller, unit = trade.seller(), trade.unit()
    person = join_supplier(seller.supplier, make_user("li-si"), SupplierRole.BOOKKEEPER)
    for role in ("approver", "viewer"):
        unit.institution.memberships.create(user=person, role=role)
    page = staff_client.get(f"/operator/users/{person.pk}/").content.decode()
    for text in ("埔田竹笋专业合作社", "会计", "示范市第一中学", "审批人", "查看人"):
        assert text in page
    assert f"/operator/suppliers/{seller.supplier.pk}/members/{person.pk}/" in page


def test_the_trail_of_members_is_read_in_words(staff_client: Client) -> None:
    supplier, person = goods.supplier(), make_user("li-si", name="李四")
    page = f"/operator/suppliers/{supplier.pk}/members/"
    staff_client.post(f"{page}add/", {"person": "li-si", "roles": SupplierRole.CADRE})
    staff_client.post(f"{page}{person.pk}/", {"roles": SupplierRole.BOOKKEEPER})
    rows = staff_client.get("/operator/audit/", {"kind": "partner.partner"}).context["rows"]
    changes = [(row.action, {each.field: (each.before, each.after) for each in row.changes}) for row in rows]
    assert changes == [
        ("变更角色", {"角色": ("驻村干部", "会计"), "用户": ("", "李四")}),
        ("添加成员", {"角色": ("", "驻村干部"), "用户": ("", "李四")}),
    ]


def test_admission_shows_who_and_when(staff_client: Client) -> None:
    supplier = goods.supplier()
    services.admit_supplier(supplier=supplier, actor=make_user("li-si", name="李四"), now=timezone.now())
    assert "李四" in staff_client.get(f"/operator/suppliers/{supplier.pk}/").content.decode()
