"""A person on a phone sets their password by a link, then logs in by each of their names."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from marketplace.accounts import services
from tests.factories.users import NEW_PASSWORD, make_user

pytestmark = pytest.mark.browser
PHONE = {"width": 360, "height": 740}
ACCOUNT = re.compile(r"/account/$")
LOGIN = re.compile(r"/account/login/$")


def submit(page: Page) -> None:
    """Presses the one button that sends the form."""
    page.locator("form.card button[type=submit]").click()


def fits(page: Page) -> bool:
    """Whether nothing sticks out on the right."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_a_password_is_set_by_link_and_every_name_logs_in(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    user = make_user("zhang-san", phone="13800138000", email="zhang@example.cn", password=None)
    token = services.issue_password_link(user=user, created_by=None, now=timezone.now()).token

    page.goto(f"{site}/account/password-link/{token}/")
    expect(page.locator("main")).to_contain_text("138****8000")
    assert fits(page)
    password = page.locator("[name=password]")
    password.fill(NEW_PASSWORD)
    page.locator("[data-password-toggle]").click()
    expect(password).to_have_attribute("type", "text")
    submit(page)
    expect(page).to_have_url(ACCOUNT)
    expect(page.locator("h1")).to_have_text("张三")

    for identifier in ("138 0013 8000", "Zhang@Example.cn", "zhang-san"):
        page.locator("main form[action='/account/logout/'] button").click()
        expect(page).to_have_url(LOGIN)
        assert fits(page)
        page.locator("[name=identifier]").fill(identifier)
        page.locator("[name=password]").fill(NEW_PASSWORD)
        submit(page)
        expect(page).to_have_url(ACCOUNT)


def test_five_wrong_passwords_show_how_long_to_wait(page: Page, site: str) -> None:
    page.set_viewport_size(PHONE)
    make_user("zhang-san")
    for _attempt in range(5):
        page.goto(f"{site}/account/login/")
        page.locator("[name=identifier]").fill("zhang-san")
        page.locator("[name=password]").fill("wrong")
        submit(page)
        page.wait_for_load_state()
    expect(page.locator("[role=status]")).to_contain_text("15")
    assert fits(page)
