"""A page read by axe with the rules of WCAG 2.2 AA."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": LEVELS}, "resultTypes": ["violations"]}
# Whoever asks for a module that is on its way gets it when it is there, after whoever asked first.
ALL_CONTROLLERS = """async () => {
  const main = document.querySelector("script[src*='js/main.js']");
  const bound = [...document.querySelectorAll("[data-controller]")];
  const names = bound.flatMap((each) => each.dataset.controller.split(" ")).filter(Boolean);
  await Promise.all(names.map((name) => import(new URL(`controllers/${name}.js`, main.src))));
}"""


def violations(page: Page) -> list[str]:
    """Each rule that is broken with the elements that break it, once all controllers have come."""
    page.evaluate(ALL_CONTROLLERS)
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{each['help']}: {[node['html'] for node in each['nodes']]}" for each in found]
