"""Checking out one's own basket, and on to the gateway."""

from decimal import Decimal

import pytest
from django.test import Client, override_settings

from catalog.partner import services as stock
from catalog.partner.models import StockRecord
from marketplace.procurement.models import DeliveryAddress, PurchaseRequest
from tests.factories import trade
from tests.portals.shopper.conftest import DELIVERY, Stall, errors, said


def test_checking_out_reserves_and_leads_to_the_gateway(stall: Stall) -> None:
    stall.fill()
    response = stall.check_out()
    asked = PurchaseRequest.objects.get()
    assert response.url.startswith("/payments/sandbox/")
    assert (asked.institution, asked.total_fen, asked.delivery_region_id) == (None, 4_200, "445202")
    assert (asked.recipient, asked.recipient_phone) == ("黄敏", "13800138000")
    assert stall.allocated == 3


def test_a_double_click_is_one_purchase(stall: Stall) -> None:
    stall.fill()
    answers = [stall.check_out(), stall.check_out()]
    assert all(each.url.startswith("/payments/sandbox/") for each in answers)
    assert (PurchaseRequest.objects.count(), stall.allocated) == (1, 3)


def test_who_comes_back_after_paying_lands_on_the_purchase(stall: Stall) -> None:
    stall.fill()
    stall.check_out()
    asked = PurchaseRequest.objects.get()
    trade.paid(asked, stall.now)
    response = stall.check_out()
    assert response.url == f"/account/purchases/{asked.pk}/"
    assert PurchaseRequest.objects.count() == 1


def test_the_form_begins_with_the_person_and_then_with_the_last_place(stall: Stall) -> None:
    stall.shopper.phone = "13900139000"
    stall.shopper.save()
    stall.fill()
    first = stall.browser.get("/checkout/").context["form"]
    assert (first["recipient"].value(), first["recipient_phone"].value()) == ("黄敏", "13900139000")
    stall.check_out(recipient="黄妈妈")
    stall.fill()
    second = stall.browser.get("/checkout/").context["form"]
    assert [second[name].value() for name in ("recipient", "delivery_region", "delivery_address")] == [
        "黄妈妈",
        "445202",
        "黄岐山大道1号",
    ]


def test_the_sum_stands_by_supplier_with_its_freight(stall: Stall) -> None:
    tea = trade.goods(trade.seller("坪上茶叶合作社"), stall.now, title="坪上炒茶", price="55.00", tiers=())
    stall.browser.post(
        "/basket/set/",
        {"institution": "own", f"quantity-{stall.shoots.pk}": "３", f"quantity-{tea.pk}": "2"},
    )
    context = stall.browser.get("/checkout/").context
    assert [(part.supplier.name, part.total_fen) for part in context["parts"]] == [
        ("埔田竹笋专业合作社", 4_200),
        ("坪上茶叶合作社", 11_000),
    ]
    assert (context["goods_fen"], context["freight_fen"], context["total_fen"]) == (12_200, 3_000, 15_200)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"delivery_region": ""}, "delivery_region"),
        ({"delivery_region": "999999"}, "delivery_region"),
        ({"delivery_region": "44"}, "delivery_region"),
        ({"delivery_address": ""}, "delivery_address"),
        ({"delivery_address": "x" * 201}, "delivery_address"),
        ({"recipient": ""}, "recipient"),
        ({"recipient_phone": "12"}, "recipient_phone"),
        ({"recipient_phone": "a\0"}, "recipient_phone"),
        ({"key": ""}, "key"),
        ({"key": "k" * 65}, "key"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_reserved(
    stall: Stall, typed: dict[str, str], wrong: str
) -> None:
    stall.fill()
    response = stall.check_out(**typed)
    assert (response.status_code, set(errors(response))) == (200, {wrong})
    assert (PurchaseRequest.objects.count(), stall.allocated) == (0, 0)


def test_more_than_the_stock_names_the_line_and_what_is_left(stall: Stall) -> None:
    stall.fill(3)
    StockRecord.objects.filter(pk=stall.shoots.pk).update(num_in_stock=2)
    response = stall.check_out()
    assert errors(response) == {"__all__": ["埔田竹笋：只剩 2。请到购物车修改。"]}
    assert (PurchaseRequest.objects.count(), stall.allocated) == (0, 0)


def test_a_price_that_changed_meanwhile_is_shown_and_what_was_typed_stays(stall: Stall) -> None:
    stall.fill()
    seen = stall.browser.get("/checkout/").context["form"]["seen_fen"].value()
    assert seen == 4_200
    stock.set_price(stock_record=stall.shoots, price=Decimal("3.99"), now=stall.now, actor=stall.farm.cadre)
    typed = {"recipient": "黄妈妈", "keep": "on"}
    response = stall.check_out(seen_fen=seen, **typed)
    (told,) = errors(response)["__all__"]
    assert told.startswith("总金额变了：原来是 ¥42.00，现在是 ¥41.97。")
    form, page = response.context["form"], response.content.decode()
    assert [form[name].value() for name in ("seen_fen", "key", "recipient", "keep", "delivery_region")] == [
        4_197, "k1", "黄妈妈", True, "445202",
    ]  # fmt: skip
    assert "支付 ¥41.97" in page
    assert (PurchaseRequest.objects.count(), stall.allocated) == (0, 0)
    assert DeliveryAddress.objects.count() == 0
    response = stall.check_out(seen_fen=4_197, **typed)
    assert response.url.startswith("/payments/sandbox/")
    assert (PurchaseRequest.objects.get().total_fen, stall.allocated) == (4_197, 3)
    assert stall.check_out(seen_fen=seen, **typed).url.startswith("/payments/sandbox/")
    assert PurchaseRequest.objects.count() == 1


@pytest.mark.parametrize("typed", ["0", "-1", "1.5", "1" + "0" * 30])
def test_what_is_no_quantity_never_reaches_the_check_out(stall: Stall, typed: str) -> None:
    data = {"institution": "own", "product": stall.shoots.product_id, f"quantity-{stall.shoots.pk}": typed}
    response = stall.browser.post("/basket/set/", data)
    assert response.url == f"/product/{stall.shoots.product_id}/"
    assert "不是数量" in said(response)[-1]
    assert stall.check_out().url == "/basket/?institution=own"
    assert not PurchaseRequest.objects.exists()


def test_an_empty_basket_is_said(stall: Stall) -> None:
    assert "购物车是空的" in stall.browser.get("/checkout/").content.decode()
    response = stall.check_out()
    assert response.url == "/basket/?institution=own"
    assert not PurchaseRequest.objects.exists()


@override_settings(PAYMENT_GATEWAY="")
def test_without_a_gateway_the_page_says_so_and_nothing_is_reserved(stall: Stall) -> None:
    stall.fill()
    text = stall.browser.get("/checkout/").content.decode()
    assert "本站暂未开通在线支付" in text
    assert 'form="checkout"' not in text
    response = stall.check_out()
    assert errors(response) == {"__all__": ["本站暂未开通在线支付，没有下单。"]}
    assert (PurchaseRequest.objects.count(), stall.allocated) == (0, 0)


def test_the_page_says_that_the_sandbox_moves_no_money(stall: Stall) -> None:
    stall.fill()
    assert "不会产生真实扣款" in stall.browser.get("/checkout/").content.decode()


def test_a_stranger_is_asked_to_log_in(stall: Stall, client: Client) -> None:
    assert client.get("/checkout/").url == "/account/login/?next=/checkout/"
    assert client.post("/checkout/", DELIVERY).url == "/account/login/?next=/checkout/"
