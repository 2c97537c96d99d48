"""A product's page on a phone: price and main action stay in reach."""

import pytest
from django.utils import timezone
from playwright.sync_api import ViewportSize, expect

from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.basket.models import Line
from tests.factories import trade
from tests.functional.conftest import DESK, PHONE, VisitorFrom
from tests.functional.visitor import Visitor

pytestmark = pytest.mark.browser

# No name, no price and no story is too long.
STORY = "村里人种了三代。" * 120


@pytest.fixture
def shoots(site: str) -> StockRecord:
    """Bamboo shoots, of which there is much to say."""
    trade.land()
    record = trade.goods(trade.seller(), timezone.now(), price="98765.43")
    record.product.description = STORY
    record.product.save()
    return record


@pytest.fixture
def shopper(site: str) -> User:
    """An individual."""
    return trade.shopper()


def look(person: Visitor, shoots: StockRecord, user: User) -> None:
    person.come_as(user)
    person.open(f"/product/{shoots.product_id}/")


@pytest.mark.parametrize("size", ["normal", "large"])
def test_the_buy_bar_stays_in_sight_and_covers_nothing(
    site: str, visitor: VisitorFrom, shoots: StockRecord, shopper: User, size: str
) -> None:
    phone = visitor()
    phone.context.add_cookies([{"name": "text_size", "value": size, "url": site}])
    look(phone, shoots, shopper)
    bar, footer = phone.page.locator(".buy-bar"), phone.page.locator(".footer-end")
    expect(phone.page.locator(".bottom-bar")).to_have_count(0)
    for place in ("0", "document.body.scrollHeight"):
        phone.page.evaluate(f"scrollTo(0, {place})")
        expect(bar).to_contain_text("98,765.43")
        expect(bar.get_by_role("button", name="放入购物车")).to_be_in_viewport(ratio=1)
    end = footer.bounding_box()["y"] + footer.bounding_box()["height"]
    assert end == pytest.approx(bar.bounding_box()["y"], abs=1)


def test_the_bars_button_sends_the_quantity_without_scripts(
    visitor: VisitorFrom, shoots: StockRecord, shopper: User
) -> None:
    phone = visitor(java_script_enabled=False)
    look(phone, shoots, shopper)
    phone.fill(f"quantity-{shoots.pk}", "7")
    phone.press("放入购物车")
    phone.page.wait_for_url("**/basket/**")
    line = Line.objects.get()
    assert (line.stockrecord_id, line.quantity) == (shoots.pk, 7)


def test_a_stranger_is_led_to_the_log_in_and_back(visitor: VisitorFrom, shoots: StockRecord) -> None:
    phone = visitor()
    phone.open(f"/product/{shoots.product_id}/")
    phone.page.get_by_role("link", name="登录后采购", exact=True).click()
    phone.page.wait_for_url(f"**/account/login/?next=/product/{shoots.product_id}/")


@pytest.mark.parametrize(("viewport", "shown"), [(PHONE, True), (DESK, False)], ids=["360", "1280"])
def test_there_is_one_main_action_whatever_the_screen(
    visitor: VisitorFrom, shoots: StockRecord, shopper: User, viewport: ViewportSize, shown: bool
) -> None:
    person = visitor(viewport)
    look(person, shoots, shopper)
    expect(person.page.locator(".buy-bar")).to_be_visible(visible=shown)
    expect(person.page.get_by_role("button", name="放入购物车", exact=True)).to_have_count(1)


def test_the_price_of_the_quantity_is_marked_while_it_is_typed(
    visitor: VisitorFrom, shoots: StockRecord, shopper: User
) -> None:
    phone = visitor()
    look(phone, shoots, shopper)
    price = phone.page.locator(".buy-bar-prices > :visible")
    bulk_row = phone.page.locator(".tiers [aria-current]")
    for typed, shown, rows in (("199", "98,765.43", 0), ("２００", "3.50", 1), ("", "98,765.43", 0)):
        phone.fill(f"quantity-{shoots.pk}", typed)
        expect(price).to_contain_text(shown)
        expect(bulk_row).to_have_count(rows)
