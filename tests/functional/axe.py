"""A page read by axe with the rules of WCAG 2.2 AA."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.functional.visitor import wait_for_scripts

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}

# What a script has just shown is not yet there for a millisecond: even without motion it is a transition.
READ_AT_REST = """async (options) => {
  const isMoving = () => document.getAnimations().some((each) => each.playState === "running");
  while (isMoving()) await new Promise(requestAnimationFrame);
  return axe.run(options);
}"""


def bring_axe(context: BrowserContext) -> None:
    """Every page that is opened from now on can be read: so Chromium compiles axe once, not for each page."""
    context.add_init_script(Axe().axe_script)


def violations(page: Page) -> list[str]:
    """Each rule that is broken with the elements that break it."""
    wait_for_scripts(page)
    found = page.evaluate(READ_AT_REST, OPTIONS)["violations"]
    return [f"{each['help']}: {[node['html'] for node in each['nodes']]}" for each in found]
