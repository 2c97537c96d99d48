"""Lighthouse on the pages that visitors see first: python -m tests.benchmarks.lighthouse http://127.0.0.1:8000.

Needs node, npm and a chromium on the PATH, and the site with its demo at the address. Writes
docs/benchmarks.md, and fails where a score is below the goal.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import urllib.request
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.benchmarks.report import table, write_section

LIGHTHOUSE = "lighthouse@12.8.2"  # the newest that runs on Node 20
CHROME = "--headless --no-sandbox --disable-gpu --disable-background-networking --no-first-run"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
METRICS = {
    "first-contentful-paint": "first paint",
    "largest-contentful-paint": "largest paint",
    "total-blocking-time": "blocked",
    "cumulative-layout-shift": "layout shift",
}
GOAL = 90


def pages(site: str) -> dict[str, str]:
    """Kinds of page and an address of each, found as a visitor finds them: by following links."""
    return {
        "front page": "/",
        "listing": "/products/",
        "product": first_link(site, "/products/", r'href="(/product/\d+/)"'),
        "county": first_link(site, "/county/", r'href="(/county/\d+/)"'),
        "campaign": first_link(site, "/campaigns/", r'href="(/campaigns/[^/"]+/)"'),
        "county hall": first_link(site, "/halls/", r'href="(/halls/[^/"]+/)"'),
        "story": first_link(site, "/stories/", r'href="(/stories/[^/"]+/)"'),
    }


def first_link(site: str, path: str, pattern: str) -> str:
    """The first address on a page that looks like this.

    Raises:
        SystemExit: the page has none: the demo is not loaded.
    """
    with urllib.request.urlopen(f"{site}{path}") as answer:  # noqa: S310 -- the address that the caller gave
        found = re.search(pattern, answer.read().decode())
    if not found:
        raise SystemExit(f"error: {site}{path} links to no {pattern}; load the demo first")
    return found[1]


def measure(url: str, folder: Path) -> dict[str, Any]:
    """Lighthouse's report on one address, for its slow phone."""
    report = folder / "report.json"
    arguments = [url, "--quiet", "--output=json", f"--output-path={report}", f"--chrome-flags={CHROME}"]
    subprocess.run(
        [str(shutil.which("npx")), "--yes", LIGHTHOUSE, *arguments],
        check=True,
        env={**os.environ, "CHROME_PATH": str(shutil.which("chromium"))},
    )
    found: dict[str, Any] = json.loads(report.read_text())
    return found


def row(kind: str, report: dict[str, Any]) -> list[str]:
    """The page's scores of 100, then what a visitor feels."""
    scores = [f"{report['categories'][name]['score'] * 100:.0f}" for name in CATEGORIES]
    return [kind, *scores, *(str(report["audits"][name]["displayValue"]) for name in METRICS)]


def main(site: str) -> None:
    """Measures each kind of page and writes the section.

    Raises:
        SystemExit: a tool is missing, or a score is below the goal.
    """
    if not (shutil.which("npx") and shutil.which("chromium")):
        raise SystemExit("error: Lighthouse needs node with npx, and chromium, on the PATH")
    with TemporaryDirectory() as folder:
        rows = [row(kind, measure(f"{site}{path}", Path(folder))) for kind, path in pages(site).items()]
    heads = ["page", *CATEGORIES, *METRICS.values()]
    shown = table(heads, rows)
    write_section("lighthouse", f"## Lighthouse, its slow phone, of 100\n\n{shown}")
    sys.stdout.write(f"{shown}\n")
    if any(int(score) < GOAL for cells in rows for score in cells[1 : 1 + len(CATEGORIES)]):
        raise SystemExit(f"error: a score is below {GOAL}")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
