"""The steps of the main job, each by the one whose job it is, through the pages alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from playwright.sync_api import expect

from catalog.catalogue.models import Category
from marketplace.accounts.models import User
from tests.factories import trade
from tests.functional.photos import phone_photo
from tests.functional.visitor import Visitor

COUNTY = "445203"
# 333 斤 at the bulk price of 3.97, and the supplier's flat freight of 30.00.
QUANTITY, GOODS, DUE = "３３３", Decimal("1322.01"), "¥1,352.01"


@dataclass(frozen=True)
class Market:
    """A cooperative, a school that buys, the county's office; something was sold in the county before."""

    farm: trade.Seller
    school: trade.Unit
    official: User
    category: Category
    today: date


def list_goods(cadre: Visitor, market: Market) -> None:
    """Photo; what and how much; price and until when; a last look; submitted."""
    cadre.open("/supplier/offers/")
    cadre.follow("我要卖货")
    cadre.field("photo").set_input_files(phone_photo(1200, 900))
    cadre.reads("照片已选好")
    cadre.press("下一步")
    cadre.fill("title", "埔田鲜笋")
    cadre.choose("category", "蔬菜")
    cadre.fill("quantity", "８００")
    cadre.fill("shelf_life_days", "10")
    cadre.tick("阴凉")
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
    office.tick("广东省目录")
    office.fill("number", "粤扶 2020-001")
    office.fill("valid_until", (market.today + timedelta(days=364)).isoformat())
    office.press("认定并上架")
    office.is_told("已认定")


def ask_to_buy(requester: Visitor, market: Market) -> None:
    """Found by a search, put into the basket in bulk, submitted with an address from the region picker."""
    requester.open("/products/")
    requester.write(requester.page.get_by_role("searchbox").first, "鲜笋")
    requester.page.keyboard.press("Enter")
    requester.follow("埔田鲜笋")
    requester.reads("圩埔村", "¥3.97", "粤扶 2020-001")
    requester.write(requester.page.locator("main input[name^='quantity-']"), QUANTITY)
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
    cadre.write(cadre.page.get_by_label("联系电话"), "13900139000")
    cadre.press("确认发货")
    cadre.is_told("请填写承诺达标合格证：埔田鲜笋。")
    cadre.tick("我承诺")
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
