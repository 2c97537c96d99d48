"""A person's favourites: marked on the product's page, listed with what can be bought and what cannot."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.basket.models import Line as BasketLine
from marketplace.favourites import services
from marketplace.favourites.queries import marked_products
from tests.factories import trade
from tests.portals.shopper.conftest import said

ClientOf = Callable[[User], Client]


@pytest.fixture
def now(db: None) -> datetime:
    trade.land()
    return timezone.now()


@pytest.fixture
def farm(now: datetime) -> trade.Seller:
    return trade.seller()


def test_a_product_is_marked_and_unmarked_on_its_page(
    now: datetime, farm: trade.Seller, client_of: ClientOf
) -> None:
    user, product = trade.shopper(), trade.goods(farm, now).product_id
    browser = client_of(user)
    page, add = f"/product/{product}/", f"/favourites/{product}/add/"
    assert add in browser.get(page).content.decode()
    for _click in range(2):
        assert browser.post(add, {"campaign": "7"}).url == f"{page}?campaign=7"
    assert marked_products(user) == [product]
    marked = browser.get(page).content.decode()
    assert (add in marked, 'aria-pressed="true"' in marked) == (False, True)
    assert browser.post(f"/favourites/{product}/remove/").url == page
    assert marked_products(user) == []


def test_a_stranger_logs_in_and_is_asked_again(
    now: datetime, farm: trade.Seller, client: Client, client_of: ClientOf
) -> None:
    product = trade.goods(farm, now).product_id
    add = f"/favourites/{product}/add/"
    assert f'href="{add}"' in client.get(f"/product/{product}/").content.decode()
    assert client.get(add).url == client.post(add).url == f"/account/login/?next={add}"
    user = trade.shopper()
    asked = client_of(user).get(add).content.decode()
    assert "收藏这个产品" in asked
    assert "埔田竹笋" in asked
    assert marked_products(user) == []


def test_the_list_tells_price_unit_county_and_why_something_cannot_be_bought(
    now: datetime, farm: trade.Seller, client_of: ClientOf
) -> None:
    user = trade.shopper()
    titles = ("在售", "售罄", "过期", "下架")
    records = {title: trade.goods(farm, now, title=title) for title in titles}
    for record in records.values():
        services.mark(user=user, product_id=record.product_id)
    StockRecord.objects.filter(pk=records["售罄"].pk).update(num_in_stock=0)
    StockRecord.objects.filter(pk=records["过期"].pk).update(offered_until=now - timedelta(hours=1))
    Product.objects.filter(pk=records["下架"].product_id).update(is_public=False)
    response = client_of(user).get("/favourites/")
    found = {
        each.card.name if each.card else each.gone.name: each.gone.obstacle.value if each.gone else ""
        for each in response.context["favourites"]
    }
    assert found == {"下架": "hidden", "过期": "expired", "售罄": "sold_out", "在售": ""}
    page = response.content.decode()
    for text in ("揭东区", "圩埔村", "/斤", "已售罄", "已到销售截止日"):
        assert text in page, text
    assert f"/product/{records['下架'].product_id}/" not in page


def test_a_favourite_goes_into_ones_own_basket_and_off_the_list(
    now: datetime, farm: trade.Seller, client_of: ClientOf
) -> None:
    user, record = trade.shopper(), trade.goods(farm, now)
    services.mark(user=user, product_id=record.product_id)
    browser = client_of(user)
    assert browser.get("/favourites/").context["buyer"].key == "own"
    sent = {"product": record.product_id, "institution": "own", f"quantity-{record.pk}": "2"}
    browser.post("/basket/set/", sent)
    assert BasketLine.objects.get(basket__owner=user).quantity == 2
    removed = browser.post(f"/favourites/{record.product_id}/remove/", {"list": "1"})
    assert (removed.url, marked_products(user)) == ("/favourites/", [])
    assert "还没有收藏" in browser.get("/favourites/").content.decode()


def test_who_asks_for_an_institution_chooses_for_whom(
    now: datetime, farm: trade.Seller, client_of: ClientOf
) -> None:
    school = trade.unit()
    services.mark(user=school.requester, product_id=trade.goods(farm, now).product_id)
    browser = client_of(school.requester)
    key = str(school.institution.pk)
    assert browser.get("/favourites/").context["buyer"].key == "own"
    assert browser.get(f"/favourites/?institution={key}").context["buyer"].key == key
    assert browser.get("/favourites/?institution=999").context["buyer"].key == "own"


def test_the_cheapest_offer_is_the_card(now: datetime, farm: trade.Seller, client_of: ClientOf) -> None:
    user, dear = trade.shopper(), trade.goods(farm, now, price="9.00")
    cheap = trade.goods(trade.seller("另一家合作社"), now, price="3.00", tiers=())
    StockRecord.objects.filter(pk=cheap.pk).update(product=dear.product)
    services.mark(user=user, product_id=dear.product_id)
    (only,) = client_of(user).get("/favourites/").context["favourites"]
    assert only.card.stock_record_id == cheap.pk


def test_a_full_list_is_said(
    now: datetime, farm: trade.Seller, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "MOST_FAVOURITES", 1)
    user = trade.shopper()
    services.mark(user=user, product_id=trade.goods(farm, now).product_id)
    other = trade.goods(farm, now, title="橄榄").product_id
    response = client_of(user).post(f"/favourites/{other}/add/")
    assert said(response) == ["已收藏 1 件，请先取消一些不再需要的。"]
    assert len(marked_products(user)) == 1


@pytest.mark.parametrize("page", ["0", "-1", "9" * 30, "x"])
def test_any_page_is_one(now: datetime, farm: trade.Seller, client_of: ClientOf, page: str) -> None:
    user = trade.shopper()
    services.mark(user=user, product_id=trade.goods(farm, now).product_id)
    assert client_of(user).get(f"/favourites/?page={page}").status_code == 200


def test_the_list_costs_the_same_whatever_is_on_it(
    now: datetime, farm: trade.Seller, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = trade.shopper()
    browser = client_of(user)
    browser.get("/")  # the shop remembers its navigation
    # Four more for all that cannot be bought together.
    for available, cost in ((1000, 8), (0, 12)):
        for count in (1, 12):
            for number in range(count):
                goods = trade.goods(farm, now, title=f"{count}-{number}-{available}", available=available)
                services.mark(user=user, product_id=goods.product_id)
            with django_assert_num_queries(cost):
                assert browser.get("/favourites/").status_code == 200
