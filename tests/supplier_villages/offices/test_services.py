"""Offices are opened, people come and go."""

import pytest
from django.db import IntegrityError, transaction

from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from marketplace.core.audit.queries import entries_of
from supplier_villages.offices.errors import InactiveUserError, NoOfficeForVillageError, OfficeExistsError
from supplier_villages.offices.levels import OfficeLevel
from supplier_villages.offices.models import Office, OfficeMembership
from supplier_villages.offices.queries import members_of
from supplier_villages.offices.services import add_member, create_office, remove_member
from supplier_villages.regions.models import Region
from tests.factories.offices import make_office
from tests.factories.regions import dongguan, jieyang
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _regions() -> None:
    jieyang()
    dongguan()


def members(office: Office) -> list[User]:
    return [membership.user for membership in members_of(office)]


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("440000", OfficeLevel.PROVINCE),
        ("445200", OfficeLevel.CITY),
        ("441900", OfficeLevel.CITY),
        ("445203", OfficeLevel.COUNTY),
        ("445203001", OfficeLevel.TOWN),
        ("441900003", OfficeLevel.TOWN),
    ],
)
def test_an_office_has_the_level_of_its_region(code: str, level: OfficeLevel) -> None:
    office = create_office(region=Region.objects.get(code=code), name="扶贫办")
    office.refresh_from_db()
    assert office.level == level
    (entry,) = entries_of(office)
    assert (entry.action, entry.before) == ("offices.created", None)
    assert entry.after == {"region": code, "level": level.value, "name": "扶贫办"}


def test_a_village_has_no_office() -> None:
    with pytest.raises(NoOfficeForVillageError):
        create_office(region=Region.objects.get(code="445203001204"), name="扶贫办")
    assert not Office.objects.exists()


def test_a_region_has_one_office() -> None:
    make_office("445203")
    with pytest.raises(OfficeExistsError):
        create_office(region=Region.objects.get(code="445203"), name="第二办")
    assert Office.objects.count() == 1
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("445203", "city"),
        ("445200", "county"),
        ("440000", "city"),
        ("445203001", "county"),
        ("445203", "town"),
    ],
)
def test_the_database_refuses_a_level_that_is_not_the_regions(code: str, level: str) -> None:
    with pytest.raises(IntegrityError, match="office_level_fits_its_region"), transaction.atomic():
        Office.objects.create(region_id=code, level=level, name="扶贫办")
    assert not Office.objects.exists()


def test_members_come_and_go_with_before_and_after_in_the_trail() -> None:
    office, zhang, li = make_office("445203"), make_user(), make_user("li-si", name="李四")
    add_member(office=office, user=zhang)
    add_member(office=office, user=li)
    remove_member(office=office, user=zhang)
    assert members(office) == [li]
    trail = [(entry.action, entry.before, entry.after) for entry in entries_of(office)][::-1]
    assert trail == [
        ("offices.member_added", {"members": []}, {"members": ["张三"], "user": zhang.pk}),
        ("offices.member_added", {"members": ["张三"]}, {"members": ["张三", "李四"], "user": li.pk}),
        ("offices.member_removed", {"members": ["张三", "李四"]}, {"members": ["李四"], "user": zhang.pk}),
    ]


def test_adding_twice_and_removing_twice_is_once() -> None:
    office, user = make_office("445203"), make_user()
    for _twice in range(2):
        add_member(office=office, user=user)
    assert members(office) == [user]
    for _twice in range(2):
        remove_member(office=office, user=user)
    assert members(office) == []
    assert AuditEntry.objects.count() == 2


def test_who_left_can_come_back() -> None:
    office, user = make_office("445203"), make_user()
    add_member(office=office, user=user)
    remove_member(office=office, user=user)
    assert add_member(office=office, user=user).is_active
    assert members(office) == [user]
    assert OfficeMembership.objects.count() == 1


def test_a_switched_off_account_joins_no_office() -> None:
    office = make_office("445203")
    with pytest.raises(InactiveUserError):
        add_member(office=office, user=make_user(is_active=False))
    assert not OfficeMembership.objects.exists()
    assert not AuditEntry.objects.exists()
