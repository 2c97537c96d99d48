"""Buying on an old phone without scripts, and by impatient fingers."""

import pytest
from django.utils import timezone
from playwright.sync_api import Request, expect

from marketplace.order.models import Order
from marketplace.procurement.models import PurchaseRequest
from tests.factories import trade
from tests.functional.conftest import VisitorFrom

pytestmark = pytest.mark.browser


def test_an_institution_buys_without_scripts(site: str, visitor: VisitorFrom) -> None:
    trade.land()
    school, farm = trade.unit(), trade.seller(flat_freight="30.00")
    trade.goods(farm, timezone.now())
    requester = visitor(java_script_enabled=False)
    requester.log_in(school.requester)
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
    approver.log_in(school.approver)
    approver.open(f"/buyer/requests/{made.pk}/")
    approver.follow("同意")
    approver.press("同意")
    approver.reads("埔田竹笋专业合作社", "¥1,080.00")
    assert Order.objects.get().purchase.goods_fen == 105_000


def test_a_form_is_sent_once_however_often_its_button_is_tapped(site: str, visitor: VisitorFrom) -> None:
    trade.land()
    school, farm = trade.unit(), trade.seller()
    now = timezone.now()
    order = trade.ordered(school, {trade.goods(farm, now).pk: 300}, now)
    cadre = visitor()
    cadre.log_in(farm.cadre)
    cadre.open(f"/supplier/orders/{order.number}/")
    cadre.page.wait_for_load_state("networkidle")
    sent: list[Request] = []
    cadre.page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    cadre.page.get_by_role("button", name="确认接单").dblclick()
    cadre.is_told("接单")
    assert [request.url.removeprefix(site) for request in sent] == [
        f"/supplier/orders/{order.number}/confirm/"
    ]
