"""A real browser on a real server: on a database of the test's own, or on one with every region."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, ViewportSize, expect
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from marketplace import urls
from tests.functional.server import serving
from tests.functional.visitor import Visitor

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # playwright's event loop runs in the test's thread

PHONE: ViewportSize = {"width": 360, "height": 740}
DESK: ViewportSize = {"width": 1280, "height": 800}
PATIENCE_MILLISECONDS = 10_000
expect.set_options(timeout=PATIENCE_MILLISECONDS)  # by itself 5 s, less than a press may take

VisitorFrom = Callable[..., Visitor]


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The Chromium on PATH, the one without windows if it is there: it takes a third less time.

    Without its sandbox, which does not start as root.
    """
    chromium = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    return {"executable_path": chromium, "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A Chinese visitor."""
    return {"locale": "zh-CN", "timezone_id": "Asia/Shanghai"}


@pytest.fixture
def site(race_database: None, media: Path) -> Iterator[str]:
    """The address of the site on a database of the test's own."""
    with serving() as address:
        yield address


@pytest.fixture(scope="module")
def country_site(country_database: None, django_db_blocker: DjangoDbBlocker) -> Iterator[str]:
    """The address of a site with every region of the country, and a page with region pickers."""
    with (
        django_db_blocker.unblock(),
        override_settings(ROOT_URLCONF="tests.functional.regions.urls"),
        serving() as address,
    ):
        yield address


@pytest.fixture
def media(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where photos are stored and served from in this test."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setitem(urls.pictures.default_args, "document_root", tmp_path)
    return tmp_path


@pytest.fixture(params=[PHONE, DESK], ids=["360", "1280"])
def viewport(request: pytest.FixtureRequest) -> ViewportSize:
    """A phone, then a desk."""
    size: ViewportSize = request.param
    return size


@pytest.fixture
def visitor(browser: Browser, browser_context_args: dict[str, Any], site: str) -> Iterator[VisitorFrom]:
    """Makes visitors of the site, each with a browser profile of their own; nobody may see a mistake."""
    made: list[Visitor] = []

    def make(viewport: ViewportSize = PHONE, kind: type[Visitor] = Visitor, **options: Any) -> Visitor:
        context = browser.new_context(
            **browser_context_args, base_url=site, viewport=viewport, reduced_motion="reduce", **options
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        made.append(kind(context, site))
        return made[-1]

    yield make
    complaints = [complaint for each in made for complaint in each.complaints]
    for each in made:
        each.context.close()
    assert complaints == []
