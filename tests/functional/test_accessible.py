"""Every page that somebody may open, read by axe with the rules of WCAG 2.2 AA."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext
from pytest_django.plugin import DjangoDbBlocker

from tests.access import world
from tests.access.visits import client_as, pages_read_by
from tests.access.world import ROLES, World
from tests.functional.axe import bring_axe, violations
from tests.functional.conftest import DESK, PHONE
from tests.functional.server import serving

pytestmark = pytest.mark.browser

# On a desk they have another frame: a rail instead of a bottom bar, tables instead of cards.
WIDE_TOO = {
    "", "products/", "product/<int:pk>/", "basket/", "buyer/", "buyer/requests/<int:pk>/", "supplier/",
    "office/<slug:code>/figures/<slug:region_code>/", "operator/users/",
}  # fmt: skip


@pytest.fixture(scope="module")
def small_world(race_database_of_module: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """The world of the access table, committed."""
    with django_db_blocker.unblock():
        yield world.build()


@pytest.fixture(scope="module")
def address(small_world: World) -> Iterator[str]:
    """Where it is served."""
    with serving() as address:
        yield address


def browser_as(role: str, small_world: World, browser: Browser, **options: Any) -> BrowserContext:
    """A browser in which somebody in this role is logged in."""
    context = browser.new_context(locale="zh-CN", reduced_motion="reduce", **options)
    cookies = client_as(role, small_world).cookies.values()
    context.add_cookies([{"name": c.key, "value": c.value, "url": options["base_url"]} for c in cookies])
    return context


@pytest.mark.parametrize("role", ROLES)
def test_axe_finds_nothing(role: str, small_world: World, address: str, browser: Browser) -> None:
    found = {}
    with browser_as(role, small_world, browser, base_url=address) as context:
        bring_axe(context)
        page = context.new_page()
        for row, path, _answer in pages_read_by(role, small_world):
            for viewport in [PHONE, DESK] if row.route in WIDE_TOO else [PHONE]:
                page.set_viewport_size(viewport)
                page.goto(path)
                found[path, viewport["width"]] = violations(page)
    assert {where: faults for where, faults in found.items() if faults} == {}
