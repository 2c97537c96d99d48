"""Choosing a region in a browser: by finger, by keyboard, by typing Chinese or pinyin."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.functional.conftest import DESK, PHONE

pytestmark = pytest.mark.browser
# Whoever has keys sits at a desk; the first two are done on both.
AT_A_DESK = pytest.mark.parametrize("viewport", [DESK], ids=["1280"])
ANYWHERE = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["360", "1280"])

VILLAGE = "广东省 揭阳市 揭东区 曲溪街道 圩埔村委会"


class Picker:
    """One of the page's pickers."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.name = name
        self.input = page.locator(f"#id_{name}")
        self.box = page.locator(".region-picker", has=self.input)
        self.options = self.box.locator("[role=option]")

    @property
    def code(self) -> Locator:
        """The hidden input whose value is sent."""
        return self.box.locator(f"input[type=hidden][name={self.name}]")

    def option(self, text: str) -> Locator:
        """The option of exactly this name."""
        return self.options.filter(has_text=re.compile(f"^{re.escape(text)}$"))

    def highlighted(self) -> Locator:
        """The option that Enter would take."""
        return self.box.locator("[role=option][aria-selected=true]")

    def expect_chosen(self, code: str, name: str) -> None:
        """The picker is closed and holds the region."""
        expect(self.code).to_have_value(code)
        expect(self.input).to_have_value(name)
        expect(self.input).to_have_attribute("aria-expanded", "false")


@pytest.fixture
def viewport() -> ViewportSize:
    """A phone."""
    return PHONE


