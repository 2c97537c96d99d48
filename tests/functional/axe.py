"""A page read by axe with the rules of WCAG 2.2 AA."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.functional.visitor import wait_for_scripts

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}


def violations(page: Page) -> list[str]:
    """Each rule that is broken with the elements that break it."""
    wait_for_scripts(page)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{each['help']}: {[node['html'] for node in each['nodes']]}" for each in found]
