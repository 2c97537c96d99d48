"""An unforked Oscar and our marketplace, each in a process and on a database of its own."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings

from tests import databases
from tests.benchmarks.measuring import IN_THE_BASKET, LINES, RUNS, Measured
from tests.benchmarks.report import table, write_section
from tests.forks import unforked

HEADS = ["what", "lines", "Oscar: queries", "ms", "ours: queries", "ms", "Oscar's time in ours", "goal"]
# How many times ours is to go into Oscar's.
GOALS = {"listing": 4, f"listing, {IN_THE_BASKET} lines in the basket": 4, "add 200": 50, "place 200": 20}
Found = dict[str, Measured]

INTRODUCTION = """\
## An unforked Oscar {oscar} beside ours

{products} products at 10.00 CNY on the pages, no pictures; medians of {runs} runs (fewer where it says
so); queries of a warm process, savepoints, BEGIN and COMMIT included. Both sides have as many products,
categories and sellers, and the same embedded PostgreSQL, which does not wait for the disk. Pages are
fetched through Django's test client. Oscar's listing shows 20 products, ours 24; Oscar asks a search
engine for their keys, for which two small queries stand in, and haystack then loads each product by
itself. Adding is there `add_product` for each line, all in one transaction. To place means there
`OrderCreator` with what the checkout does around it but for the mail, and here to approve a submitted
request: one order per seller, with journal, roll-ups and notices. A dash: there is no such step, or a
round of so many lines was expected to take more than {budget} s.
"""


def main(products: int, budget: float) -> None:
    """Measures both sides and writes the section."""
    run = uuid4().hex
    with databases.under_way(run):
        oscar = measured(
            "vanilla",
            [str(products), str(budget)],
            settings_module="tests.benchmarks.vanilla_settings",
            template=unforked.ensure_template(),
            role=settings.DATABASE_OWNER_URL,
            run=run,
        )
        ours = measured(
            "ours",
            [str(products), str(budget)],
            settings_module="marketplace.settings.test",
            template=databases.ensure_template(),
            role=settings.DATABASE_URL,
            run=run,
        )
    shown = table(HEADS, rows(oscar, ours))
    begin = INTRODUCTION.format(
        oscar=version("django-oscar"), products=f"{products:,}", runs=RUNS, budget=f"{budget:,.0f}"
    )
    write_section("bench", f"{begin}\n{shown}")
    sys.stdout.write(f"{shown}\n")


def measured(
    side: str, arguments: list[str], *, settings_module: str, template: str, role: str, run: str
) -> Found:
    """What the side's process found on a copy of the template, connected as this role."""
    # Named after our template on both sides: what a killed run leaves is found by that name.
    database = databases.name_of(databases.template_name(), run, side)
    with databases.private_copy(template, database):
        answer = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.side", side, *arguments],
            env={
                **os.environ,
                "DATABASE_URL": urlsplit(role)._replace(path=f"/{database}").geturl(),
                "DJANGO_SETTINGS_MODULE": settings_module,
            },
            cwd=databases.ROOT,
            check=True,
            stdout=subprocess.PIPE,
        )
    return {step: Measured(**each) for step, each in json.loads(answer.stdout).items()}


def rows(oscar: Found, ours: Found) -> list[list[str]]:
    """A row for each of our steps, with Oscar's where it has one."""
    return [row(step, oscar.get(step), each) for step, each in ours.items()]


def row(step: str, oscar: Measured | None, ours: Measured) -> list[str]:
    """Queries and times of both sides, and how many of ours go into Oscar's."""
    what, _, last = step.rpartition(" ")
    words = [what, f"{int(last):,}"] if last.isdigit() and int(last) in LINES else [step, ""]
    ratio = f"{oscar.ms / ours.ms:.1f}" if oscar else ""
    goal = f"≥ {GOALS[step]}" if step in GOALS else ""
    return [*words, *cells(oscar), *cells(ours), ratio, goal]


def cells(found: Measured | None) -> list[str]:
    """Queries and milliseconds; how many runs, if they are fewer than usual."""
    if found is None:
        return ["–", "–"]
    runs = "" if found.runs == RUNS else f" ({found.runs} run{'s' if found.runs > 1 else ''})"
    return [f"{found.queries:,}", f"{found.ms:,.1f}{runs}"]