@pytest.fixture
def picker(page: Page, country_site: str, viewport: ViewportSize) -> Iterator[Picker]:
    """The picker of a village; no script may fail and no policy be broken."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if "Content Security" in line.text else None)
    page.set_viewport_size(viewport)
    page.set_default_timeout(10_000)
    page.goto(f"{country_site}/picker/")
    expect(page.locator("#id_village")).to_have_attribute("role", "combobox")
    yield Picker(page, "village")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert complaints == []


@ANYWHERE
def test_one_level_at_a_time_by_finger(picker: Picker) -> None:
    picker.input.click()
    for name in ("广东省", "揭阳市", "揭东区", "曲溪街道", "圩埔村委会"):
        picker.option(name).click()
    picker.expect_chosen("445203001204", VILLAGE)


def test_dongguans_towns_follow_the_city(picker: Picker) -> None:
    picker.input.click()
    for name in ("广东省", "东莞市", "东城街道", "岗贝社区居民委员会"):
        picker.option(name).click()
    picker.expect_chosen("441900003001", "广东省 东莞市 东城街道 岗贝社区居民委员会")


@ANYWHERE
@pytest.mark.parametrize("typed", ["圩埔", "xupucun"])
def test_typing_finds_the_village_in_the_whole_country(picker: Picker, typed: str) -> None:
    picker.input.click()
    expect(picker.option("广东省")).to_be_visible()
    picker.input.press_sequentially(typed)
    picker.option(VILLAGE).click()
    picker.expect_chosen("445203001204", VILLAGE)


def test_what_lies_near_comes_first(picker: Picker) -> None:
    picker.input.click()
    for name in ("广东省", "揭阳市"):
        picker.option(name).click()
    expect(picker.option("惠来县")).to_be_visible()
    picker.input.press_sequentially("新圩村")
    expect(picker.options.first).to_have_text(re.compile("^广东省 揭阳市 .+ 新圩村"))


@AT_A_DESK
def test_the_keyboard_alone_chooses(picker: Picker) -> None:
    picker.input.focus()
    picker.page.keyboard.press("ArrowDown")
    for parent, typed, name in (
        ("全国", "guangdong", "广东省"), ("广东省", "jieyang", "揭阳市"), ("揭阳市", "jiedong", "揭东区"),
        ("揭东区", "quxi", "曲溪街道"), ("曲溪街道", "xupu", "圩埔村委会"),
    ):  # fmt: skip
        expect(picker.box.locator(".region-path button").last).to_have_text(parent)
        picker.page.keyboard.type(typed)
        expect(picker.highlighted()).to_have_text(name)
        picker.page.keyboard.press("Enter")
    picker.expect_chosen("445203001204", VILLAGE)


@AT_A_DESK
def test_arrows_move_escape_closes_and_what_was_chosen_stays(picker: Picker) -> None:
    picker.input.focus()
    expect(picker.options).to_have_count(0)
    picker.page.keyboard.press("ArrowDown")
    expect(picker.highlighted()).to_have_count(1)
    first = picker.highlighted().inner_text()
    picker.page.keyboard.press("ArrowDown")
    expect(picker.highlighted()).not_to_have_text(first)
    assert picker.input.get_attribute("aria-activedescendant") == picker.highlighted().get_attribute("id")
    picker.page.keyboard.press("ArrowUp")
    expect(picker.highlighted()).to_have_text(first)
    picker.page.keyboard.press("Escape")
    picker.expect_chosen("", "")


def test_back_goes_up_by_key_and_by_crumb(picker: Picker) -> None:
    picker.input.click()
    for name in ("广东省", "揭阳市", "揭东区"):
        picker.option(name).click()
    expect(picker.option("曲溪街道")).to_be_visible()
    picker.page.keyboard.press("Backspace")
    expect(picker.option("惠来县")).to_be_visible()
    picker.box.locator(".region-path button").first.click()
    expect(picker.option("贵州省")).to_be_visible()


def test_a_village_is_wanted_so_that_nothing_wider_can_be_chosen(picker: Picker) -> None:
    picker.input.click()
    for name in ("广东省", "揭阳市"):
        picker.option(name).click()
    expect(picker.option("惠来县")).to_be_visible()
    expect(picker.options.filter(has_text="选定")).to_have_count(0)


def test_a_county_whose_villages_are_unknown_cannot_be_chosen_for_a_village(picker: Picker) -> None:
    picker.input.click()
    picker.option("北京市").click()
    picker.option("东城区").click(force=True)
    expect(picker.option("东城区")).to_have_attribute("aria-disabled", "true")
    expect(picker.code).to_have_value("")


def test_an_office_is_a_city_or_one_of_its_counties(picker: Picker) -> None:
    office = Picker(picker.page, "office")
    office.input.click()
    office.option("广东省").click()
    expect(office.option("揭阳市")).to_be_visible()
    office.option("揭阳市").click()
    expect(office.options.first).to_have_text("选定揭阳市")
    office.option("普宁市").click()
    office.expect_chosen("445281", "广东省 揭阳市 普宁市")
    office.input.click()
    office.options.first.click()
    office.expect_chosen("445200", "广东省 揭阳市")


@AT_A_DESK
def test_who_types_after_choosing_loses_no_letter(picker: Picker) -> None:
    office = Picker(picker.page, "office")
    office.input.click()
    office.input.press_sequentially("普宁")
    office.option("广东省 揭阳市 普宁市").click()
    office.expect_chosen("445281", "广东省 揭阳市 普宁市")
    office.input.press("Control+A")
    office.page.keyboard.type("huilai")
    expect(office.input).to_have_value("huilai")
    office.option("广东省 揭阳市 惠来县").click()
    office.expect_chosen("445224", "广东省 揭阳市 惠来县")


@AT_A_DESK
def test_who_empties_the_field_has_chosen_nothing(picker: Picker) -> None:
    office = Picker(picker.page, "office")
    office.input.click()
    office.input.press_sequentially("普宁")
    office.option("广东省 揭阳市 普宁市").click()
    office.input.press("Control+A")
    office.input.press("Delete")
    office.input.press("Escape")
    office.expect_chosen("", "")


def test_what_was_sent_is_shown_again_and_opens_where_it_lies(picker: Picker, country_site: str) -> None:
    picker.page.goto(f"{country_site}/picker/?village=445203001204&office=")
    expect(picker.page.locator("output")).to_have_text("True")
    picker.expect_chosen("445203001204", VILLAGE)
    picker.input.click()
    expect(picker.option("港美村委会")).to_be_visible()
    expect(picker.box.locator(".region-path button").last).to_have_text("曲溪街道")


def test_nothing_found_is_said(picker: Picker) -> None:
    picker.input.click()
    picker.input.press_sequentially("没有这个地方")
    expect(picker.box.locator("[role=status]")).to_contain_text("没有")
    expect(picker.options).to_have_count(0)


def test_a_lost_connection_is_said(picker: Picker) -> None:
    picker.page.route("**/regions/**", lambda route: route.fulfill(status=503, body=""))
    picker.input.click()
    expect(picker.box.locator("[role=status]")).to_contain_text("检查网络")


def test_without_scripts_the_code_is_typed(browser: Browser, country_site: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{country_site}/picker/")
    page.locator("#id_village").fill("445203001204")
    page.locator("button").click()
    expect(page.locator("output")).to_have_text("True")
    context.close()
