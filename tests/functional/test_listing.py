"""A cadre lists an unsold product on a phone: small photos, number keys, and no signal."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Route, expect

from catalog.catalogue.photos import RenderedPhoto, render_photo
from catalog.unsold_offers.models import UnsoldOffer
from marketplace.accounts.models import User
from marketplace.core.periods import shanghai_day
from marketplace.portals.supplier import offer_forms
from tests.factories import trade
from tests.functional.conftest import VisitorFrom
from tests.functional.photos import phone_photo
from tests.functional.visitor import Visitor, wait_for_scripts

pytestmark = pytest.mark.browser

READY = "照片已选好"
NO_SIGNAL = "没有信号"
# The photo that the phone keeps; it is read and stored a moment after it is ready.
KEPT = "Object.entries(localStorage).find(([name]) => name.endsWith(':photo'))?.[1]"
# Functions: text would be turned into code at each look, which the site's policy forbids after the first.
IS_KEPT = f"() => {KEPT}"
ANOTHER_IS_KEPT = f"before => {KEPT} !== before"
MOST_BYTES = 300 * 1024


@pytest.fixture
def cadre(site: str) -> User:
    """Who sells for 圩埔村."""
    trade.land()
    trade.category()
    return trade.seller().cadre


@pytest.fixture
def phone(cadre: User, visitor: VisitorFrom) -> Visitor:
    """The cadre's phone, logged in."""
    made = visitor()
    made.come_as(cadre)
    return made


