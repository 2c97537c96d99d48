"""Buying on an old phone without scripts, and by impatient fingers."""

from decimal import Decimal

import pytest
from django.utils import timezone
from playwright.sync_api import Request, ViewportSize, expect

from catalog.partner import services as stock
from marketplace.basket import services as baskets
from marketplace.order.models import Order
from marketplace.procurement.models import PurchaseRequest
from tests.factories import trade
from tests.functional.conftest import DESK, PHONE, VisitorFrom
from tests.functional.visitor import wait_for_scripts

pytestmark = pytest.mark.browser


def test_an_institution_buys_without_scripts(site: str, visitor: VisitorFrom) -> None:
    trade.land()
    school, farm = trade.unit(), trade.seller(flat_freight="30.00")
    trade.goods(farm, timezone.now())
    requester = visitor(java_script_enabled=False)
    requester.come_as(school.requester)
    requester.open("/county/")
    requester.follow("揭东区")
    requester.follow("埔田竹笋")
    requester.page.locator("main input[name^='quantity-']").fill("２00")
    requester.press("放入购物车")
    requester.page.locator("main input[name^='quantity-']").fill("300")
    requester.press("更新数量")
    requester.reads("¥1,050.00", "¥1,080.00")
    requester.follow("去提交采购申请")
    requester.fill("purpose", "食堂采购")
    requester.fill("delivery_region", "445202")
    requester.fill("delivery_address", "黄岐山大道1号")
    requester.fill("recipient", "李明")
    requester.press("提交审批")
    requester.is_told("收货人电话")
    expect(requester.field("delivery_region")).to_have_value("445202")
    requester.fill("recipient_phone", "0663-8234567")
    requester.press("提交审批")
    requester.reads("等待审批", "榕城区 黄岐山大道1号")
    made = PurchaseRequest.objects.get()
    assert (made.total_fen, made.delivery_region_id) == (108_000, "445202")

    approver = visitor(java_script_enabled=False)
    approver.come_as(school.approver)
    approver.open(f"/buyer/requests/{made.pk}/")
    approver.follow("同意")
    approver.press("同意")
    approver.reads("埔田竹笋专业合作社", "¥1,080.00")
    assert Order.objects.get().purchase.goods_fen == 105_000


@pytest.mark.parametrize(
    ("viewport", "scripts"), [(PHONE, False), (DESK, True)], ids=["360 without scripts", "1280"]
)
def test_who_saw_another_price_is_told_and_then_buys(
    site: str, visitor: VisitorFrom, viewport: ViewportSize, *, scripts: bool
) -> None:
    trade.land()
    now = timezone.now()
    school, farm, shopper = trade.unit(), trade.seller(flat_freight="30.00"), trade.shopper()
    record = trade.goods(farm, now)
    for user, institution in ((school.requester, school.institution), (shopper, None)):
        trade.address(user, institution, now)
        baskets.set_quantities(user=user, institution=institution, quantities={record.pk: 300}, now=now)
    requester, individual = [visitor(viewport, java_script_enabled=scripts) for _ in range(2)]
    requester.come_as(school.requester)
    requester.open("/buyer/submit/")
    requester.fill("purpose", "食堂采购")
    individual.come_as(shopper)
    individual.open("/checkout/")
    tiers = [stock.Tier(200, Decimal("3.60"))]
    stock.set_price(stock_record=record, price=Decimal("4.00"), tiers=tiers, now=now, actor=farm.cadre)

    requester.press("提交审批")
    requester.is_told("总金额变了：原来是 ¥1,080.00，现在是 ¥1,110.00")
    requester.reads("¥1,110.00")
    expect(requester.field("purpose")).to_have_value("食堂采购")
    requester.press("提交审批")
    requester.reads("等待审批", "¥1,110.00")
    individual.press("支付 ¥1,080.00")
    individual.is_told("总金额变了：原来是 ¥1,080.00，现在是 ¥1,110.00")
    individual.press("支付 ¥1,110.00")
    individual.reads("这是沙箱，不会产生真实扣款")
    assert [made.total_fen for made in PurchaseRequest.objects.all()] == [111_000, 111_000]


def test_a_form_is_sent_once_however_often_its_button_is_tapped(site: str, visitor: VisitorFrom) -> None:
    trade.land()
    school, farm = trade.unit(), trade.seller()
    now = timezone.now()
    order = trade.ordered(school, {trade.goods(farm, now).pk: 300}, now)
    cadre = visitor()
    cadre.come_as(farm.cadre)
    cadre.open(f"/supplier/orders/{order.number}/")
    wait_for_scripts(cadre.page)
    sent: list[Request] = []
    cadre.page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    cadre.page.get_by_role("button", name="确认接单").dblclick()
    cadre.is_told("接单")
    assert [request.url.removeprefix(site) for request in sent] == [
        f"/supplier/orders/{order.number}/confirm/"
    ]
