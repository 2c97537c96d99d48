"""A campaign from nothing: its editor makes it, its page goes through review, a purchase moves its total."""

import io
import re
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import Locator, expect

from catalog.partner.models import StockRecord
from cms.models import CampaignIndexPage, CampaignPage, HomePage
from marketplace.accounts.models import User
from marketplace.core.periods import shanghai_day
from marketplace.order.models import Order
from marketplace.procurement.services import fulfilment
from tests.factories import trade, users
from tests.functional.conftest import DESK, PHONE, VisitorFrom
from tests.functional.test_editor import other_action
from tests.functional.visitor import Visitor

pytestmark = pytest.mark.browser

NAME = "广东消费扶贫月网上行"


def member(name: str, group: str) -> User:
    """One of those who write or publish pages."""
    user = users.make_user(name, name=group)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def record(site: str) -> StockRecord:
    """Bamboo shoots on sale, and the list under which campaigns have their pages."""
    trade.land()
    HomePage.objects.get().add_child(
        instance=CampaignIndexPage(title="消费扶贫活动", slug="campaigns", show_in_menus=True)
    )
    return trade.goods(trade.seller(), timezone.now())


def button(desk: Visitor, name: str) -> Locator:
    """A button of Wagtail's, which stands outside the page's content."""
    return desk.page.get_by_role("button", name=name, exact=True)


def fill_day(editor: Visitor, name: str, day: date) -> None:
    """Types a day and leaves the field: its calendar opens a moment later, over the button below."""
    calendar = editor.page.locator(".xdsoft_datetimepicker:visible")
    editor.fill(name, day.isoformat())
    expect(calendar).to_have_count(1)
    editor.field(name).blur()
    expect(calendar).to_have_count(0)


def make_campaign(editor: Visitor, now: datetime) -> None:
    """First with its days in the wrong order, then right."""
    today = shanghai_day(now)
    editor.open("/cms/campaigns/new/")
    editor.fill("name", NAME)
    fill_day(editor, "first_day", today)
    fill_day(editor, "last_day", today - timedelta(days=1))
    editor.fill("organisers", "省农业农村厅\n省供销社")
    editor.fill("counties", "揭东区、惠来县")
    editor.fill("goal", "2100")
    button(editor, "创建").click()
    editor.reads("开始之前就结束了")
    # Sent before Wagtail's scripts are at work, the form would be held back as "not saved".
    editor.page.wait_for_load_state()
    fill_day(editor, "last_day", today + timedelta(days=30))
    button(editor, "创建").click()
    expect(editor.page.get_by_text("活动已保存。接下来新建活动页")).to_be_visible()
    editor.reads("还没有活动页")


def write_page(editor: Visitor) -> str:
    """The address of the page, which chooses the campaign; handed in for review."""
    index = CampaignIndexPage.objects.get()
    editor.open(f"/cms/pages/add/cms/campaignpage/{index.pk}/")
    editor.fill("title", NAME)
    button(editor, "选择活动").click()
    editor.page.locator(".modal-body").get_by_role("link", name=re.compile(NAME)).click()
    other_action(editor, "提交")
    editor.page.wait_for_url(re.compile(rf"/cms/pages/{index.pk}/$"))
    return str(CampaignPage.objects.get().url)


def review(reviewer: Visitor) -> None:
    """From what waits for the reviewer; published by the approval."""
    reviewer.open("/cms/")
    reviewer.page.get_by_role("link", name=NAME, exact=True).first.click()
    other_action(reviewer, "同意")
    reviewer.page.wait_for_url(re.compile(r"/cms/pages/\d+/$"))


def buy(requester: Visitor, address: str) -> None:
    """300 斤 at the bulk price of 3.50, put in from the campaign's own page, on a phone without scripts."""
    requester.open(address)
    requester.reads(NAME, "省供销社", "¥0.00", "还没有成交")
    requester.page.locator(".product-buy input[name^='quantity-']").fill("300")
    requester.page.locator(".product-buy button").click()
    requester.reads(f"计入“{NAME}”活动", "¥1,050.00")
    requester.follow("去提交采购申请")
    requester.reads(f"计入“{NAME}”活动")
    requester.fill("purpose", "食堂采购")
    requester.fill("delivery_region", "445202")
    requester.fill("delivery_address", "黄岐山大道1号")
    requester.fill("recipient", "李明")
    requester.fill("recipient_phone", "13800138000")
    requester.press("提交审批")
    requester.reads("等待审批", f"计入“{NAME}”活动")


def approve(approver: Visitor) -> None:
    approver.open("/buyer/")
    approver.follow("申请：食堂采购")
    approver.follow("同意")
    approver.press("同意")
    approver.is_told("已同意，并已通知供应商。")


def shows(stranger: Visitor, address: str, accepted: str, contracted: str) -> None:
    """What the campaign's page says to everybody at this moment."""
    stranger.open(address)
    figures = stranger.page.locator(".campaign-progress .campaign-sum")
    expect(figures).to_have_text([accepted, contracted])


def test_an_editor_makes_a_campaign_and_a_purchase_moves_its_total(
    record: StockRecord, visitor: VisitorFrom
) -> None:
    school, now = trade.unit(), timezone.now()
    editor, reviewer, stranger = visitor(DESK), visitor(DESK), visitor(PHONE)
    editor.log_in(member("editor", "编辑"))
    make_campaign(editor, now)
    address = write_page(editor)
    assert stranger.page.goto(address).status == 404  # type: ignore[union-attr]
    reviewer.log_in(member("reviewer", "审核"))
    review(reviewer)
    shows(stranger, address, "¥0.00", "¥0.00")

    requester = visitor(PHONE, java_script_enabled=False)
    requester.come_as(school.requester)
    buy(requester, address)
    shows(stranger, address, "¥0.00", "¥0.00")
    approver = visitor(PHONE)
    approver.come_as(school.approver)
    approve(approver)
    shows(stranger, address, "¥0.00", "¥1,050.00")

    order = Order.objects.get()
    cadre = record.partner.memberships.get(role="cadre").user
    who = {"order_id": order.pk, "actor": cadre, "now": timezone.now()}
    fulfilment.confirm_order(**who)
    fulfilment.ship_order(**who, carrier="邮政", tracking_number="1")
    receiver = visitor(PHONE)
    receiver.come_as(school.receiver)
    receiver.open("/buyer/")
    receiver.follow("验收埔田竹笋专业合作社的货物")
    receiver.press("在途货物全部验收")
    receiver.is_told("已验收，并已通知供应商。")
    shows(stranger, address, "¥1,050.00", "¥1,050.00")
    stranger.reads("完成 50%", "揭东区")
    stranger.open("/")
    stranger.reads(NAME, "¥1,050.00")
    call_command("verify_sales", stdout=io.StringIO())