@pytest.fixture
def arrived(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The photos as they reach the server."""
    found: list[bytes] = []

    def overhear(source: BinaryIO) -> RenderedPhoto:
        found.append(source.read())
        return render_photo(source)

    monkeypatch.setattr(offer_forms, "render_photo", overhear)
    return found


def test_a_photo_is_made_small_before_it_travels_and_is_upright_on_the_server(
    phone: Visitor, arrived: list[bytes], media: Path
) -> None:
    taken = phone_photo(2400, 3200)
    assert len(taken["buffer"]) > 2_000_000
    phone.open("/supplier/offers/new/")
    phone.field("photo").set_input_files(taken)
    phone.reads(READY)
    phone.press("下一步")
    phone.reads("卖什么，有多少？")
    (content,) = arrived
    assert len(content) <= MOST_BYTES
    assert Image.open(BytesIO(content)).size == (1200, 1600)
    stored = [path for path in media.rglob("*") if path.is_file()]
    assert sorted(path.suffix for path in stored) == [".jpg", ".webp", ".webp", ".webp"]
    for path in stored:
        with Image.open(path) as picture:
            assert dict(picture.getexif()) == {}
            assert picture.height > picture.width
            assert [colour(picture, 0.1), colour(picture, 0.9)] == ["red", "green"]


def colour(picture: Image.Image, height: float) -> str:
    """Red or green, so high above the upper edge."""
    red, green, _blue = picture.convert("RGB").getpixel((picture.width // 2, int(picture.height * height)))  # type: ignore[misc]
    return "red" if red > green else "green"


def test_each_step_waits_on_the_phone_until_the_signal_is_back(phone: Visitor, arrived: list[bytes]) -> None:
    phone.open("/supplier/offers/new/")
    phone.field("photo").set_input_files(phone_photo(800, 600))
    phone.reads(READY)
    phone.page.wait_for_function(IS_KEPT)
    lose_signal_at(phone, "下一步")
    phone.open("/supplier/offers/new/")
    phone.reads(READY)
    phone.press("下一步")
    phone.reads("卖什么，有多少？")
    assert len(arrived) == 1

    goods = phone.page.url
    wait_for_scripts(phone.page)
    phone.fill("title", "埔田鲜笋")
    phone.field("category").select_option(label="蔬菜")
    phone.fill("quantity", "300")
    phone.page.get_by_label("阴凉").check()
    lose_signal_at(phone, "下一步")
    phone.open(goods)
    expect(phone.field("title")).to_have_value("埔田鲜笋")
    expect(phone.page.get_by_label("阴凉")).to_be_checked()
    phone.press("下一步")

    terms = phone.page.url
    wait_for_scripts(phone.page)
    sell_by = (shanghai_day(timezone.now()) + timedelta(days=7)).isoformat()
    phone.fill("price", "4.35")
    phone.fill("sell_by", sell_by)
    lose_signal_at(phone, "下一步")
    phone.open(terms)
    expect(phone.field("price")).to_have_value("4.35")
    expect(phone.field("sell_by")).to_have_value(sell_by)
    phone.press("下一步")
    phone.press("提交审核")
    phone.is_told("交上去了")
    offer = UnsoldOffer.objects.get()
    assert (offer.status, offer.quantity, str(offer.price)) == ("submitted", 300, "4.35")
    assert offer.product.images.count() == 1
    assert phone.page.evaluate("localStorage.length") == 0


def test_a_photo_that_was_chosen_before_the_scripts_came_is_kept_instead_of_an_older_one(
    phone: Visitor,
) -> None:
    for edge in (400, 500):
        late = held_back(phone, "**/draft-store.js")
        phone.open("/supplier/offers/new/")
        before = phone.page.evaluate(KEPT)
        phone.field("photo").set_input_files(phone_photo(edge, edge))
        phone.reads(READY)
        late[0].continue_()
        wait_for_scripts(phone.page)
        phone.page.wait_for_function(ANOTHER_IS_KEPT, arg=before)
        lose_signal_at(phone, "下一步")
    phone.open("/supplier/offers/new/")
    phone.reads(READY)
    assert phone.page.locator("[data-preview]").evaluate("picture => picture.naturalWidth") == 500


def held_back(phone: Visitor, address: str) -> list[Route]:
    """What the page asks for at this address: it comes when its route goes on."""
    found: list[Route] = []

    def hold(route: Route) -> None:
        found.append(route)

    phone.page.route(address, hold)
    return found


def lose_signal_at(phone: Visitor, verb: str) -> None:
    """The tap sends nothing and says why; then the phone is put away, and the signal is back."""
    phone.context.set_offline(True)
    phone.press(verb)
    phone.is_told(NO_SIGNAL)
    phone.page.close()
    phone.context.set_offline(False)
    phone.take_out_again()


# Scripts come when they come: changes that nobody made are told to the form until it keeps them.
DRAFT_IS_KEPT = """() => {
  document.querySelector("[data-draft] [name=village]").dispatchEvent(new Event("change", { bubbles: true }));
  return Object.keys(localStorage).some((name) => name.startsWith("draft:"));
}"""


def test_a_draft_whose_answer_was_lost_is_not_doubled(phone: Visitor) -> None:
    phone.open("/supplier/offers/new/")
    answers: list[int] = []

    def lose_the_answer(route: Route) -> None:
        if route.request.method != "POST" or answers:
            route.continue_()
            return
        answers.append(route.fetch(max_redirects=0).status)
        route.abort("connectionreset")

    phone.page.route("**/supplier/offers/new/", lose_the_answer)
    phone.page.wait_for_function(DRAFT_IS_KEPT)
    key = phone.field("draft_key").input_value()
    phone.press("下一步")
    expect(phone.page).to_have_url("chrome-error://chromewebdata/")
    assert answers == [302]
    phone.open("/supplier/offers/new/")
    expect(phone.field("draft_key")).to_have_value(key)  # once what was kept is back
    phone.press("下一步")
    phone.reads("卖什么，有多少？")
    assert UnsoldOffer.objects.count() == 1


def test_numbers_get_the_keypad_and_unit_prices_appear_while_typing(phone: Visitor, cadre: User) -> None:
    phone.open("/supplier/offers/new/")
    phone.press("下一步")
    for name in ("net_weight_grams", "quantity", "shelf_life_days"):
        expect(phone.field(name)).to_have_attribute("inputmode", "numeric")
    phone.fill("title", "笋干")
    phone.field("category").select_option(label="蔬菜")
    phone.field("sale_unit").select_option(label="箱")
    phone.fill("net_weight_grams", "2500")
    phone.fill("quantity", "40")
    phone.page.get_by_label("阴凉").check()
    phone.press("下一步")
    for name, keypad in (("price", "decimal"), ("bulk_min_quantity", "numeric"), ("bulk_price", "decimal")):
        expect(phone.field(name)).to_have_attribute("inputmode", keypad)
    preview = phone.page.locator("output")
    expect(preview).to_be_hidden()
    phone.field("price").press_sequentially("９9.")
    expect(preview).to_contain_text("¥19.80/斤")
    expect(preview).to_contain_text("¥39.60/公斤")
    phone.field("price").press_sequentially("90")
    expect(preview).to_contain_text("¥19.98/斤")
    expect(preview).to_contain_text("¥39.96/公斤")
