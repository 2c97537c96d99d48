"""docs/benchmarks.md: each command writes its own section, dated, and leaves the others alone."""

import datetime as dt
import os
import platform
import re
from pathlib import Path

DOCUMENT = Path(__file__).parents[2] / "docs" / "benchmarks.md"


def write_section(name: str, body: str, *, document: Path = DOCUMENT) -> None:
    """Replaces what stands between the section's two marks; appends them to a document without them.

    Args:
        name: the make target that writes it.
        body: Markdown, which begins with a heading.
    """
    begin, end = f"<!-- make {name}: begin -->", f"<!-- make {name}: end -->"
    section = f"{begin}\n{body.strip()}\n\n{measured_on()}\n{end}"
    text = document.read_text(encoding="utf-8")
    marked = re.compile(f"{re.escape(begin)}.*?{re.escape(end)}", re.DOTALL)
    if marked.search(text):
        text = marked.sub(lambda _old: section, text)
    else:
        text = f"{text.rstrip()}\n\n{section}\n"
    document.write_text(text, encoding="utf-8")


def table(heads: list[str], rows: list[list[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def measured_on() -> str:
    """When and on what, and how busy that was."""
    load = os.getloadavg()[0]
    return (
        f"Measured {dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, {os.cpu_count()} cores, "
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()}, load {load:.1f}."
    )
