"""Suppliers: their code, admission, members and villages."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from catalog.partner import permissions, services
from catalog.partner.models import Partner, SupplierMembership
from catalog.partner.uscc import is_valid_uscc, validate_uscc
from marketplace.core.audit.models import AuditEntry
from tests.factories import goods, regions
from tests.factories.goods import NOW
from tests.factories.users import make_staff, make_user

Role = SupplierMembership.Role


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
def test_only_active_members_of_an_admitted_supplier_list() -> None:
    cadre, stranger = make_user("cadre"), make_user("stranger")
    supplier = goods.supplier()
    services.add_member(supplier=supplier, user=cadre)
    assert not permissions.can_list(cadre, supplier)
    services.admit_supplier(supplier=supplier, actor=make_staff(), now=NOW)
    assert permissions.can_list(cadre, supplier)
    assert not permissions.can_list(stranger, supplier)
    services.remove_member(supplier=supplier, user=cadre)
    assert not permissions.can_list(cadre, supplier)
    assert not permissions.is_member(cadre, supplier.pk)


@pytest.mark.django_db
def test_who_may_no_longer_log_in_acts_for_nobody() -> None:
    cadre = make_user("cadre")
    supplier = goods.supplier()
    services.add_member(supplier=supplier, user=cadre)
    assert list(permissions.suppliers_of(cadre)) == [supplier]
    cadre.is_active = False
    assert list(permissions.suppliers_of(cadre)) == []


@pytest.mark.django_db
def test_members_are_managed_by_the_head_and_by_the_operator() -> None:
    head, cadre, staff = make_user("head"), make_user("cadre"), make_staff()
    supplier, other = goods.supplier(), goods.supplier("别家")
    services.add_member(supplier=supplier, user=head, role=Role.HEAD)
    services.add_member(supplier=supplier, user=cadre)
    assert [permissions.can_manage_members(user, supplier.pk) for user in (head, cadre, staff)] == [
        True,
        False,
        True,
    ]
    assert not permissions.can_manage_members(head, other.pk)


@pytest.mark.django_db
def test_a_member_has_one_role() -> None:
    user, supplier = make_user(), goods.supplier()
    services.add_member(supplier=supplier, user=user, role=Role.CADRE)
    services.add_member(supplier=supplier, user=user, role=Role.BOOKKEEPER)
    assert SupplierMembership.objects.get().role == Role.BOOKKEEPER


@pytest.mark.django_db
def test_a_supplier_lists_for_exactly_the_villages_it_was_given() -> None:
    regions.jieyang()
    supplier = goods.supplier()
    services.set_villages(supplier=supplier, village_codes=["445203001201", "445203001204"])
    services.set_villages(supplier=supplier, village_codes=["445203001204"])
    assert permissions.may_list_for(supplier, "445203001204")
    assert not permissions.may_list_for(supplier, "445203001201")
    assert AuditEntry.objects.latest("pk").before == {"villages": ["445203001201", "445203001204"]}
