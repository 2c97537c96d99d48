"""An unforked Oscar and our marketplace, each in a process and on a database of its own."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings

from tests import databases
from tests.benchmarks.load import VISITORS, Loaded
from tests.benchmarks.measuring import CATEGORIES, IN_THE_BASKET, LINES, ORDER_LINES, RUNS, Measured
from tests.benchmarks.pages import KEPT
from tests.benchmarks.report import table, write_section
from tests.benchmarks.serving import SECONDS
from tests.forks import unforked

HEADS = ["what", "lines", "Oscar: queries", "ms", "ours: queries", "ms", "Oscar's time in ours", "goal"]
LOAD_HEADS = ["under load", "workers", "Oscar: a second", "p95", "ours: a second", "p95", "times", "goal"]
# How many times ours is to go into Oscar's.
GOALS = {
    "listing": 4,
    f"listing, {IN_THE_BASKET} lines in the basket": 4,
    f"listing {KEPT}": 15,
    "add 200": 50,
    "place 200": 20,
}
# How many times as many a second.
LOAD_GOALS = {f"place {ORDER_LINES}": 3}


@dataclass(frozen=True)
class Found:
    """What was found of a side, by step, and by kind of visit and number of workers."""

    steps: dict[str, Measured]
    load: dict[str, Loaded]


INTRODUCTION = """\
## An unforked Oscar {oscar} beside ours

{products} products at 10.00 CNY in {categories} categories, no pictures; medians of {runs} runs (fewer
where it says so); queries of a warm process, savepoints, BEGIN and COMMIT included. Both sides have as many
products, categories and sellers, and the same embedded PostgreSQL, which does not wait for the disk. Pages
are fetched through Django's test client. Oscar's listing shows 20 products, ours 24; Oscar asks a search
engine for their keys, for which two small queries stand in, and haystack then loads each product by
itself. Adding is there `add_product` for each line, all in one transaction. To place means there
`OrderCreator` with what the checkout does around it but for the mail, and here to approve a submitted
request: one order per seller, with journal, roll-ups and notices. A dash: there is no such step, or a
round of so many lines was expected to take more than {budget} s. "From cache" is a page as the next stranger
gets it within ten seconds, beside Oscar's, which keeps none. A basket is shown fifty lines a page here.
"""
REASONS = """\
What stands in the way of more where nothing is kept: of a listing's time here more than half goes into
Django's templates, the choice among all categories with them, and a fifth into counting all goods, by county
for the filter and in all; choosing and reading those of its page takes the database 1 ms. Of a product page's
half goes into four queries, most of it putting them together, and a third into the frame that all pages
share; Oscar's asks fifteen small queries for a far smaller page.
"""
LOAD_INTRODUCTION = """\
Each side served by gunicorn with so many workers of four threads, {seconds} s a row. {visitors} visitors,
each of whom asks again as soon as it has been answered, come from a process of its own, which shares the
two cores with site and database; times in ms. Of the strangers' rows ours come from the cache; who has a
basket gets pages of their own. To place is to post the approval of a submitted request of {lines} lines
here, with log-in, rights and token, and there a view made for this that does what "place" above does,
without the checkout's form, mail and thanks.
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
    run_of = INTRODUCTION.format(
        oscar=version("django-oscar"),
        products=f"{products:,}",
        categories=f"{CATEGORIES:,}",
        runs=RUNS,
        budget=f"{budget:,.0f}",
    )
    load_of = LOAD_INTRODUCTION.format(seconds=SECONDS, visitors=VISITORS, lines=ORDER_LINES)
    tables = [
        table(HEADS, rows(oscar.steps, ours.steps)),
        table(LOAD_HEADS, load_rows(oscar.load, ours.load)),
    ]
    write_section("bench", "\n".join([run_of, tables[0], "", REASONS, load_of, tables[1]]))
    sys.stdout.write("\n\n".join([*tables, ""]))


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
    found = json.loads(answer.stdout)
    return Found(
        {step: Measured(**each) for step, each in found["steps"].items()},
        {kind: Loaded(**each) for kind, each in found["load"].items()},
    )


def load_rows(oscar: dict[str, Loaded], ours: dict[str, Loaded]) -> list[list[str]]:
    """A row for each kind of visit and number of workers."""
    return [load_row(kind, oscar[kind], each) for kind, each in ours.items()]


def load_row(kind: str, oscar: Loaded, ours: Loaded) -> list[str]:
    """Answers a second and the slowest but one in twenty of both sides."""
    what, _, workers = kind.rpartition(" × ")
    figures = [f"{each:,.1f}" for side in (oscar, ours) for each in (side.per_second, side.p95_ms)]
    goal = f"≥ {LOAD_GOALS[what]}" if what in LOAD_GOALS else ""
    return [what, workers, *figures, f"{ours.per_second / oscar.per_second:.1f}", goal]


def rows(oscar: dict[str, Measured], ours: dict[str, Measured]) -> list[list[str]]:
    """A row for each of our steps, with Oscar's where it has one; it has the same for what ours keeps."""
    return [row(step, oscar.get(step.removesuffix(f" {KEPT}")), each) for step, each in ours.items()]


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
