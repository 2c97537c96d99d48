"""The tree: subtree, ancestors, children, typing, and what the database refuses."""

import datetime as dt
from collections.abc import Iterable

import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoAssertNumQueries

from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region
from tests.factories import regions

pytestmark = pytest.mark.django_db
DAY = dt.date(2020, 6, 1)


def codes(found: Iterable[Region]) -> list[str]:
    """The codes, in the order found."""
    return [region.code for region in found]


def test_subtree_of_prefecture_is_itself_and_all_below() -> None:
    regions.jieyang()
    regions.dongguan()
    assert codes(Region.objects.within("445200").top_down()) == [
        "445200", "445202", "445202007", "445202007203", "445203", "445203001", "445203001001",
        "445203001201", "445203001204", "445222", "445224", "445281",
    ]  # fmt: skip


def test_subtree_of_county_and_town_leave_their_neighbours_out() -> None:
    regions.jieyang()
    assert Region.objects.within("445203").count() == 5
    assert codes(Region.objects.within("445203001204")) == ["445203001204"]
    assert Region.objects.within("440000").count() == 13


def test_ancestors_come_top_down_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    regions.jieyang()
    with django_assert_num_queries(1):
        assert codes(Region.objects.ancestors_of("445203001204")) == [
            "440000", "445200", "445203", "445203001",
        ]  # fmt: skip


def test_ancestors_of_a_dongguan_village_skip_the_county() -> None:
    regions.dongguan()
    assert codes(Region.objects.ancestors_of("441900003001")) == ["440000", "441900", "441900003"]


def test_children_of_dongguan_are_towns_and_of_jieyang_counties_by_pinyin() -> None:
    regions.jieyang()
    regions.dongguan()
    assert [(child.name, child.level) for child in Region.objects.children_of("441900")] == [
        ("东城街道", Level.TOWN)
    ]
    assert [child.name for child in Region.objects.children_of("445200")] == [
        "惠来县", "揭东区", "揭西县", "普宁市", "榕城区",
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["普宁", "puning", "Pu Ning", "pn", "pns", "445281"])
def test_a_place_is_found_by_how_people_type_it(typed: str) -> None:
    regions.jieyang()
    assert codes(Region.objects.search(typed)) == ["445281"]


def test_higher_levels_are_found_first() -> None:
    regions.jieyang()
    assert codes(Region.objects.search("j")) == ["445200", "445203", "445222"]


def test_nothing_typed_finds_nothing() -> None:
    regions.jieyang()
    assert codes(Region.objects.search("  ")) == []


def test_percent_is_a_character_not_a_wildcard() -> None:
    regions.jieyang()
    assert codes(Region.objects.search("%")) == []


def test_a_closed_region_exists_until_the_day_before() -> None:
    regions.jieyang()
    Region.objects.filter(code="445222").update(valid_from=DAY, valid_to=DAY + dt.timedelta(days=1))
    county = Region.objects.filter(code="445222")
    days = [DAY - dt.timedelta(days=1), DAY, DAY + dt.timedelta(days=1)]
    assert [county.valid_on(day).exists() for day in days] == [False, True, False]


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"level": Level.TOWN}, "region_code_has_the_digits_of_its_level"),
        ({"parent_id": "445203"}, "region_parent_stands_above_in_its_own_code"),
        ({"parent_id": None}, "region_parent_stands_above_in_its_own_code"),
        ({"parent_id": "520000"}, "region_parent_stands_above_in_its_own_code"),
        ({"is_rural": True}, "region_only_villages_are_rural"),
        ({"valid_from": DAY, "valid_to": DAY}, "region_window_is_not_empty"),
    ],
)
def test_the_database_refuses(change: dict[str, object], constraint: str) -> None:
    regions.jieyang()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Region.objects.filter(code="445203").update(**change)


def test_residents_committees_are_not_rural() -> None:
    regions.jieyang()
    assert codes(Region.objects.filter(is_rural=True).top_down()) == [
        "445202007203", "445203001201", "445203001204",
    ]  # fmt: skip
