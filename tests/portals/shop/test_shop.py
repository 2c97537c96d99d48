"""Browsing: what is on sale is found, what is not is not; nothing that a stranger types breaks a page."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalog.catalogue.models import Category, Product
from catalog.partner import services as stock
from catalog.partner import shelf
from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.core.periods import shanghai_day, start_of
from tests.factories import trade, users

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
LISTINGS = ("/products/", "/county/445203/", "/category/蔬菜/")


@pytest.fixture
def seller(db: None) -> trade.Seller:
    trade.land()
    return trade.seller()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def names(client: Client, path: str, **query: object) -> list[str]:
    response = client.get(path, query)
    assert response.status_code == 200
    return [card.name for card in response.context["cards"]]


def offered_until(record: StockRecord, end: datetime) -> None:
    StockRecord.objects.filter(pk=record.pk).update(offered_until=end)


def page(client: Client, record: StockRecord) -> str:
    return client.get(f"/product/{record.product_id}/").content.decode()


@pytest.mark.parametrize("path", LISTINGS)
def test_a_stranger_sees_what_is_on_sale(
    client: Client, seller: trade.Seller, now: datetime, path: str
) -> None:
    record = trade.goods(seller, now)
    (card,) = client.get(path).context["cards"]
    assert (card.name, card.price, card.unit) == ("埔田竹笋", Decimal("4.00"), "斤")
    assert (card.village, card.county, card.place) == (
        "圩埔村",
        "揭东区",
        "广东省 揭阳市 揭东区 曲溪街道 圩埔村委会",
    )
    assert (card.bulk.from_quantity, card.bulk.price) == (200, Decimal("3.50"))
    assert (card.unsold.days_left, card.unsold.percent_left) == (30, 100)
    assert card.url == f"/product/{record.product_id}/"


@pytest.mark.parametrize(
    "closing",
    [
        {"offered_until": None},
        {"recognised_until": None},
        {"offered_until": "now"},
        {"recognised_until": "now"},
        {"num_in_stock": 0},
    ],
    ids=str,
)
def test_what_cannot_be_sold_is_not_listed(
    client: Client, seller: trade.Seller, now: datetime, closing: dict[str, object]
) -> None:
    record = trade.goods(seller, now)
    trade.goods(seller, now, title="橄榄")
    StockRecord.objects.filter(pk=record.pk).update(
        **{name: now if value == "now" else value for name, value in closing.items()}
    )
    for path in LISTINGS:
        assert names(client, path) == ["橄榄"]
    assert [card.name for card in client.get("/").context["front"].spoiling] == ["橄榄"]
    assert "暂不在售" in page(client, record)
    assert "放入购物车" not in page(client, record)


def test_what_is_not_published_has_no_page(client: Client, seller: trade.Seller, now: datetime) -> None:
    record = trade.goods(seller, now)
    Product.objects.update(is_public=False)
    assert names(client, "/products/") == []
    assert client.get(f"/product/{record.product_id}/").status_code == 404


def test_what_is_reserved_is_not_left(client: Client, seller: trade.Seller, now: datetime) -> None:
    record = trade.goods(seller, now, available=1000)
    stock.reserve(source_key="request:1", lines={record.pk: 250}, expires_at=now + timedelta(days=3), now=now)
    (card,) = client.get("/products/").context["cards"]
    assert (card.unsold.quantity_left, card.unsold.percent_left) == ("750\u00a0斤", 75)


def test_the_last_day_counts_to_midnight_in_shanghai(
    client: Client, seller: trade.Seller, now: datetime
) -> None:
    record = trade.goods(seller, now)
    offered_until(record, start_of(shanghai_day(now) + timedelta(days=1)))
    (card,) = client.get("/products/").context["cards"]
    assert card.unsold.days_left == 0
    assert "最后一天" in client.get("/products/").content.decode()


def test_a_listing_is_narrowed(client: Client, seller: trade.Seller, now: datetime) -> None:
    fruit = Category.add_root(name="水果")
    trade.goods(seller, now)
    olives = trade.goods(seller, now, title="揭阳橄榄", kind=fruit)
    offered_until(olives, now + timedelta(days=2))
    assert names(client, "/products/", category=fruit.pk) == ["揭阳橄榄"]
    assert names(client, "/products/", within=3) == ["揭阳橄榄"]
    assert names(client, "/products/", county="445203") == ["揭阳橄榄", "埔田竹笋"]
    assert names(client, "/category/水果/") == ["揭阳橄榄"]
    assert names(client, "/county/445222/") == []
    assert names(client, "/county/445200/") == ["揭阳橄榄", "埔田竹笋"]


def test_goods_of_a_lower_category_stand_in_the_higher(
    client: Client, seller: trade.Seller, now: datetime
) -> None:
    fruit = Category.add_root(name="水果", drawing="fruit")
    trade.goods(seller, now, title="青橄榄", kind=fruit.add_child(name="鲜果"))
    assert names(client, "/category/水果/") == ["青橄榄"]
    (card,) = client.get("/category/鲜果/").context["cards"]
    assert card.category == "fruit"  # its own has no drawing


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("竹笋", ["埔田竹笋"]),
        ("圩埔", ["埔田竹笋", "揭阳橄榄"]),
        ("揭东", ["埔田竹笋", "揭阳橄榄"]),
        ("揭东 橄榄", ["揭阳橄榄"]),
        ("荔枝", []),
        ("%", []),
    ],
)
def test_words_are_found_in_name_village_and_county(
    client: Client, seller: trade.Seller, now: datetime, text: str, found: list[str]
) -> None:
    trade.goods(seller, now)
    trade.goods(seller, now, title="揭阳橄榄")
    assert sorted(names(client, "/products/", q=text)) == found


def test_a_listing_is_sorted(client: Client, seller: trade.Seller, now: datetime) -> None:
    late = trade.goods(seller, now, title="晚", price="2.00", tiers=(), available=10)
    early = trade.goods(seller, now, title="早", price="9.00", tiers=(), available=500)
    offered_until(late, now + timedelta(days=20))
    offered_until(early, now + timedelta(days=5))
    assert names(client, "/products/") == ["早", "晚"]
    assert names(client, "/products/", sort="cheapest") == ["晚", "早"]
    assert names(client, "/products/", sort="most") == ["早", "晚"]


def test_pages_keep_the_filters(client: Client, seller: trade.Seller, now: datetime) -> None:
    for number in range(25):
        trade.goods(seller, now, title=f"竹笋{number:02}")
    assert len(names(client, "/products/", q="竹笋")) == 24
    assert len(names(client, "/products/", q="竹笋", page=2)) == 1
    assert "?q=%E7%AB%B9%E7%AC%8B&amp;page=2" in client.get("/products/", {"q": "竹笋"}).content.decode()


@pytest.mark.parametrize("sort", shelf.Sort)
def test_the_second_page_goes_on_where_the_first_ends(
    client: Client, seller: trade.Seller, now: datetime, sort: shelf.Sort
) -> None:
    for number in range(26):
        offered_until(
            trade.goods(seller, now, title=f"竹笋{number:02}"), now + timedelta(days=20 - number % 3)
        )
    in_order = [record.product.title for record in shelf.in_order(shelf.on_sale(now), sort)]
    shown = [name for page in (1, 2) for name in names(client, "/products/", sort=sort.value, page=page)]
    assert len(shown) == 26
    assert shown == in_order


def test_what_spoils_soonest_is_read_in_that_order_and_what_has_ended_is_not_read(db: None) -> None:
    soonest = shelf.in_order(shelf.on_sale(timezone.now()), shelf.Sort.SOONEST)[:24]
    with connection.cursor() as cursor:
        # The table of a test is so small that reading and sorting it whole costs less.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
    plan = soonest.explain()
    assert re.search(r"Index Scan using stock_by_end .*\n +Index Cond: \(LEAST\(", plan), plan
    assert "Sort" not in plan


HOSTILE = ("\0", "x" * 10_000, "-1", "9" * 40, "1' OR 1=1", "<script>", "\ud7ff\u202e", "0", "１", "²")


@pytest.mark.parametrize("name", ["page", "category", "county", "within", "sort", "q"])
@pytest.mark.parametrize("value", HOSTILE, ids=ascii)
def test_no_query_string_breaks_a_listing(
    client: Client, seller: trade.Seller, name: str, value: str
) -> None:
    for path in ("/products/", "/county/445203/"):
        response = client.get(path, {name: value})
        assert response.status_code == 200
        assert "<script>" not in response.content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "/product/0/",
        f"/product/{'9' * 40}/",
        "/category/没有/",
        "/category/%00/",
        "/county/%00/",
        "/county/445203001204/",
        "/county/999999/",
    ],
)
def test_what_does_not_exist_is_not_found(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_hostile_cookie_of_oscar_changes_nothing(
    client: Client, seller: trade.Seller, now: datetime
) -> None:
    record = trade.goods(seller, now)
    client.cookies["oscar_history"] = '["x"]'
    client.cookies["oscar_open_basket"] = "x"
    for path in ("/", "/products/", f"/product/{record.product_id}/", "/county/"):
        assert client.get(path).status_code == 200


def test_a_story_is_text(client: Client, seller: trade.Seller, now: datetime) -> None:
    record = trade.goods(seller, now, title="<b>笋</b>")
    Product.objects.update(description="第一行\n第二行<script>alert(1)</script>\n\n第二段")
    text = page(client, record)
    assert "<p>第一行<br>第二行&lt;script&gt;alert(1)&lt;/script&gt;</p>" in text
    assert "<p>第二段</p>" in text
    assert "<script>alert" not in text
    assert "<b>笋</b>" not in text
    assert "<b>笋</b>" not in client.get("/products/").content.decode()


def test_a_product_shows_its_prices_and_its_origin(
    client: Client, seller: trade.Seller, now: datetime
) -> None:
    record = trade.goods(seller, now, tiers=((200, "3.50"), (500, "3.20")))
    text = page(client, record)
    for part in (
        "¥8.00/公斤",
        "200\u00a0斤",
        "¥3.50",
        "500\u00a0斤",
        "¥3.20",
        "广东省 揭阳市 揭东区 曲溪街道 圩埔村委会",
        "埔田竹笋专业合作社",
        "免费",
        "1,000\u00a0斤",
    ):
        assert part in text


def test_a_stranger_is_asked_to_log_in_and_comes_back(
    client: Client, seller: trade.Seller, now: datetime
) -> None:
    record = trade.goods(seller, now)
    assert f'href="/account/login/?next=/product/{record.product_id}/"' in page(client, record)


def test_an_individual_buys_for_themselves_and_is_not_asked_for_whom(
    client_of: ClientOf, seller: trade.Seller, now: datetime
) -> None:
    text = page(client_of(users.make_user()), trade.goods(seller, now))
    assert '<input type="hidden" name="institution" value="own">' in text
    assert "放入购物车" in text


def test_a_member_chooses_between_the_institution_and_themself(
    client_of: ClientOf, seller: trade.Seller, now: datetime
) -> None:
    unit = trade.unit()
    record = trade.goods(seller, now)
    context = client_of(unit.requester).get(f"/product/{record.product_id}/").context
    assert [each.key for each in context["buyers"]] == [str(unit.institution.pk), "own"]


def test_county_halls_add_up(client: Client, seller: trade.Seller, now: datetime) -> None:
    trade.goods(seller, now, available=1000)
    trade.goods(seller, now, title="橄榄", available=200)
    (county,) = client.get("/county/").context["counties"]
    assert (county.code, county.name, county.city, county.offers, county.grams) == (
        "445203",
        "揭东区",
        "揭阳市",
        2,
        600_000,
    )


def test_listings_cost_the_same_whatever_is_in_them(
    client_of: ClientOf,
    seller: trade.Seller,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    buyer = trade.unit()
    browser = client_of(buyer.requester)
    trade.goods(seller, now)
    browser.get("/")  # the shop remembers its navigation
    costs = {"/products/": 7, "/category/蔬菜/": 7, "/county/445203/": 8, "/county/": 4}
    for count in (1, 20):
        for number in range(1, count):
            branch = Category.add_root(name=f"类{number}")
            trade.goods(seller, now, title=f"橄榄{number}", kind=branch)
        for path, cost in costs.items():
            with django_assert_num_queries(cost):
                assert browser.get(path).status_code == 200
        assert browser.get("/products/").context["page"].paginator.count == count


def test_a_product_costs_the_same_whatever_it_has(
    client_of: ClientOf,
    seller: trade.Seller,
    now: datetime,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = client_of(trade.unit().requester)
    few = trade.goods(seller, now, tiers=())
    many = trade.goods(seller, now, tiers=tuple((10 * n, f"{4 - n / 100:.2f}") for n in range(1, 51)))
    for number in range(50):
        many.product.categories.add(Category.add_root(name=f"类{number}"))
    browser.get(f"/product/{few.product_id}/")  # the shop remembers its navigation and the villages' stories
    for record in (few, many):
        with django_assert_num_queries(8):
            assert browser.get(f"/product/{record.product_id}/").status_code == 200
