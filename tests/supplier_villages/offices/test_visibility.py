"""What an office may see (its own region and below), and whom it supervises (exactly two levels down)."""

import pytest
from django.contrib.auth.models import AnonymousUser
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.models import User
from supplier_villages.offices.models import Office, OfficeMembership
from supplier_villages.offices.permissions import can_see_region, works_in
from supplier_villages.offices.queries import (
    offices_of,
    regions_supervised_by,
    regions_visible_to,
    supervised_levels,
)
from supplier_villages.regions.levels import Level
from supplier_villages.regions.querysets import RegionQuerySet
from tests.factories.offices import make_office
from tests.factories.regions import dongguan, jieyang, region, zhijin
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _regions() -> None:
    jieyang()
    dongguan()
    zhijin()


@pytest.fixture
def user() -> User:
    return make_user()


def codes(regions: RegionQuerySet) -> list[str]:
    return [found.code for found in regions.top_down()]


def test_a_county_office_sees_its_county_and_below(user: User) -> None:
    make_office("445203", user)
    assert codes(regions_visible_to(user)) == [
        "445203",
        "445203001",
        "445203001001",
        "445203001201",
        "445203001204",
    ]


def test_a_town_office_sees_its_town_and_villages(user: User) -> None:
    make_office("445202007", user)
    assert codes(regions_visible_to(user)) == ["445202007", "445202007203"]


def test_a_city_office_sees_neither_the_province_nor_another_city(user: User) -> None:
    make_office("445200", user)
    seen = set(codes(regions_visible_to(user)))
    assert {"445200", "445281", "445203001204"} <= seen
    assert not seen & {"440000", "441900", "441900003", "520524"}


def test_a_provincial_office_sees_its_whole_province(user: User) -> None:
    make_office("440000", user)
    seen = codes(regions_visible_to(user))
    assert seen[0] == "440000"
    assert "441900003001" in seen
    assert not any(code.startswith("52") for code in seen)


def test_a_member_of_two_offices_sees_both_and_nothing_twice(user: User) -> None:
    make_office("445200", user)
    make_office("445203", user)
    make_office("520524", user)
    seen = codes(regions_visible_to(user))
    assert len(seen) == len(set(seen))
    assert "520524001209" in seen
    assert "445203001204" in seen
    assert "440000" not in seen


def test_nobody_without_an_office_sees_a_region(user: User) -> None:
    make_office("445203", make_user("li-si"))
    for person in (user, AnonymousUser(), make_user("boss", is_staff=True, is_superuser=True)):
        assert codes(regions_visible_to(person)) == []


def test_who_left_or_is_switched_off_sees_nothing(user: User) -> None:
    make_office("445203", user)
    OfficeMembership.objects.update(is_active=False)
    assert codes(regions_visible_to(user)) == []
    OfficeMembership.objects.update(is_active=True)
    user.is_active = False
    assert codes(regions_visible_to(user)) == []
    assert not offices_of(user).exists()


def test_seeing_chains_and_costs_two_queries_for_any_number_of_offices(
    user: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_office("445203", user)
    for count in (1, 2):
        if count == 2:
            make_office("520524", user)
        with django_assert_num_queries(2):  # the offices, the regions
            assert len(regions_visible_to(user).at_level(Level.COUNTY)) == count


@pytest.mark.parametrize(
    ("code", "levels"),
    [
        ("440000", (Level.PREFECTURE, Level.COUNTY)),
        ("445200", (Level.COUNTY, Level.TOWN)),
        ("445203", (Level.TOWN, Level.VILLAGE)),
        ("445203001", (Level.VILLAGE,)),
    ],
)
def test_supervision_reaches_two_levels_down(code: str, levels: tuple[Level, ...]) -> None:
    assert supervised_levels(make_office(code)) == levels


def test_a_county_supervises_towns_and_villages_but_not_itself() -> None:
    assert codes(regions_supervised_by(make_office("445203"))) == [
        "445203001",
        "445203001001",
        "445203001201",
        "445203001204",
    ]


def test_a_city_supervises_counties_and_towns_but_no_villages() -> None:
    assert codes(regions_supervised_by(make_office("445200"))) == [
        "445202",
        "445202007",
        "445203",
        "445203001",
        "445222",
        "445224",
        "445281",
    ]


def test_a_province_supervises_cities_and_counties() -> None:
    region("419001", "济源市", parent=region("410000", "河南省", parent=None).code)
    assert codes(regions_supervised_by(make_office("440000"))) == [
        "441900",
        "445200",
        "445202",
        "445203",
        "445222",
        "445224",
        "445281",
    ]
    # 济源 is a county directly below its province: supervised all the same.
    assert codes(regions_supervised_by(make_office("410000"))) == ["419001"]


def test_dongguan_supervises_its_towns_only_because_it_has_no_counties() -> None:
    assert codes(regions_supervised_by(make_office("441900"))) == ["441900003"]


def test_a_member_works_in_the_own_office_only(user: User) -> None:
    own, other = make_office("445203", user), make_office("445202")
    assert works_in(user, own)
    assert not works_in(user, other)
    assert not works_in(AnonymousUser(), own)
    assert can_see_region(user, "445203001204")
    assert not can_see_region(user, "445202")
    assert not can_see_region(AnonymousUser(), "445203")
    assert Office.objects.count() == 2
