"""Somebody at a browser, who reads and presses what stands on the page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from django.conf import settings
from playwright.sync_api import ConsoleMessage, Locator, Response, expect

from tests.factories.users import PASSWORD, session_of

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

    from marketplace.accounts.models import User

TOO_WIDE = "WIDER THAN THE SCREEN"
# Each page says so itself, when it is there and before it is left: asked from here it might be another one.
WATCH = f"""
for (const moment of ["load", "click"])
  addEventListener(moment, () => {{
    if (document.documentElement.scrollWidth > innerWidth) console.error("{TOO_WIDE}", location.href);
  }}, true);
"""


def wait_for_scripts(page: Page) -> None:
    """Returns once every controller of the page is at work: see static/js/main.js."""
    page.locator("html[data-coming='0']").wait_for()


class Visitor:
    """One person's browser. `complaints`: scripts and pages that failed, policies broken, pages too wide."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.complaints: list[str] = []
        context.add_init_script(WATCH)
        self.take_out_again()

    def take_out_again(self) -> None:
        """A new window of the same browser, which knows who is logged in and what it keeps for the site."""
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("console", self._overhear)
        self.page.on("response", self._look_at)

    def come_as(self, user: User) -> None:
        """Has logged in before; how one logs in is tried elsewhere."""
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session_of(user), "url": self.site}]
        )

    def log_in(self, user: User) -> None:
        """By the page, with the password of test users."""
        self.open("/account/login/")
        self.fill("identifier", user.username)
        self.fill("password", PASSWORD)
        self.press("登录")
        expect(self.page).to_have_url(re.compile(r"/account/$"))

    def open(self, path: str) -> None:
        """Types an address."""
        self.page.goto(path)

    def field(self, name: str) -> Locator:
        """The control of this name, in whichever form of the page."""
        return self.page.locator(f"main [name='{name}']")

    def fill(self, name: str, text: str) -> None:
        """Types into a control."""
        self.write(self.field(name), text)

    def write(self, control: Locator, text: str) -> None:
        """Types into this one, instead of what stood in it."""
        control.fill(text)

    def choose(self, name: str, label: str) -> None:
        """Chooses from a list."""
        self.field(name).select_option(label=label)

    def tick(self, label: str) -> None:
        """Takes one of several, or says yes."""
        self.page.get_by_label(label).check()

    def press(self, verb: str) -> None:
        """Presses the button that says exactly this."""
        self.activate(self.page.get_by_role("button", name=verb, exact=True))

    def follow(self, words: str | re.Pattern[str]) -> None:
        """Follows the first link of the page's content that says this."""
        self.activate(self.page.locator("main").get_by_role("link", name=words).first)

    def activate(self, control: Locator) -> None:
        """Taps it."""
        control.click()

    def reads(self, *texts: str) -> None:
        """All of this stands in the page's content."""
        for text in texts:
            expect(self.page.locator("main")).to_contain_text(text)

    def is_told(self, text: str) -> None:
        """A message or an error says this."""
        told = self.page.locator("[role=status], [role=alert]").filter(has_text=text)
        expect(told.first).to_be_visible()

    def choose_region(self, field: str, *names: str) -> None:
        """Through the region picker, level by level; the last name is the one that is taken."""
        box = self.region_picker(field)
        box.get_by_role("combobox").click()
        for name in names:
            box.get_by_role("option").filter(has_text=re.compile(f"^{name}$")).click()

    def region_picker(self, field: str) -> Locator:
        """The picker of this field."""
        return self.page.locator(".region-picker", has=self.page.locator(f"#id_{field}"))

    def _overhear(self, line: ConsoleMessage) -> None:
        if "Content Security" in line.text or TOO_WIDE in line.text:
            self.complaints.append(line.text)

    def _look_at(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} {response.url}")
