"""Blocks that show goods: what cannot be bought is not there, and the editor is told why."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page

from catalog.partner import services as stock
from catalog.partner.models import StockRecord
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.obstacles import Obstacle, obstacle_to_sale
from catalog.unsold_offers.status import Status
from cms.blocks.products import ProductsByHandBlock, ProductsByRuleBlock
from cms.choosers import product_label
from cms.models import StoryIndexPage, StoryPage
from supplier_villages.regions.models import Region
from tests.cms.conftest import ClientOf
from tests.factories import pages, regions, trade

pytestmark = pytest.mark.django_db
Change = Callable[[StockRecord, trade.Seller, datetime], None]


@pytest.fixture
def seller() -> trade.Seller:
    trade.land()
    return trade.seller()


def by_hand(records: list[StockRecord], title: str = "推荐") -> tuple[str, dict[str, Any]]:
    return "products", {"title": title, "products": [record.product for record in records]}


def by_rule(**fields: Any) -> tuple[str, dict[str, Any]]:
    rule = {"title": "在售", "county": None, "category": "", "within": "", "order": "soonest", "number": "8"}
    return "products_by_rule", rule | fields


def front(client: Client, *blocks: tuple[str, Any]) -> str:
    """The front page below the market, with these blocks."""
    home = pages.home()
    home.body = list(blocks)
    home.save_revision().publish()
    html = client.get("/").content.decode()
    return html[html.index('<div class="article"') :] if '<div class="article"' in html else ""


def preview(client_of: ClientOf, *blocks: tuple[str, Any]) -> str:
    """The same as an editor previews it."""
    home = pages.home()
    home.body = list(blocks)
    home.save_revision()
    response = client_of(pages.editor()).get(f"/cms/pages/{home.pk}/view_draft/")
    return response.content.decode()


def sell_out(record: StockRecord, seller: trade.Seller, now: datetime) -> None:
    stock.set_stock(stock_record=record, available=0, now=now, actor=seller.cadre)


def expire(record: StockRecord, seller: trade.Seller, now: datetime) -> None:
    stock.set_offered_window(stock_record_id=record.pk, start=now - timedelta(9), end=now, now=now)


def withdraw(record: StockRecord, seller: trade.Seller, now: datetime) -> None:
    stock.set_offered_window(stock_record_id=record.pk, start=None, end=None, now=now)
    offer_of(record, seller, now, Status.WITHDRAWN)


def end_by_itself(record: StockRecord, seller: trade.Seller, now: datetime) -> None:
    """As the task does that ends offers: it closes the window."""
    stock.set_offered_window(stock_record_id=record.pk, start=None, end=None, now=now)
    offer_of(record, seller, now, Status.EXPIRED)


def lose_recognition(record: StockRecord, seller: trade.Seller, now: datetime) -> None:
    stock.set_recognised_window(stock_record_id=record.pk, start=None, end=None, now=now)


def hide(record: StockRecord, seller: trade.Seller, now: datetime) -> None:
    type(record.product).objects.filter(pk=record.product_id).update(is_public=False)


def offer_of(record: StockRecord, seller: trade.Seller, now: datetime, status: Status) -> None:
    UnsoldOffer.objects.create(
        supplier=seller.supplier,
        village_id=trade.VILLAGE,
        product=record.product,
        stock_record=record,
        draft_key=f"k{record.pk}",
        status=status,
        quantity=100,
        price=record.price,
        sell_by=now.date(),
        created_by=seller.cadre,
        created_at=now,
        submitted_at=now,
        decided_at=now,
    )


WAYS_OUT = [
    (sell_out, Obstacle.SOLD_OUT, "已售罄"),
    (expire, Obstacle.EXPIRED, "已到销售截止日"),
    (end_by_itself, Obstacle.EXPIRED, "已到销售截止日"),
    (withdraw, Obstacle.WITHDRAWN, "供应商已下架"),
    (lose_recognition, Obstacle.NOT_RECOGNISED, "没有认定，或认定已到期"),
    (hide, Obstacle.HIDDEN, "没有公开"),
]


@pytest.mark.parametrize(
    ("change", "obstacle", "words"), WAYS_OUT, ids=lambda each: getattr(each, "__name__", "")
)
def test_what_cannot_be_sold_vanishes_and_the_editor_is_told_why(
    client: Client, client_of: ClientOf, seller: trade.Seller, change: Change, obstacle: Obstacle, words: str
) -> None:
    now = timezone.now()
    stays, goes = trade.goods(seller, now, title="笋干"), trade.goods(seller, now, title="鲜笋")
    blocks = by_hand([goes, stays]), by_rule()
    assert front(client, *blocks).count("鲜笋") == 2
    change(goes, seller, now)
    shown = front(client, *blocks)
    assert "鲜笋" not in shown
    assert shown.count("笋干") == 2
    goes.product.refresh_from_db()
    assert obstacle_to_sale(goes.product, now) == obstacle
    assert product_label(goes.product) == f"鲜笋（页面上不显示：{words}）"
    assert product_label(stays.product) == "笋干"
    draft = preview(client_of, *blocks)
    assert "只有您看得到这段话" in draft
    assert f"<li>鲜笋：{words}</li>" in draft
    assert "只有您看得到" not in shown


def test_a_block_of_which_nothing_is_left_is_not_there(
    client: Client, client_of: ClientOf, seller: trade.Seller
) -> None:
    now = timezone.now()
    record = trade.goods(seller, now)
    sell_out(record, seller, now)
    assert "<section" not in front(client, by_hand([record]), by_rule())
    draft = preview(client_of, by_rule(title="便宜的"))
    assert "“便宜的”目前没有符合的在售产品" in draft


def test_it_comes_back_by_itself(client: Client, seller: trade.Seller) -> None:
    now = timezone.now()
    record = trade.goods(seller, now)
    sell_out(record, seller, now)
    assert "埔田竹笋" not in front(client, by_hand([record]))
    stock.set_stock(stock_record=record, available=5, now=now, actor=seller.cadre)
    assert "埔田竹笋" in client.get("/").content.decode()


def test_products_stand_in_the_editors_order_at_the_cheapest_offer(
    client: Client, seller: trade.Seller
) -> None:
    now = timezone.now()
    first, second = trade.goods(seller, now, title="乙"), trade.goods(seller, now, title="甲")
    other = trade.seller("另一家合作社")
    cheaper = stock.open_stock(
        product=first.product,
        supplier=other.supplier,
        price=Decimal("3.00"),
        tiers=[],
        now=now,
        actor=other.cadre,
    )
    stock.set_stock(stock_record=cheaper, available=10, now=now, actor=other.cadre)
    for window in (stock.set_recognised_window, stock.set_offered_window):
        window(stock_record_id=cheaper.pk, start=now, end=now + timedelta(days=3), now=now)
    shown = front(client, by_hand([first, second, first]))
    assert shown.index("乙") < shown.index("甲")
    assert shown.count('class="product"') == 2
    assert "3</span>.00" in shown


def test_a_deleted_product_is_left_out(client: Client, seller: trade.Seller) -> None:
    now = timezone.now()
    record = trade.goods(seller, now)
    home = pages.home()
    home.body = [by_hand([record])]
    home.save_revision().publish()
    type(home).objects.update(
        body=[
            {
                "type": "products",
                "value": {"title": "推荐", "products": [{"type": "item", "id": "a", "value": 10**9}]},
            }
        ]
    )
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["两天", "五天", "惠来"]),
        ({"within": "3"}, ["两天"]),
        ({"category": "茶叶"}, ["五天"]),
        ({"county": "445203"}, ["两天", "五天"]),
        ({"county": "445224"}, ["惠来"]),
        ({"county": "445203", "category": "茶叶", "within": "3"}, []),
        ({"category": "10000000"}, []),
        ({"order": "cheapest"}, ["五天", "惠来", "两天"]),
        ({"number": "4"}, ["两天", "五天", "惠来"]),
    ],
)
def test_a_rule_narrows_and_sorts(seller: trade.Seller, fields: dict[str, str], expected: list[str]) -> None:
    now = timezone.now()
    tea = trade.category("茶叶")
    for title, days, price, kind in (
        ("五天", 5, "2.00", tea),
        ("两天", 2, "9.00", None),
        ("惠来", 20, "3.00", None),
    ):
        record = trade.goods(seller, now, title=title, price=price, kind=kind, tiers=())
        stock.set_offered_window(
            stock_record_id=record.pk, start=now, end=now + timedelta(days=days), now=now
        )
    village = (
        regions.region("445224100", "惠城镇", parent="445224"),
        regions.region("445224100206", "盐岭村委会", parent="445224100"),
    )
    record.product.origin_village = village[1]
    record.product.save()
    known = dict(fields)
    if known.get("category") == "茶叶":
        known["category"] = str(tea.pk)
    county = Region.objects.get(pk=known.pop("county")) if "county" in known else None
    block = ProductsByRuleBlock()
    value = block.normalize(by_rule(county=county, **known)[1])
    assert [card.name for card in block.get_context(value)["cards"]] == expected


def test_goods_cost_the_same_whatever_their_number(client: Client, seller: trade.Seller) -> None:
    now = timezone.now()
    records = [trade.goods(seller, now, title=f"笋{number}") for number in range(50)]
    cost = {}
    for count in (1, 50):
        front(client, by_hand(records[:count]), by_hand(records[:count], "又一块"), by_rule(number="24"))
        with CaptureQueriesContext(connection) as found:
            html = client.get("/").content.decode()
        cost[count] = len(found)
        assert html.count('class="product"') == 8 + 2 * count + 24
    assert cost == {1: 16, 50: 16}


def test_a_form_with_many_products_costs_the_same(client_of: ClientOf, seller: trade.Seller) -> None:
    now = timezone.now()
    records = [trade.goods(seller, now, title=f"笋{number}") for number in range(50)]
    sell_out(records[0], seller, now)
    browser = client_of(pages.editor())
    home, cost = pages.home(), {}
    home.save_revision()
    for count in (1, 50):
        home.body = [by_hand(records[:count])]
        home.save_revision()
        browser.get(f"/cms/pages/{home.pk}/edit/")
        with CaptureQueriesContext(connection) as found:
            html = browser.get(f"/cms/pages/{home.pk}/edit/").content.decode()
        cost[count] = len(found)
        assert "（页面上不显示：已售罄）".encode("unicode_escape").decode() in html
    assert cost[1] == cost[50]


def test_a_village_shows_where_it_lies_what_it_sells_and_its_story(
    client: Client, seller: trade.Seller
) -> None:
    trade.goods(seller, timezone.now())
    index = pages.published(pages.home(), StoryIndexPage(title="故事", slug="stories"))
    story: Page = pages.published(index, StoryPage(title="笋", slug="s", village_id=trade.VILLAGE))
    village = Region.objects.get(pk=trade.VILLAGE)
    shown = front(client, ("village", {"village": village, "text": "山里的村", "picture": None}))
    assert "圩埔村" in shown
    assert "广东省 揭阳市 揭东区 曲溪街道 圩埔村委会" in shown
    assert "山里的村" in shown
    assert "埔田竹笋" in shown
    assert f'href="{story.url}"' in shown


def test_steps_quotes_and_timetables_are_plain_text(client: Client) -> None:
    shown = front(
        client,
        (
            "steps",
            {
                "title": "怎么买",
                "steps": [{"title": "登录<b>", "text": "用手机号"}, {"title": "下单", "text": ""}],
            },
        ),
        ("quote", {"text": "笋不等人<script>alert(1)</script>", "source": "合作社"}),
        ("timetable", {"title": "日程", "rows": [{"time": "周一", "what": "开馆", "place": "首页"}]}),
    )
    assert "登录&lt;b&gt;" in shown
    assert "<script>alert" not in shown
    assert "笋不等人&lt;script&gt;" in shown
    assert "周一" in shown
    assert "开馆" in shown


def test_a_block_outside_a_page_asks_the_market_itself(seller: trade.Seller) -> None:
    record = trade.goods(seller, timezone.now())
    block = ProductsByHandBlock()
    value = block.normalize(by_hand([record])[1])
    assert [card.name for card in block.get_context(value)["cards"]] == ["埔田竹笋"]
