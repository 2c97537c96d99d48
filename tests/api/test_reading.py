"""Regions, goods and lists: what is read, page by page."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.partner.models import StockRecord
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.status import Status
from tests.api.conftest import Market, call, problem, read
from tests.factories import trade


def test_regions_level_by_level(market: Market) -> None:
    provinces = read(call(None, "GET", "/regions"))["items"]
    assert [each["name"] for each in provinces] == ["广东省"]
    towns = read(call(None, "GET", "/regions?parent=445203"))["items"]
    assert towns == [
        {
            "code": "445203001", "name": "曲溪街道", "pinyin": "quxijiedao", "level": "town",
            "has_children": True,
        }
    ]  # fmt: skip


def test_a_region_is_found_by_its_pinyin_and_by_its_code(market: Market) -> None:
    found = read(call(None, "GET", "/regions?q=puning"))["items"]
    assert [each["code"] for each in found] == ["445281"]
    region = read(call(None, "GET", "/regions/445281"))
    assert [each["name"] for each in region["ancestors"]] == ["广东省", "揭阳市"]
    problem(call(None, "GET", "/regions/445299"), 404, "not_found")
    assert problem(call(None, "GET", "/regions/44"), 422, "invalid") == {
        "code": "This text has a wrong form."
    }


def test_a_product_says_what_a_request_needs(market: Market) -> None:
    now = timezone.now()
    record = trade.goods(market.farm, now)
    item = read(call(None, "GET", "/products"))["items"][0]
    last_day = item.pop("last_day")
    assert item == {
        "stock_record_id": record.pk,
        "product_id": record.product_id,
        "name": "埔田竹笋",
        "supplier_id": market.farm.supplier.pk,
        "supplier": market.farm.supplier.name,
        "village_code": trade.VILLAGE,
        "place": "广东省 揭阳市 揭东区 曲溪街道 圩埔村委会",
        "category_id": trade.category().pk,
        "sale_unit": "jin",
        "net_weight_grams": 500,
        "unit_price_fen": 400,
        "price_per_kg_fen": 800,
        "tiers": [{"from_quantity": 200, "unit_price_fen": 350}],
        "available": 1000,
        "freight_fen": 0,
    }
    assert len(last_day) == 10


def names(query: str) -> list[str]:
    return [each["name"] for each in read(call(None, "GET", f"/products?{query}"))["items"]]


def test_products_are_narrowed(market: Market) -> None:
    now = timezone.now()
    tea = trade.category("茶叶")
    shoots = trade.goods(market.farm, now, title="竹笋", price="4.00")
    trade.goods(market.farm, now, title="炒茶", price="40.00", kind=tea)
    assert names("q=竹笋") == ["竹笋"]
    assert names(f"category={tea.pk}") == ["炒茶"]
    assert names("category=999999") == []
    assert names("county=445203") == ["竹笋", "炒茶"]
    assert names("county=445224") == []
    assert names("min_price_per_kg_fen=801") == ["炒茶"]
    assert names("max_price_per_kg_fen=800") == ["竹笋"]
    assert names("min_price_per_kg_fen=800&max_price_per_kg_fen=800") == ["竹笋"]
    UnsoldOffer.objects.create(
        supplier=market.farm.supplier, village_id=trade.VILLAGE, product=shoots.product, stock_record=shoots,
        draft_key="d", status=Status.RECOGNISED, quantity=1000, price=Decimal("4.00"), sell_by=now.date(),
        submitted_at=now, created_at=now, created_by=market.farm.cadre,
    )  # fmt: skip
    assert names("unsold=true") == ["竹笋"]
    assert names("unsold=false") == ["炒茶"]


def test_a_price_per_kilogram_is_compared_as_it_is_shown(market: Market) -> None:
    """6.66 for 550 g is 12.109…: shown as 12.11, and found from 12.11 on."""
    record = trade.goods(market.farm, timezone.now(), price="6.66", tiers=())
    product = record.product
    product.sale_unit, product.net_weight_grams = "box", 550
    product.save()
    assert read(call(None, "GET", "/products"))["items"][0]["price_per_kg_fen"] == 1211
    assert names("min_price_per_kg_fen=1211&max_price_per_kg_fen=1211") == ["埔田竹笋"]
    assert names("max_price_per_kg_fen=1210") == []


def pages(path: str, token: str | None = None) -> list[Any]:
    """Every item of every page, two a page."""
    found, cursor = [], ""
    while cursor is not None:
        page = read(call(token, "GET", f"{path}?limit=2&cursor={cursor}"))
        found += page["items"]
        cursor = page["next_cursor"]
    return found


def test_pages_neither_repeat_nor_miss_a_product(market: Market) -> None:
    now = timezone.now()
    records = [trade.goods(market.farm, now, title=f"产品{n}") for n in range(5)]
    assert [each["stock_record_id"] for each in pages("/products")] == [record.pk for record in records]
    first = read(call(None, "GET", "/products?limit=2"))
    StockRecord.objects.filter(pk=records[1].pk).update(offered_until=now)
    second = read(call(None, "GET", f"/products?limit=2&cursor={first['next_cursor']}"))
    assert [each["name"] for each in second["items"]] == ["产品2", "产品3"]


def test_a_cursor_is_good_for_its_own_query_only(market: Market) -> None:
    for n in range(3):
        trade.goods(market.farm, timezone.now(), title=f"产品{n}")
    cursor = read(call(None, "GET", "/products?limit=1"))["next_cursor"]
    for query in ("q=竹笋&", "county=445203&"):
        fields = problem(call(None, "GET", f"/products?{query}cursor={cursor}"), 400, "wrong_cursor")
        assert fields == {"cursor": "This cursor belongs to another query. Begin again without one."}
    for forged in ("1", cursor + "x", "eyJ:x"):
        problem(call(None, "GET", f"/products?cursor={forged}"), 400, "wrong_cursor")
    own = read(call(market.buyer("requester"), "GET", "/orders"))
    assert own == {"items": [], "next_cursor": None}
    problem(call(market.seller, "GET", f"/orders?cursor={cursor}"), 400, "wrong_cursor")


@pytest.mark.parametrize("limit", ["1000000", "0", "-1", "101", "x", "1.5", ""])
def test_a_page_has_a_size(market: Market, limit: str) -> None:
    fields = problem(call(None, "GET", f"/products?limit={limit}"), 422, "invalid")
    assert list(fields) == ["limit"]


def test_an_unknown_parameter_is_refused(market: Market) -> None:
    fields = problem(call(None, "GET", "/products?prize=3&county=445203"), 422, "invalid")
    assert fields == {"prize": "There is no such field here."}


def cost(path: str, token: str | None) -> int:
    with CaptureQueriesContext(connection) as queries:
        read(call(token, "GET", path))
    return len(queries)


@pytest.mark.parametrize("rows", [1, 20])
def test_a_list_costs_the_same_whatever_its_length(market: Market, rows: int) -> None:
    now = timezone.now()
    goods = [trade.goods(market.farm, now, title=f"产品{n}") for n in range(rows)]
    for n, record in enumerate(goods):
        trade.ordered(market.school, {record.pk: 1}, now, f"bought-{n}")
        trade.submitted(market.school, {record.pk: 1}, now, f"asked-{n}")
    buyer, seller = market.buyer("requester"), market.seller
    for token in (buyer, seller):
        call(token, "GET", "/orders")  # the use is written down once a minute
    found = {
        "products": cost("/products?limit=100", None),
        "requests": cost("/requests?limit=100", buyer),
        "bought": cost("/orders?limit=100", buyer),
        "sold": cost("/orders?limit=100", seller),
        "payments": cost("/payments?limit=100", seller),
    }
    assert found == {"products": 2, "requests": 2, "bought": 3, "sold": 3, "payments": 2}


def test_what_has_not_changed_is_not_sent_again(market: Market) -> None:
    record = trade.goods(market.farm, timezone.now())
    first = call(None, "GET", "/products")
    etag = first.headers["ETag"]
    again = call(None, "GET", "/products", If_None_Match=etag)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", etag)
    StockRecord.objects.filter(pk=record.pk).update(price=Decimal("5.00"))
    changed = call(None, "GET", "/products", If_None_Match=etag)
    assert changed.status_code == 200
    assert changed.headers["ETag"] != etag


def test_an_answer_is_in_the_callers_language(market: Market) -> None:
    english = call(None, "GET", "/regions/445299", Accept_Language="en-GB,en;q=0.8")
    chinese = call(None, "GET", "/regions/445299", Accept_Language="fr, zh-CN;q=0.5")
    neither = call(None, "GET", "/regions/445299", Accept_Language="fr")
    assert [answer.headers["Content-Language"] for answer in (english, chinese, neither)] == [
        "en", "zh-hans", "zh-hans",
    ]  # fmt: skip
    assert read(english, 404)["title"] == "Not found"
    assert read(chinese, 404)["title"] == "没有找到"


def test_health(market: Market) -> None:
    checks = {"database": "ok", "cache": "ok", "broker": "ok", "media": "ok"}
    assert read(call(None, "GET", "/health")) == {"status": "ok", "checks": checks}
