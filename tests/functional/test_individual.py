"""An individual on a phone registers, buys, pays in the sandbox and receives; the county's figure moves."""

import io
import json
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from catalog.partner.models import StockRecord
from marketplace.core.periods import Window, shanghai_day
from tests.factories import trade
from tests.factories.users import PASSWORD

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}


@pytest.fixture
def complaints() -> Iterator[list[str]]:
    """Failed scripts and broken policies; there must be none."""
    found: list[str] = []
    yield found
    assert found == []


def on_a_phone(browser: Browser, site: str, complaints: list[str]) -> Page:
    """A page of a browser of its own."""
    page = browser.new_context(
        locale="zh-CN", timezone_id="Asia/Shanghai", viewport=PHONE, base_url=site
    ).new_page()
    page.set_default_timeout(15_000)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    return page


def fits(page: Page) -> bool:
    """Whether nothing sticks out on the right."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def figures(county: str) -> dict[str, Decimal]:
    """The county's contracted, accepted and paid of this year, CNY, as the report prints them."""
    year = Window.year(shanghai_day(timezone.now()))
    out = io.StringIO()
    asked = ("--region", county, "--from", str(year.start), "--to", str(year.end))
    call_command("county_report", *asked, stdout=out)
    total = json.loads(out.getvalue())["total"]
    return {name: Decimal(total[name]) for name in ("contracted", "accepted", "paid")}


def register_from(page: Page, product: str) -> None:
    """Presses buy as a stranger, registers, and is back at the product."""
    page.goto(product)
    page.get_by_role("link", name="登录后采购").click()
    page.locator("main").get_by_role("link", name="注册").click()
    page.locator("[name=name]").fill("黄敏")
    page.locator("[name=phone]").fill("138 0013 8000")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form.card button[type=submit]").click()
    expect(page).to_have_url(re.compile(re.escape(product) + "$"))


def buy(page: Page, quantity: str) -> None:
    """Puts so many units into the basket, checks out and pays in the sandbox."""
    page.locator(".offer-form input[name^=quantity]").fill(quantity)
    page.get_by_role("button", name="放入购物车").click()
    assert fits(page)
    page.get_by_role("link", name="去结算").click()
    region = page.locator("#id_delivery_region")
    expect(region).to_have_attribute("role", "combobox")
    region.click()
    region.press_sequentially("rongcheng")
    page.locator("[role=option]").filter(has_text="榕城区").first.click()
    page.get_by_role("option", name="选定榕城区").click()
    expect(page.locator("input[type=hidden][name=delivery_region]")).to_have_value("445202")
    page.locator("[name=delivery_address]").fill("示范小区3栋502房")
    assert fits(page)
    page.get_by_role("button", name="支付 ¥72.00").click()
    expect(page.locator("main")).to_contain_text("这是沙箱，不会产生真实扣款")
    assert fits(page)
    page.get_by_role("button", name="不付款，返回").click()
    expect(page.locator("h1")).to_have_text("等待付款")
    expect(page.locator("[data-controller=countdown]")).to_have_text(re.compile(r"^\d\d:\d\d$"))
    assert fits(page)
    page.get_by_role("button", name="支付 ¥72.00").click()
    page.get_by_role("button", name="模拟付款").click()
    expect(page.locator("h1")).to_have_text("付款成功，已通知供应商")
    assert fits(page)


def ship(page: Page, seller: trade.Seller) -> None:
    """The cadre takes the order and ships all of it."""
    page.goto("/account/login/")
    page.locator("[name=identifier]").fill(seller.cadre.username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form.card button[type=submit]").click()
    page.goto("/supplier/orders/")
    page.get_by_role("link", name="黄**（个人）").click()
    page.get_by_role("button", name="确认接单").click()
    page.get_by_role("link", name="去发货").click()
    page.locator("[name=carrier]").fill("邮政快递")
    page.locator("[name=tracking_number]").fill("EMS1")
    page.locator("form.form button[type=submit]").last.click()
    expect(page.locator("main")).to_contain_text("EMS1")


def receive(page: Page) -> None:
    """Confirms the receipt of everything."""
    page.goto("/account/orders/")
    assert fits(page)
    page.get_by_role("link", name="确认收货").click()
    assert fits(page)
    page.get_by_role("button", name="全部收到，确认收货").click()
    expect(page.locator("main")).to_contain_text("已验收")
    assert fits(page)


def test_what_an_individual_buys_counts_for_its_county(
    browser: Browser, site: str, complaints: list[str]
) -> None:
    trade.land()
    farm = trade.seller(flat_freight="30.00")
    record: StockRecord = trade.goods(farm, timezone.now(), price="4.20", tiers=())
    shopper, cadre = (on_a_phone(browser, site, complaints) for _who in range(2))
    steps = [figures("445203")]
    register_from(shopper, f"/product/{record.product_id}/")
    buy(shopper, "１０")
    steps.append(figures("445203"))
    ship(cadre, farm)
    receive(shopper)
    steps.append(figures("445203"))
    goods = Decimal("42.00")  # the freight of 30.00 counts for nobody
    assert steps == [
        {"contracted": 0, "accepted": 0, "paid": 0},
        {"contracted": goods, "accepted": 0, "paid": goods},
        {"contracted": goods, "accepted": goods, "paid": goods},
    ]
    call_command("verify_sales", stdout=io.StringIO())
