"""From the basket to a request."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.http import HttpResponse
from django.utils import timezone

from catalog.partner import services as stock
from catalog.partner.models import Partner, StockRecord
from marketplace.basket import services as baskets
from marketplace.procurement.models import PurchaseRequest
from tests.factories import trade
from tests.factories.members import Role, join_institution
from tests.portals.buyer.conftest import Market, errors, said

DELIVERY = {
    "key": "k1",
    "purpose": "食堂采购",
    "wanted_on": "",
    "delivery_region": "445202",
    "delivery_address": "黄岐山大道1号",
    "recipient": "李明",
    "recipient_phone": "１３８ 0013 8000",
}


def fill(market: Market, quantity: int = 300) -> None:
    baskets.set_quantities(
        user=market.school.requester,
        institution=market.school.institution,
        quantities={market.shoots.pk: quantity},
        now=market.now,
    )


def value_of(response: HttpResponse, name: str) -> object:
    """What the field of the page's form holds."""
    return response.context["form"][name].value()


def test_the_form_shows_tier_price_freight_total_and_for_how_long_the_goods_are_kept(market: Market) -> None:
    fill(market)
    response = market.as_("requester").get("/buyer/submit/")
    part = response.context["parts"][0]
    assert (part.lines[0].unit_price, part.lines[0].amount_fen) == (3.50, 105_000)
    assert (part.freight_fen, response.context["total_fen"]) == (3_000, 108_000)
    page = response.content.decode()
    assert "¥1,080.00" in page
    assert "72" in page


def test_a_basket_becomes_a_request(market: Market) -> None:
    fill(market)
    response = market.as_("requester").post("/buyer/submit/", DELIVERY)
    made = PurchaseRequest.objects.get()
    assert response.url == f"/buyer/requests/{made.pk}/"
    assert (made.total_fen, made.purpose, made.recipient_phone) == (108_000, "食堂采购", "13800138000")
    assert (made.delivery_region_id, made.wanted_on) == ("445202", None)


def test_a_double_click_makes_one_request(market: Market) -> None:
    fill(market)
    browser = market.as_("requester")
    first = browser.post("/buyer/submit/", DELIVERY)
    second = browser.post("/buyer/submit/", DELIVERY)
    assert first.url == second.url
    assert PurchaseRequest.objects.count() == 1


def test_each_form_has_a_key_of_its_own(market: Market) -> None:
    fill(market)
    browser = market.as_("requester")
    keys = {browser.get("/buyer/submit/").context["form"]["key"].value() for _ in range(2)}
    assert len(keys) == 2
    assert {len(key) for key in keys} == {32}


def test_the_next_form_begins_with_the_last_address(market: Market) -> None:
    market.request()
    fill(market)
    form = market.as_("requester").get("/buyer/submit/").context["form"]
    assert (form["recipient"].value(), form["delivery_region"].value()) == ("李明", "445202")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("purpose", ""),
        ("purpose", "x" * 201),
        ("recipient", ""),
        ("recipient_phone", "12"),
        ("delivery_address", ""),
        ("delivery_region", ""),
        ("delivery_region", "999999"),
        ("delivery_region", "440000"),
        ("wanted_on", "2020-01-01"),
        ("wanted_on", "morgen"),
    ],
)
def test_bad_input_is_named_and_nothing_is_submitted(market: Market, field: str, value: str) -> None:
    fill(market)
    response = market.as_("requester").post("/buyer/submit/", {**DELIVERY, field: value})
    assert set(errors(response)) == {field}
    assert not PurchaseRequest.objects.exists()


def test_a_landline_and_a_day_to_come_are_taken(market: Market) -> None:
    fill(market)
    day = timezone.localdate() + timedelta(days=3)
    data = {**DELIVERY, "recipient_phone": "0663-8234567", "wanted_on": day.isoformat()}
    market.as_("requester").post("/buyer/submit/", data)
    made = PurchaseRequest.objects.get()
    assert (made.recipient_phone, made.wanted_on) == ("06638234567", day)


def test_more_than_an_order_holds_names_the_line_and_what_to_do(market: Market) -> None:
    market.shoots.tiers.all().delete()
    StockRecord.objects.filter(pk=market.shoots.pk).update(price=Decimal(1_000_000))
    fill(market, 10_000)
    response = market.as_("requester").post("/buyer/submit/", DELIVERY)
    (problem,) = errors(response)["__all__"]
    assert problem == (
        "埔田竹笋：这一行合计 ¥10,000,000,000.00，一行最多 ¥9,999,999,999.99。请减少数量，其余的另外下单。"
        "请在购物车里修改后重新提交。"
    )
    assert not PurchaseRequest.objects.exists()


def test_more_than_the_stock_names_the_line_and_what_is_left(market: Market) -> None:
    fill(market, 300)
    stock.set_stock(stock_record=market.shoots, available=7, now=market.now, actor=market.farm.cadre)
    response = market.as_("requester").post("/buyer/submit/", DELIVERY)
    (problem,) = errors(response)["__all__"]
    assert problem == "埔田竹笋：只剩 7。请在购物车里修改后重新提交。"
    assert not PurchaseRequest.objects.exists()


