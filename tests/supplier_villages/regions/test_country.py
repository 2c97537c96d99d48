"""The whole country as the vendored files have it: counts, awkward places, plans and times."""

import re

import pytest
from django.db import connection
from django.db.models import Count, Q
from pytest_django import DjangoAssertNumQueries

from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region, RegionSuccession
from supplier_villages.regions.queries import placed, predecessor_codes, resolve

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("country_database")]


def names(code: str) -> list[str]:
    """The names of what lies above the region, province first."""
    return [region.name for region in Region.objects.ancestors_of(code)]


def test_every_level_is_complete() -> None:
    counted = Region.objects.values_list("level").annotate(Count("pk")).order_by()
    assert dict(counted) == {
        Level.PROVINCE: 33,
        Level.PREFECTURE: 333,
        Level.COUNTY: 2_845,
        Level.TOWN: 9_123,
        Level.VILLAGE: 110_787,
    }


@pytest.mark.parametrize(
    ("province", "villages"),
    [("440000", 26_842), ("450000", 16_681), ("510000", 34_412), ("520000", 17_964), ("530000", 14_888)],
)
def test_every_village_of_five_provinces_is_there(province: str, villages: int) -> None:
    assert Region.objects.within(province).at_level(Level.VILLAGE).count() == villages


def test_villages_are_told_from_residents_communities() -> None:
    assert Region.objects.filter(is_rural=True).count() == 84_832
    assert not Region.objects.filter(is_rural=True, name__endswith="居民委员会").exists()
    # 社区村民委员会 is a village committee for all that it is called a community
    assert Region.objects.get(pk="511024111003").is_rural


def test_every_name_can_be_typed_and_sorted() -> None:
    assert not Region.objects.filter(Q(pinyin="") | Q(initials="")).exists()
    assert not Region.objects.exclude(pinyin__regex=r"^[a-z0-9]+$").exists()


@pytest.mark.parametrize(
    ("code", "pinyin"),
    [
        ("500000", "chongqingshi"), ("341500", "luanshi"), ("445200", "jieyangshi"), ("440112", "huangpuqu"),
        ("441422", "dabuxian"), ("440113", "panyuqu"), ("522701", "duyunshi"), ("510117", "piduqu"),
        ("522729", "changshunxian"), ("510422", "yanbianxian"), ("510682", "shifangshi"),
        ("441900", "dongguanshi"), ("141024", "hongtongxian"), ("445203001204", "xupucunweihui"),
    ],
)  # fmt: skip
def test_awkward_names_are_read_as_people_say_them(code: str, pinyin: str) -> None:
    assert Region.objects.get(pk=code).pinyin == pinyin


def test_jieyang_has_five_counties_each_with_its_towns() -> None:
    children = Region.objects.children_of("445200")
    assert [child.code for child in children] == ["445224", "445203", "445222", "445281", "445202"]
    towns = [Region.objects.children_of(child.code).count() for child in children]
    assert sum(towns) == 108
    assert Region.objects.within("445200").count() == 1 + 5 + 108 + 1651


@pytest.mark.parametrize(
    ("code", "above"),
    [
        ("441900003001", ["广东省", "东莞市", "东城街道"]),
        ("442000001", ["广东省", "中山市"]),
        ("419001", ["河南省"]),
        ("110101", ["北京市"]),
        ("445203001204", ["广东省", "揭阳市", "揭东区", "曲溪街道"]),
    ],
)
def test_ancestors_of_awkward_places(
    code: str, above: list[str], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        assert names(code) == above


def test_the_column_and_the_digits_agree_on_every_parent() -> None:
    for region, above in (
        (each.region, each.ancestors) for each in placed(Region.objects.at_level(Level.TOWN))
    ):
        assert above[-1].code == region.parent_id


def test_a_subtree_is_a_range_of_the_primary_key() -> None:
    plan = Region.objects.within("445200").explain()
    assert re.search(r"Index Scan (using|on) regions_region_pkey", plan), plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize("typed", ["普宁", "puning", "pns"])
def test_typing_is_an_index_look_up(typed: str) -> None:
    plan = Region.objects.search(typed).explain()
    assert "Seq Scan" not in plan, plan


def test_children_come_sorted_out_of_one_index() -> None:
    plan = Region.objects.children_of("445200").explain()
    assert "region_children" in plan
    assert "Sort" not in plan


def test_an_old_code_finds_its_successor(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        successor = resolve("441283")
    assert successor is not None
    assert (successor.code, successor.name) == ("441204", "高要区")
    assert RegionSuccession.objects.count() == 35


def test_predecessors_of_a_county_and_of_what_lies_above_it() -> None:
    assert predecessor_codes("441204") == ["441283"]
    assert predecessor_codes("440000") == ["441283"]
    assert predecessor_codes("510100") == ["510122", "510124", "510132", "512081"]
    assert predecessor_codes("445200") == []


def test_no_collation_of_the_server_disturbs_the_order_of_codes() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT collation_name FROM information_schema.columns "
            "WHERE table_name = 'regions_region' AND column_name IN ('code', 'parent_id')"
        )
        assert cursor.fetchall() == [("C",), ("C",)]
