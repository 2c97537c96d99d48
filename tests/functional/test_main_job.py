"""The main job from end to end, through the pages alone: listed, recognised, bought, shipped, accepted, paid.

The county's figures are read before and after, to the fen, on the screen and by the command.
"""

import io
import json
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import ViewportSize, expect

from catalog.catalogue.models import Category
from marketplace.accounts.models import User
from marketplace.core.periods import Window, shanghai_day
from marketplace.procurement.services import fulfilment
from tests.factories import trade
from tests.factories.offices import make_office
from tests.factories.users import make_user
from tests.functional.conftest import VisitorFrom
from tests.functional.photos import phone_photo
from tests.functional.visitor import Visitor

pytestmark = pytest.mark.browser

COUNTY = "445203"
# 333 斤 at the bulk price of 3.97, and the supplier's flat freight of 30.00.
QUANTITY, GOODS, DUE = "３３３", Decimal("1322.01"), "¥1,352.01"
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Market:
    """A cooperative, a school that buys, the county's office; something was sold in the county before."""

    farm: trade.Seller
    school: trade.Unit
    official: User
    category: Category
    today: date


@pytest.fixture
def market(site: str) -> Market:
    trade.land()
    now = timezone.now()
    farm, school, official = trade.seller(flat_freight="30.00"), trade.unit(), make_user("official")
    make_office(COUNTY, official)
    sell_before(farm, now)
    kind = trade.category("蔬菜", needs_certificate=True)
    return Market(farm, school, official, kind, shanghai_day(now))


def sell_before(farm: trade.Seller, now: datetime) -> None:
    """1,050.00 CNY of another product, accepted by a hospital."""
    hospital, oranges = trade.unit("示范市人民医院"), trade.goods(farm, now, kind=trade.category("水果"))
    who = {"order_id": trade.ordered(hospital, {oranges.pk: 300}, now).pk, "now": now}
    fulfilment.confirm_order(**who, actor=farm.cadre)
    fulfilment.ship_order(**who, actor=farm.cadre, carrier="邮政", tracking_number="1")
    fulfilment.receive_order(**who, actor=hospital.receiver, judgements=None)


@dataclass
class Desks:
    """A browser for each of those who work together, each logged in by the page."""

    visitor: VisitorFrom
    viewport: ViewportSize

    def of(self, user: User) -> Visitor:
        made = self.visitor(self.viewport)
        made.log_in(user)
        return made


def test_the_main_job_moves_the_countys_figures_by_exactly_the_goods(
    market: Market, visitor: VisitorFrom, viewport: ViewportSize
) -> None:
    desks = Desks(visitor, viewport)
    cadre, office = desks.of(market.farm.cadre), desks.of(market.official)
    before = figures(office)
    assert before == reported(market.today) == (Decimal("1050.00"), Decimal("1050.00"), NOTHING)

    list_goods(cadre, market)
    recognise(office, market)
    ask_to_buy(desks.of(market.school.requester), market)
    approve(desks.of(market.school.approver))
    assert moved(office, before) == (GOODS, NOTHING, NOTHING)

    confirm_and_ship(cadre)
    accept(desks.of(market.school.receiver))
    assert moved(office, before) == (GOODS, GOODS, NOTHING)

    pay(desks.of(market.school.finance))
    assert moved(office, before) == (GOODS, GOODS, NOTHING)
    confirm_money(cadre)
    assert moved(office, before) == (GOODS, GOODS, GOODS)
    assert figures(office) == reported(market.today)
    call_command("verify_sales", stdout=io.StringIO())
    call_command("verify_stock", stdout=io.StringIO())


def figures(office: Visitor) -> tuple[Decimal, ...]:
    """Contracted, accepted, paid of the county this month, as the page shows its total."""
    office.open(f"/office/{COUNTY}/figures/")
    cells = office.page.locator("tfoot td")
    shown = dict(zip(cells.evaluate_all(LABELS), cells.all_text_contents(), strict=True))
    return tuple(
        Decimal(shown[label].strip().strip("¥").replace(",", "")) for label in ("已签约", "已验收", "已付款")
    )


LABELS = "cells => cells.map(cell => cell.dataset.label)"


def reported(today: date) -> tuple[Decimal, ...]:
    """The same by manage.py county_report."""
    month, out = Window.month(today), io.StringIO()
    days = ["--from", month.start.isoformat(), "--to", month.end.isoformat()]
    call_command("county_report", "--region", COUNTY, *days, "--format", "json", stdout=out)
    total = json.loads(out.getvalue())["total"]
    return tuple(Decimal(total[name]) for name in ("contracted", "accepted", "paid"))