def test_a_price_that_changed_meanwhile_is_shown_and_what_was_typed_stays(market: Market) -> None:
    fill(market)
    browser = market.as_("requester")
    form = browser.get("/buyer/submit/").context["form"]
    sent = {**DELIVERY, "key": form["key"].value(), "seen_fen": form["seen_fen"].value()}
    assert sent["seen_fen"] == 108_000
    tiers = [stock.Tier(200, Decimal("3.45"))]
    stock.set_price(
        stock_record=market.shoots, price=Decimal("4.00"), tiers=tiers, now=market.now,
        actor=market.farm.cadre,
    )  # fmt: skip
    response = browser.post("/buyer/submit/", sent)
    (told,) = errors(response)["__all__"]
    assert told.startswith("总金额变了：原来是 ¥1,080.00，现在是 ¥1,065.00。")
    assert response.context["total_fen"] == 106_500
    page = response.content.decode()
    assert '<input type="hidden" name="seen_fen" value="106500">' in page
    assert "¥1,065.00" in page
    again = {name: value_of(response, name) for name in sent}
    assert again == {**sent, "seen_fen": 106_500}
    assert not PurchaseRequest.objects.exists()
    assert browser.post("/buyer/submit/", again).status_code == 302
    made = PurchaseRequest.objects.get()
    assert (made.total_fen, made.key, made.purpose) == (106_500, sent["key"], "食堂采购")
    # Who goes back and sends the first page once more finds that request.
    assert browser.post("/buyer/submit/", sent).url == f"/buyer/requests/{made.pk}/"
    assert PurchaseRequest.objects.count() == 1


def test_a_price_that_changed_beside_another_mistake_is_told_before_anything_is_submitted(
    market: Market,
) -> None:
    fill(market)
    browser = market.as_("requester")
    Partner.objects.filter(pk=market.farm.supplier.pk).update(flat_freight=0)
    response = browser.post("/buyer/submit/", {**DELIVERY, "seen_fen": "108000", "purpose": ""})
    assert set(errors(response)) == {"purpose"}
    assert value_of(response, "seen_fen") == "108000"
    response = browser.post("/buyer/submit/", {**DELIVERY, "seen_fen": "108000"})
    assert errors(response)["__all__"][0].startswith("总金额变了：原来是 ¥1,080.00，现在是 ¥1,050.00。")
    assert not PurchaseRequest.objects.exists()


@pytest.mark.parametrize("seen", ["-1", "1.5", "千元", "9" * 30, "9" * 5000, "1\0"])
def test_what_is_no_total_is_refused(market: Market, seen: str) -> None:
    fill(market)
    response = market.as_("requester").post("/buyer/submit/", {**DELIVERY, "seen_fen": seen})
    assert set(errors(response)) == {"seen_fen"}
    assert not PurchaseRequest.objects.exists()


def test_an_empty_basket_is_said(market: Market) -> None:
    browser = market.as_("requester")
    assert browser.get("/buyer/submit/").context["parts"] == []
    response = browser.post("/buyer/submit/", DELIVERY)
    assert (response.status_code, response.url) == (302, "/buyer/baskets/")
    assert said(response) == ["购物车是空的，请先加入产品。"]


@pytest.mark.parametrize("role", ["approver", "receiver", "finance"])
def test_only_a_requester_submits(market: Market, role: str) -> None:
    person = getattr(market.school, role)
    baskets.set_quantities(
        user=person,
        institution=market.school.institution,
        quantities={market.shoots.pk: 5},
        now=market.now,
    )
    browser = market.as_(role)
    assert browser.get("/buyer/submit/").status_code == 403
    assert browser.post("/buyer/submit/", DELIVERY).status_code == 403
    assert not PurchaseRequest.objects.exists()


def test_another_institutions_basket_is_not_found(market: Market, stranger: trade.Unit) -> None:
    browser = market.as_("requester")
    for asked in (stranger.institution.pk, "0", "9" * 30):
        path = f"/buyer/submit/{asked}/"
        assert browser.get(path).status_code == 404
        assert browser.post(path, DELIVERY).status_code == 404


def test_who_buys_for_several_says_for_which(market: Market, stranger: trade.Unit) -> None:
    join_institution(stranger.institution, market.school.requester, Role.REQUESTER)
    fill(market)
    browser = market.as_("requester")
    for address in ("/buyer/submit/", f"/buyer/submit/?institution={market.school.institution.pk}"):
        assert browser.get(address).url == "/buyer/baskets/"
        assert browser.post(address, DELIVERY).url == "/buyer/baskets/"
    assert not PurchaseRequest.objects.exists()
    path = f"/buyer/submit/{market.school.institution.pk}/"
    assert browser.post(path, DELIVERY).status_code == 302
    assert PurchaseRequest.objects.get().institution == market.school.institution
