"""What the region picker is answered."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from supplier_villages.regions.models import Region
from tests.factories import regions

pytestmark = pytest.mark.django_db


def ask(client: Client, **query: str) -> list[dict[str, Any]]:
    """The regions of a good answer."""
    response = client.get("/regions/", query)
    assert response.status_code == 200
    return list(response.json()["regions"])


def test_without_a_question_the_provinces_are_shown(client: Client) -> None:
    regions.jieyang()
    regions.zhijin()
    guangdong = {
        "code": "440000", "name": "广东省", "pinyin": "guangdongsheng", "level": "province",
        "has_children": True,
    }  # fmt: skip
    assert ask(client)[0] == guangdong
    assert [region["name"] for region in ask(client, parent="")] == ["广东省", "贵州省"]


def test_one_level_at_a_time_by_pinyin(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    regions.jieyang()
    with django_assert_num_queries(1):
        found = ask(client, parent="445200")
    assert [(each["name"], each["has_children"]) for each in found] == [
        ("惠来县", False), ("揭东区", True), ("揭西县", False), ("普宁市", False), ("榕城区", True),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", ["圩埔", "xupu", "xpcwh", "Xu Pu"])
def test_typing_finds_a_village_with_the_way_to_it(
    client: Client, typed: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    regions.jieyang()
    with django_assert_num_queries(2):
        (found,) = ask(client, q=typed)
    assert (found["code"], found["path"]) == ("445203001204", "广东省 揭阳市 揭东区 曲溪街道 圩埔村委会")


def test_at_most_twenty_are_found(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    regions.jieyang()
    for number in range(300, 350):
        regions.region(f"445203001{number}", f"新村{number}村委会", parent="445203001")
    with django_assert_num_queries(2):
        assert len(ask(client, q="新村")) == 20


def test_what_lies_near_is_found_first(client: Client) -> None:
    regions.jieyang()
    regions.region("445202007300", "圩埔村委会", parent="445202007")
    assert [each["code"] for each in ask(client, q="圩埔")] == ["445202007300", "445203001204"]
    assert [each["code"] for each in ask(client, q="圩埔", near="445203")] == ["445203001204", "445202007300"]


@pytest.mark.parametrize("typed", ["", "  ", "\0", "%", "_"])
def test_nothing_typed_finds_nothing(client: Client, typed: str) -> None:
    regions.jieyang()
    assert ask(client, q=typed) == []


def test_a_code_is_answered_with_the_way_down_to_it(client: Client) -> None:
    regions.dongguan()
    assert [each["name"] for each in ask(client, code="441900003")] == ["广东省", "东莞市", "东城街道"]


def test_a_closed_region_is_neither_listed_nor_found(client: Client) -> None:
    regions.jieyang()
    Region.objects.filter(pk="445281").update(valid_to=timezone.localdate())
    assert "普宁市" not in [each["name"] for each in ask(client, parent="445200")]
    assert ask(client, q="普宁") == []
    assert client.get("/regions/", {"code": "445281"}).status_code == 400


def test_a_region_that_closes_tomorrow_is_still_there(client: Client) -> None:
    regions.jieyang()
    Region.objects.filter(pk="445281").update(valid_to=timezone.localdate() + dt.timedelta(days=1))
    assert len(ask(client, q="普宁")) == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("parent=44", "“44”"),
        ("parent=４４５２００", "“４４５２００”"),
        ("parent=445200'%3BDROP", "“445200';DROP”"),
        ("code=", ""),
        ("q=a&near=44", "“44”"),
        ("code=999999", "999999"),
        ("q=" + "新" * 51, "50"),
        ("q=a&parent=445200", "parent"),
        ("q=a&q=b", "parent"),
    ],
)
def test_a_bad_query_is_told_so(client: Client, query: str, message: str) -> None:
    regions.jieyang()
    response = client.get(f"/regions/?{query}")
    assert response.status_code == 400
    assert message in response.json()["error"]
    assert "Cache-Control" not in response.headers


def test_an_unknown_parent_has_nothing_below_it(client: Client) -> None:
    assert ask(client, parent="999999") == []


def test_the_same_again_is_not_sent_again(client: Client) -> None:
    regions.jieyang()
    first = client.get("/regions/?parent=445200")
    assert first.headers["Cache-Control"] == "public, max-age=3600"
    again = client.get("/regions/?parent=445200", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_stranger_may_ask_and_gets_no_cookie(client: Client) -> None:
    response = client.get("/regions/")
    assert response.status_code == 200
    assert not response.cookies


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/regions/").status_code == 405
