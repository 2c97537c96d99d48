"""Who belongs to two institutions switches between them on a phone, with and without scripts."""

from collections.abc import Iterator

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.factories import trade
from tests.factories.members import Role, join_institution
from tests.factories.users import PASSWORD, make_user

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
SCHOOL, HOSPITAL = "示范市第一中学", "示范市第二人民医院"


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def phone(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A phone whose browser runs scripts, and one that does not."""
    context = browser.new_context(viewport=PHONE, locale="zh-CN", java_script_enabled=request.param)
    yield context.new_page()
    context.close()


@pytest.fixture
def requests_of_both(site: str) -> dict[str, int]:
    """One waiting request of each institution, by the institution's name; their member may log in."""
    trade.land()
    now = timezone.now()
    record = trade.goods(trade.seller(), now)
    person = make_user("he-xiao", name="何晓")
    found = {}
    for name in (SCHOOL, HOSPITAL):
        unit = trade.unit(name)
        join_institution(unit.institution, person, Role.APPROVER)
        found[name] = trade.submitted(unit, {record.pk: 10}, now, name).pk
    return found


def switch_to(page: Page, name: str) -> None:
    """Opens the switcher and taps the institution."""
    page.locator(".switcher > summary").click()
    page.locator(".switcher-link", has_text=name).click()
    page.wait_for_load_state()


def acts_for(page: Page, name: str) -> None:
    """Asserts that the page is about the institution, and that nothing sticks out on the right."""
    expect(page.locator(".switcher > summary strong")).to_have_text(name)
    assert page.locator("html").evaluate("page => page.scrollWidth <= window.innerWidth")


def listed(page: Page) -> list[str]:
    """Where the rows of the list lead."""
    return [str(link.get_attribute("href")) for link in page.locator("tbody th a").all()]


def test_one_switches_and_a_link_from_a_mail_switches_back(
    phone: Page, site: str, requests_of_both: dict[str, int]
) -> None:
    phone.goto(f"{site}/account/login/?next=/buyer/requests/")
    phone.locator("[name=identifier]").fill("he-xiao")
    phone.locator("[name=password]").fill(PASSWORD)
    phone.locator("form.card button[type=submit]").click()
    acts_for(phone, SCHOOL)
    assert listed(phone) == [f"/buyer/requests/{requests_of_both[SCHOOL]}/"]

    switch_to(phone, HOSPITAL)
    acts_for(phone, HOSPITAL)
    phone.goto(f"{site}/buyer/requests/")
    acts_for(phone, HOSPITAL)
    assert listed(phone) == [f"/buyer/requests/{requests_of_both[HOSPITAL]}/"]

    phone.goto(f"{site}/buyer/requests/{requests_of_both[SCHOOL]}/")
    acts_for(phone, SCHOOL)
    phone.goto(f"{site}/buyer/orders/")
    acts_for(phone, SCHOOL)
