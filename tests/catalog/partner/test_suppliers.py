"""Suppliers: their code, registration, admission, details and villages."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from catalog.partner import permissions, services
from catalog.partner.models import Partner
from catalog.partner.uscc import is_valid_uscc, normalise_uscc, validate_uscc
from marketplace.core.audit.models import AuditEntry
from supplier_villages.regions.models import Region
from tests.factories import goods, regions
from tests.factories.goods import NOW
from tests.factories.members import SupplierRole as Role
from tests.factories.members import join_supplier
from tests.factories.users import make_staff, make_user


@pytest.mark.parametrize(
    ("code", "valid"),
    [
        ("11320000MB151840XJ", True),
        ("11320000MB151840XK", False),
        ("91110000600037341L", True),
        ("N2445203MF1234567" + "D", False),
        ("9111000060003734", False),
        ("91110000600037341l", False),
        ("91110000 600037341L", False),
        ("I1320000MB151840XJ", False),
        ("", False),
    ],
)
def test_a_unified_social_credit_code_is_checked_by_its_last_character(code: str, *, valid: bool) -> None:
    assert is_valid_uscc(code) is valid


def test_a_code_is_stored_in_capitals_without_spaces() -> None:
    assert normalise_uscc(" ９1110000 600037341l\u3000") == "91110000600037341L"


def test_a_village_collectives_code_begins_with_a_letter() -> None:
    stem, alphabet = "N2445203MF1234567", "0123456789ABCDEFGHJKLMNPQRTUWXY"
    weighted = sum(alphabet.index(character) * pow(3, place, 31) for place, character in enumerate(stem))
    check = alphabet[-weighted % 31]
    assert [character for character in alphabet if is_valid_uscc(stem + character)] == [check]
    validate_uscc(stem + check)
    with pytest.raises(ValidationError):
        validate_uscc(stem + ("0" if check != "0" else "1"))


@pytest.mark.django_db
def test_codes_are_unique_and_may_be_missing() -> None:
    goods.supplier("甲", uscc="91110000600037341L")
    goods.supplier("乙")
    goods.supplier("丙")
    with pytest.raises(IntegrityError), transaction.atomic():
        goods.supplier("丁", uscc="91110000600037341L")
    with pytest.raises(IntegrityError), transaction.atomic():
        goods.supplier("戊", uscc="no code")
    assert Partner.objects.count() == 3


@pytest.mark.django_db
def test_a_supplier_is_admitted_once() -> None:
    office, other = make_user("office"), make_user("other")
    supplier = goods.supplier()
    services.admit_supplier(supplier=supplier, actor=office, now=NOW)
    services.admit_supplier(supplier=supplier, actor=other, now=NOW)
    assert (supplier.admitted_at, supplier.admitted_by) == (NOW, office)
    assert list(Partner.objects.admitted()) == [supplier]
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
def test_who_handles_the_goods_of_an_admitted_supplier_lists() -> None:
    supplier, stranger = goods.supplier(), make_user("stranger")
    people = {role: join_supplier(supplier, make_user(role.value), role) for role in Role}
    assert not any(permissions.can_list(user, supplier) for user in people.values())
    services.admit_supplier(supplier=supplier, actor=make_staff(), now=NOW)
    able = {role: permissions.can_list(user, supplier) for role, user in people.items()}
    assert able == {Role.HEAD: True, Role.CADRE: True, Role.BOOKKEEPER: False}
    assert all(permissions.can_handle_money(user, supplier.pk) for user in people.values())
    assert not permissions.can_list(stranger, supplier)
    assert not permissions.can_handle_money(stranger, supplier.pk)


@pytest.mark.django_db
def test_who_may_no_longer_log_in_acts_for_nobody() -> None:
    supplier = goods.supplier()
    cadre = join_supplier(supplier, make_user("cadre"))
    assert list(permissions.suppliers_of(cadre)) == [supplier]
    cadre.is_active = False
    assert list(permissions.suppliers_of(cadre)) == []


def registration(**changes: object) -> services.Registration:
    """A cooperative in 揭东."""
    values = {"name": "圩埔合作社", "kind": Partner.Kind.COOPERATIVE, "region": regions.jieyang(), **changes}
    return services.Registration(**values)  # type: ignore[arg-type]


@pytest.mark.django_db
def test_a_supplier_is_registered_and_changed_with_a_trail() -> None:
    supplier = services.create_supplier(registration=registration(uscc="91110000600037341L"))
    assert (supplier.name, supplier.uscc, supplier.admitted_at) == ("圩埔合作社", "91110000600037341L", None)
    changed = registration(name="圩埔村合作社", uscc="91110000600037341L", kind=Partner.Kind.COLLECTIVE)
    for _twice in range(2):
        services.change_registration(supplier=supplier, registration=changed)
    supplier.refresh_from_db()
    assert (supplier.name, supplier.kind) == ("圩埔村合作社", "collective")
    entries = AuditEntry.objects.order_by("pk")
    assert [entry.action for entry in entries] == ["partner.created", "partner.registration_changed"]
    assert (entries[1].before["name"], entries[1].after["name"]) == ("圩埔合作社", "圩埔村合作社")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"name": "  "}, "name"),
        ({"name": "港美合作社"}, "name"),
        ({"uscc": "91110000600037341K"}, "uscc"),
        ({"uscc": ""}, "uscc"),
        ({"uscc": "91110000600037341L"}, "uscc"),
    ],
)
def test_a_supplier_that_cannot_be_registered_says_why(changes: dict[str, str], wrong: str) -> None:
    there = services.create_supplier(registration=registration(name="港美合作社", uscc="91110000600037341L"))
    other = services.create_supplier(registration=registration(name="别家"))
    for work in (
        lambda asked: services.create_supplier(registration=asked),
        lambda asked: services.change_registration(supplier=other, registration=asked),
    ):
        with pytest.raises(services.InvalidSupplier) as refusal:
            work(registration(**changes))
        assert set(refusal.value.problems) == {wrong}
    other.refresh_from_db()
    assert other.name == "别家"
    assert set(Partner.objects.values_list("pk", flat=True)) == {there.pk, other.pk}


@pytest.mark.django_db
def test_the_same_name_elsewhere_is_another_supplier() -> None:
    services.create_supplier(registration=registration())
    services.create_supplier(registration=registration(region=regions.dongguan()))
    assert Partner.objects.filter(name="圩埔合作社").count() == 2


ACCOUNT = {"account_name": "圩埔合作社", "bank_name": "农商银行", "account_number": "62004452030001"}


@pytest.mark.django_db
def test_the_head_changes_contact_account_and_freight() -> None:
    supplier = goods.supplier()
    head = join_supplier(supplier, make_user("head"), Role.HEAD)
    details = services.Details(contact_name="陈静", flat_freight=Decimal("30.00"), **ACCOUNT)
    for _twice in range(2):
        services.change_details(supplier=supplier, details=details, actor=head)
    supplier.refresh_from_db()
    assert (supplier.contact_name, supplier.flat_freight) == ("陈静", Decimal("30.00"))
    assert supplier.account_number == "62004452030001"
    assert AuditEntry.objects.get().action == "partner.details_changed"


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.CADRE, Role.BOOKKEEPER, None])
def test_nobody_else_changes_where_buyers_pay(role: Role | None) -> None:
    supplier = goods.supplier()
    person = make_user()
    join_supplier(supplier if role else goods.supplier("别家"), person, role or Role.HEAD)
    with pytest.raises(PermissionDenied):
        services.change_details(supplier=supplier, details=services.Details(**ACCOUNT), actor=person)
    supplier.refresh_from_db()
    assert supplier.account_number == ""
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"account_number": ""}, {"account_number"}),
        ({"account_name": "", "bank_name": ""}, {"account_name", "bank_name"}),
        ({"account_number": "六二零零"}, {"account_number"}),
        ({"account_number": "1234567"}, {"account_number"}),
        ({"flat_freight": Decimal("-0.01")}, {"flat_freight"}),
        ({"flat_freight": Decimal("100000.01")}, {"flat_freight"}),
        ({"flat_freight": Decimal("0.001")}, {"flat_freight"}),
    ],
)
def test_details_that_make_no_sense_are_named(changes: dict[str, object], wrong: set[str]) -> None:
    supplier = goods.supplier()
    details = services.Details(**{**ACCOUNT, **changes})  # type: ignore[arg-type]
    with pytest.raises(services.InvalidSupplier) as refusal:
        services.change_details(supplier=supplier, details=details, actor=make_staff())
    assert set(refusal.value.problems) == wrong
    supplier.refresh_from_db()
    assert supplier.bank_name == ""


@pytest.mark.django_db
def test_half_a_bank_account_is_refused_by_the_database() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        goods.supplier(account_number="62004452030001")


@pytest.mark.django_db
def test_a_supplier_lists_for_the_villages_it_was_given() -> None:
    regions.jieyang()
    supplier = goods.supplier()
    first, second = (Region.objects.get(code=code) for code in ("445203001201", "445203001204"))
    for _twice in range(2):
        services.add_village(supplier=supplier, village=first)
        services.add_village(supplier=supplier, village=second)
        services.remove_village(supplier=supplier, village=first)
    assert permissions.may_list_for(supplier, "445203001204")
    assert not permissions.may_list_for(supplier, "445203001201")
    added, removed = "partner.village_added", "partner.village_removed"
    trail = AuditEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(trail) == [added, added, removed, added, removed]


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["445203001001", "445203001", "445203"])
def test_nobody_lists_for_a_residents_committee_or_a_larger_place(code: str) -> None:
    regions.jieyang()
    supplier = goods.supplier()
    with pytest.raises(services.NotAVillage):
        services.add_village(supplier=supplier, village=Region.objects.get(code=code))
    assert not supplier.supplier_villages.exists()
