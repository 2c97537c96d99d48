"""The pages on which addresses are kept, and choosing among them where goods are asked for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.models import User
from marketplace.basket import services as baskets
from marketplace.procurement.address_books import book_of
from marketplace.procurement.models import DeliveryAddress, PurchaseRequest
from marketplace.procurement.services import addresses
from supplier_villages.regions.models import Region
from tests.factories import trade
from tests.portals.shopper.conftest import DELIVERY, errors, said

ClientOf = Callable[[User], Client]


@pytest.fixture
def now(db: None) -> datetime:
    trade.land()
    return timezone.now()


def streets(user: User) -> list[tuple[str, bool]]:
    return [(each.delivery_address, each.is_default) for each in book_of(user, None)]


def test_a_person_adds_changes_prefers_and_deletes(now: datetime, client_of: ClientOf) -> None:
    user = trade.shopper()
    browser = client_of(user)
    assert "还没有收货地址" in browser.get("/account/addresses/").content.decode()
    assert browser.post("/account/addresses/add/", DELIVERY).url == "/account/addresses/"
    browser.post("/account/addresses/add/", {**DELIVERY, "delivery_address": "东山路8号"})
    assert streets(user) == [("黄岐山大道1号", True), ("东山路8号", False)]
    second = book_of(user, None)[1]
    browser.post(f"/account/addresses/{second.pk}/default/")
    page = browser.get("/account/addresses/").content.decode()
    assert page.index("东山路8号") < page.index("黄岐山大道1号")
    assert "广东省 揭阳市 榕城区 东山路8号" in page
    form = browser.get(f"/account/addresses/{second.pk}/").context["form"]
    assert (form["delivery_address"].value(), form["is_default"].value()) == ("东山路8号", True)
    browser.post(f"/account/addresses/{second.pk}/", {**DELIVERY, "delivery_address": "东山路9号"})
    assert streets(user)[0] == ("东山路9号", True)
    assert "东山路9号" in browser.get(f"/account/addresses/{second.pk}/delete/").content.decode()
    browser.post(f"/account/addresses/{second.pk}/delete/")
    assert streets(user) == [("黄岐山大道1号", True)]


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"delivery_region": "440000"}, "delivery_region"),
        ({"delivery_address": "x" * 201}, "delivery_address"),
        ({"recipient": "a\0b"}, "recipient"),
        ({"recipient_phone": "12"}, "recipient_phone"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_kept(
    now: datetime, client_of: ClientOf, typed: dict[str, str], wrong: str
) -> None:
    response = client_of(trade.shopper()).post("/account/addresses/add/", {**DELIVERY, **typed})
    assert (response.status_code, set(errors(response))) == (200, {wrong})
    assert not DeliveryAddress.objects.exists()


def test_a_full_book_and_an_address_that_is_there_are_said(
    now: datetime, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "MOST_ADDRESSES", 2)
    user = trade.shopper()
    one = trade.address(user, None, now, delivery_address="一")
    trade.address(user, None, now, delivery_address="二", recipient="黄敏")
    browser = client_of(user)
    full = browser.post("/account/addresses/add/", DELIVERY)
    assert errors(full) == {"__all__": ["已有 2 个地址，请先删除不用的。"]}
    same = browser.post(f"/account/addresses/{one.pk}/", {**DELIVERY, "delivery_address": "二"})
    assert errors(same) == {"__all__": ["这个地址已经在列表里了。"]}


@pytest.mark.parametrize("rows", [1, 50])
def test_the_list_costs_the_same_whatever_its_length(
    now: datetime, client_of: ClientOf, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = trade.shopper()
    for number in range(rows):
        trade.address(user, None, now, delivery_address=f"{number}号")
    browser = client_of(user)
    with django_assert_num_queries(6):  # session, user, addresses; lines in the baskets, the menu: two
        page = browser.get("/account/addresses/")
    assert len(page.context["desk"].rows()) == rows


def test_members_look_and_requesters_change(now: datetime, client_of: ClientOf) -> None:
    school = trade.unit()
    trade.address(school.requester, school.institution, now)
    path = f"/buyer/addresses/{school.institution.pk}/"
    assert client_of(school.viewer).get("/buyer/addresses/").url == path
    looked = client_of(school.viewer).get(path).content.decode()
    kept = client_of(school.requester).get(path).content.decode()
    assert ("黄岐山大道1号" in looked, "设为默认" in looked, f"{path}add/" in looked) == (True, False, False)
    assert f"{path}add/" in kept


def fill(user: User, school: trade.Unit | None, now: datetime) -> None:
    """Something in the basket."""
    record = trade.goods(trade.seller(f"合作社{now:%f}{PurchaseRequest.objects.count()}"), now)
    institution = school.institution if school else None
    baskets.set_quantities(user=user, institution=institution, quantities={record.pk: 3}, now=now)


def test_the_check_out_begins_with_the_default_and_takes_another(now: datetime, client_of: ClientOf) -> None:
    user = trade.shopper()
    home = trade.address(user, None, now, delivery_address="家")
    office = trade.address(user, None, now, delivery_address="单位")
    browser = client_of(user)
    fill(user, None, now)
    form = browser.get("/checkout/").context["form"]
    assert (form["saved"].value(), form["keep"].value()) == (str(home.pk), False)
    browser.post("/checkout/", {"key": "a", "saved": office.pk, "recipient_phone": "12"})
    asked = PurchaseRequest.objects.get(key="a")
    assert (asked.delivery_address, asked.recipient, asked.recipient_phone) == (
        "单位", "李明", "13800138000",
    )  # fmt: skip
    fill(user, None, now)
    browser.post("/checkout/", {**DELIVERY, "key": "b", "saved": "another", "keep": "on"})
    assert PurchaseRequest.objects.get(key="b").recipient == "黄敏"
    assert [street for street, _default in streets(user)] == ["家", "黄岐山大道1号", "单位"]


def test_what_is_typed_first_is_kept_if_the_person_says_so(now: datetime, client_of: ClientOf) -> None:
    user = trade.shopper()
    browser = client_of(user)
    fill(user, None, now)
    assert browser.get("/checkout/").context["form"]["keep"].value() is True
    browser.post("/checkout/", {**DELIVERY, "key": "a"})
    assert streets(user) == []
    fill(user, None, now)
    for _click in range(2):
        browser.post("/checkout/", {**DELIVERY, "key": "b", "keep": "on"})
    assert streets(user) == [("黄岐山大道1号", True)]


def test_a_full_book_is_no_obstacle_to_buying(
    now: datetime, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "MOST_ADDRESSES", 1)
    user = trade.shopper()
    trade.address(user, None, now, delivery_address="家")
    fill(user, None, now)
    response = client_of(user).post("/checkout/", {**DELIVERY, "key": "a", "saved": "another", "keep": "on"})
    assert PurchaseRequest.objects.get().delivery_address == "黄岐山大道1号"
    assert said(response) == ["已有 1 个地址，请先删除不用的。"]


def test_an_address_that_is_gone_or_foreign_is_not_taken(now: datetime, client_of: ClientOf) -> None:
    user = trade.shopper()
    trade.address(user, None, now, delivery_address="家")
    theirs = trade.address(trade.shopper("another"), None, now)
    fill(user, None, now)
    response = client_of(user).post("/checkout/", {**DELIVERY, "key": "a", "saved": theirs.pk})
    assert errors(response) == {"saved": ["这个地址已不在列表里，请另选一个。"]}
    assert not PurchaseRequest.objects.exists()


def test_a_kept_address_whose_region_is_no_more_is_named_beside_the_choice(
    now: datetime, client_of: ClientOf
) -> None:
    user = trade.shopper()
    home = trade.address(user, None, now)
    Region.objects.filter(pk="445202").update(valid_to=now.date())
    fill(user, None, now)
    response = client_of(user).post("/checkout/", {"key": "a", "saved": home.pk})
    assert set(errors(response)) == {"saved"}
    assert not PurchaseRequest.objects.exists()


def test_a_requester_chooses_among_the_institutions(now: datetime, client_of: ClientOf) -> None:
    school = trade.unit()
    gate = trade.address(school.requester, school.institution, now, delivery_address="后门")
    trade.address(school.requester, None, now, delivery_address="家")
    fill(school.requester, school, now)
    browser = client_of(school.requester)
    form = browser.get("/buyer/submit/").context["form"]
    assert list(form.book) == [str(gate.pk)]
    browser.post("/buyer/submit/", {"key": "a", "purpose": "食堂采购", "saved": gate.pk})
    assert PurchaseRequest.objects.get().delivery_address == "后门"
