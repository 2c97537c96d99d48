"""`make chaos`: R4, R5 and R6 of their own, one after the other: python -m tests.chaos 20 6000 12.

Exits with 1 if anything was lost or doubled, or did not answer as docs/failures.md says.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

from marketplace import embedded
from tests import dumps
from tests.benchmarks.report import table, write_section
from tests.chaos import events, failing, orders

ROOT = Path(__file__).parents[2]
Counts = orders.Counts | events.Counts | failing.Counts
INTRODUCTION = """\
## What is killed loses nothing

On servers of the run's own, as `make run` starts them, every process killed by `kill -9`.

- **Orders** (R4): {buyers} institutions submit and approve through the API under gunicorn, all wanting the
  same goods; who gets no answer sends the same again under the same key. PostgreSQL and then the web server
  are killed in each round. In the end every acknowledged request and purchase is there once, and
  `verify_sales` and `verify_stock` find no difference.
- **Events** (R5): half are rows in a table that would take a second one, half are mails to an SMTP server on
  this machine. A mail that the server had taken before its worker could say so is sent again with the same
  Message-ID: receivers know it by that, and *doubled* counts by that; *mails sent again* counts them.
  Transactions that were undone must leave nothing. A dead worker's messages come back after
  {lease} s here, after five minutes in production.
- **Failures** (R6): the tables of [failures.md](failures.md), pages through HTTP and tasks by a beat of five
  seconds; then PostgreSQL hangs (SIGSTOP), goes on, is killed and started anew without a restart of ours. An
  answer that is not the table's, or takes more than three seconds, is a surprise, and so is a task that is
  held up; what has waited and is not done within a minute has not healed.
"""


def main(kills: int, number: int, worker_kills: int) -> int:
    """The exit code, once all three have run and the section is written."""
    with tempfile.TemporaryDirectory() as folder:
        schema = Path(folder) / "schema.dump"
        dump_template(schema)
        begun = time.monotonic()
        results: list[Counts] = [
            orders.Counts(**run("orders", kills, schema)),
            events.Counts(**run("events", number, worker_kills, schema)),
            failing.Counts(**run("failing", schema)),
        ]
    shown = table(["run", "counts", ""], [row(each) for each in results])
    minutes = (time.monotonic() - begun) / 60
    begin = INTRODUCTION.format(buyers=orders.BUYERS, lease=events.LEASE_SECONDS)
    write_section("chaos", f"{begin}\n{shown}\n\nIt took {minutes:.1f} minutes.")
    sys.stdout.write(f"{shown}\n")
    return 0 if all(each.is_clean for each in results) else 1


def row(counts: Counts) -> list[str]:
    """The counts in words, and whether they are what they must be."""
    name = type(counts).__module__.rpartition(".")[2]
    words = ", ".join(f"{field.replace('_', ' ')} {value:,}" for field, value in asdict(counts).items())
    return [name, words, "clean" if counts.is_clean else "**NOT CLEAN**"]


def run(module: str, *arguments: object) -> dict[str, Any]:
    """What a run in a process of its own found: each has servers of its own."""
    command = [sys.executable, "-m", f"tests.chaos.{module}", *map(str, arguments)]
    found: dict[str, Any] = json.loads(subprocess.check_output(command, cwd=ROOT))
    return found


def dump_template(target: Path) -> None:
    """The tests' migrated database into a file."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
    with embedded.lease(profile="test"):
        django.setup()
        # Only now: it imports models.
        from django.conf import settings

        from marketplace.core.translations import catalogs
        from tests import databases

        catalogs.compile_changed(settings.LOCALE_PATHS)
        dumps.dump(databases.owner_url(databases.ensure_template()), target)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