def moved(office: Visitor, before: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
    """By how much each figure is higher than before."""
    return tuple(now - then for now, then in zip(figures(office), before, strict=True))


def list_goods(cadre: Visitor, market: Market) -> None:
    """Photo; what and how much; price and until when; a last look; submitted."""
    cadre.open("/supplier/offers/")
    cadre.follow("我要卖货")
    cadre.field("photo").set_input_files(phone_photo(1200, 900))
    cadre.reads("照片已选好")
    cadre.press("下一步")
    cadre.fill("title", "埔田鲜笋")
    cadre.field("category").select_option(label="蔬菜")
    cadre.fill("quantity", "８００")
    cadre.fill("shelf_life_days", "10")
    cadre.page.get_by_label("阴凉").check()
    cadre.fill("story", "天不亮上山挖。")
    cadre.press("下一步")
    cadre.fill("price", "4.35")
    cadre.fill("bulk_min_quantity", "200")
    cadre.fill("bulk_price", "3.97")
    cadre.fill("sell_by", (market.today + timedelta(days=7)).isoformat())
    cadre.press("下一步")
    cadre.reads("埔田鲜笋", "圩埔村委会", "¥4.35", "天不亮上山挖。")
    cadre.press("提交审核")
    cadre.is_told("交上去了")


def recognise(office: Visitor, market: Market) -> None:
    """From the queue of the county's office."""
    office.open(f"/office/{COUNTY}/offers/")
    office.follow("埔田鲜笋")
    office.reads("圩埔村委会", "¥4.35")
    office.page.get_by_label("广东省目录").check()
    office.fill("number", "粤扶 2020-001")
    office.fill("valid_until", (market.today + timedelta(days=364)).isoformat())
    office.press("认定并上架")
    office.is_told("已认定")


def ask_to_buy(requester: Visitor, market: Market) -> None:
    """Found by a search, put into the basket in bulk, submitted with an address from the region picker."""
    requester.open("/products/")
    requester.page.get_by_role("searchbox").first.fill("鲜笋")
    requester.page.get_by_role("searchbox").first.press("Enter")
    requester.follow("埔田鲜笋")
    requester.reads("圩埔村", "¥3.97", "粤扶 2020-001")
    requester.page.locator("main input[name^='quantity-']").fill(QUANTITY)
    requester.press("放入购物车")
    requester.reads("¥1,322.01", DUE)
    requester.follow("去提交采购申请")
    requester.fill("purpose", "食堂采购")
    requester.choose_region("delivery_region", "广东省", "揭阳市", "榕城区", "选定榕城区")
    requester.fill("delivery_address", "黄岐山大道1号")
    requester.fill("recipient", "李明")
    requester.fill("recipient_phone", "13800138000")
    requester.press("提交审批")
    requester.is_told("72 小时")
    requester.reads("榕城区 黄岐山大道1号", DUE)


def approve(approver: Visitor) -> None:
    """From the to-do list, asked once more."""
    approver.open("/buyer/")
    approver.follow("申请：食堂采购")
    approver.reads("埔田鲜笋", "¥3.97", DUE)
    approver.follow("同意")
    approver.press("同意")
    approver.is_told("已同意，并已通知供应商。")


def confirm_and_ship(cadre: Visitor) -> None:
    """Fresh goods leave with a certificate; what is missing in it is said, and nothing leaves."""
    cadre.open("/supplier/")
    cadre.follow("确认接单")
    cadre.press("确认接单")
    cadre.follow("去发货")
    cadre.fill("carrier", "邮政快递")
    cadre.fill("tracking_number", "EMS 1")
    cadre.press("确认发货")
    cadre.is_told("联系电话")
    cadre.page.get_by_label("联系电话").fill("13900139000")
    cadre.press("确认发货")
    cadre.is_told("请填写承诺达标合格证：埔田鲜笋。")
    cadre.page.get_by_label("我承诺").check()
    cadre.press("确认发货")
    cadre.is_told("发货登记好了")
    cadre.reads("EMS 1")


def accept(receiver: Visitor) -> None:
    """All of it, by one button."""
    receiver.open("/buyer/")
    receiver.follow("验收埔田竹笋专业合作社的货物")
    receiver.press("在途货物全部验收")
    receiver.is_told("已验收，并已通知供应商。")


def pay(finance: Visitor) -> None:
    """The amount that is due stands in the form already."""
    finance.open("/buyer/")
    finance.follow("付款 ¥1,352.01")
    expect(finance.field("amount")).to_have_value("1352.01")
    finance.fill("bank_reference", "ICBC 20200315 0001")
    finance.press("登记付款")
    finance.is_told("已登记。")


def confirm_money(cadre: Visitor) -> None:
    """The supplier saw it on its account."""
    cadre.open("/supplier/")
    cadre.follow("¥1,352.01 收到了吗？")
    cadre.press("收到货款")
    cadre.is_told("这笔货款记上了")
