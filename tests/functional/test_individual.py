"""An individual on a phone registers, buys, pays in the sandbox and receives; the county's figure moves."""

import io
import json
import re
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from marketplace.core.periods import Window, shanghai_day
from tests.factories import trade
from tests.factories.users import PASSWORD
from tests.functional.conftest import VisitorFrom
from tests.functional.visitor import Visitor

pytestmark = pytest.mark.browser

COUNTY = "445203"
# 10 units at 4.20, and the supplier's flat freight of 30.00, which counts for nobody.
QUANTITY, GOODS, DUE = "１０", Decimal("42.00"), "¥72.00"
NOTHING = Decimal("0.00")


def figures() -> tuple[Decimal, ...]:
    """The county's contracted, accepted and paid of this year, CNY, as the report prints them."""
    year = Window.year(shanghai_day(timezone.now()))
    out = io.StringIO()
    asked = ("--region", COUNTY, "--from", str(year.start), "--to", str(year.end))
    call_command("county_report", *asked, stdout=out)
    total = json.loads(out.getvalue())["total"]
    return tuple(Decimal(total[name]) for name in ("contracted", "accepted", "paid"))


def register_from(shopper: Visitor, product: str) -> None:
    """Wants to buy as a stranger, registers, and is back at the product."""
    shopper.open(product)
    shopper.page.get_by_role("link", name="登录后采购", exact=True).click()  # in the buy bar
    shopper.follow("注册")
    shopper.fill("name", "黄敏")
    shopper.fill("phone", "138 0013 8000")
    shopper.fill("password", PASSWORD)
    shopper.press("注册")
    expect(shopper.page).to_have_url(re.compile(re.escape(product) + "$"))


def check_out(shopper: Visitor) -> None:
    """Puts so many units into the basket and says where they go."""
    shopper.page.locator("main input[name^='quantity-']").fill(QUANTITY)
    shopper.press("放入购物车")
    shopper.follow("去结算")
    shopper.choose_region("delivery_region", "广东省", "揭阳市", "榕城区", "选定榕城区")
    shopper.fill("delivery_address", "示范小区3栋502房")
    shopper.press(f"支付 {DUE}")
    shopper.reads("这是沙箱，不会产生真实扣款")


def pay(shopper: Visitor) -> None:
    """Hesitates, sees how long there still is, and pays."""
    shopper.press("不付款，返回")
    shopper.reads("等待付款")
    expect(shopper.page.locator("[data-controller=countdown]")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    shopper.press(f"支付 {DUE}")
    shopper.press("模拟付款")
    shopper.reads("付款成功，已通知供应商")


def ship(cadre: Visitor) -> None:
    """Takes the order and ships all of it."""
    cadre.open("/supplier/orders/")
    cadre.follow("黄**（个人）")
    cadre.press("确认接单")
    cadre.follow("去发货")
    cadre.fill("carrier", "邮政快递")
    cadre.fill("tracking_number", "EMS1")
    cadre.press("确认发货")
    cadre.reads("EMS1")


def receive(shopper: Visitor) -> None:
    """Confirms the receipt of everything."""
    shopper.open("/account/orders/")
    shopper.follow("确认收货")
    shopper.press("全部收到，确认收货")
    shopper.is_told("已确认收货")


def test_what_an_individual_buys_counts_for_its_county(site: str, visitor: VisitorFrom) -> None:
    trade.land()
    farm = trade.seller(flat_freight="30.00")
    record = trade.goods(farm, timezone.now(), price="4.20", tiers=())
    shopper, cadre = visitor(), visitor()
    assert figures() == (NOTHING, NOTHING, NOTHING)
    register_from(shopper, f"/product/{record.product_id}/")
    check_out(shopper)
    pay(shopper)
    assert figures() == (GOODS, NOTHING, GOODS)
    cadre.come_as(farm.cadre)
    ship(cadre)
    receive(shopper)
    assert figures() == (GOODS, GOODS, GOODS)
    call_command("verify_sales", stdout=io.StringIO())
    call_command("verify_stock", stdout=io.StringIO())
