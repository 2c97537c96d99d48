"""A short form of `make chaos`: what is killed loses nothing that was acknowledged and doubles nothing."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests import databases, dumps
from tests.chaos import events, orders
from tests.chaos.site import ROOT

pytestmark = pytest.mark.slow

Runs = dict[str, subprocess.Popen[str]]


@pytest.fixture(scope="module")
def schema(database_template: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The migrated database in a file."""
    target = tmp_path_factory.mktemp("schema") / "schema.dump"
    dumps.dump(databases.owner_url(database_template), target)
    return target


@pytest.fixture(scope="module")
def runs(schema: Path) -> Iterator[Runs]:
    """Both runs, under way at once: each on servers of its own, and mostly waiting for one to come back."""
    with ExitStack() as stack:
        yield {
            module: stack.enter_context(started(module, *arguments))
            for module, arguments in {"orders": (1, schema), "events": (100, 2, schema)}.items()
        }


def started(module: str, *arguments: object) -> subprocess.Popen[str]:
    """A run of its own."""
    command = [sys.executable, "-m", f"tests.chaos.{module}", *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def counts(run: subprocess.Popen[str]) -> dict[str, Any]:
    """What the run found, once it has ended."""
    said, _nothing = run.communicate()
    assert run.returncode == 0
    found: dict[str, Any] = json.loads(said)
    return found


def test_no_acknowledged_order_is_lost_when_database_and_web_server_are_killed(runs: Runs) -> None:
    found = orders.Counts(**counts(runs["orders"]))
    assert found.is_clean, found
    assert found.approved > 2 * orders.BUYERS
    assert found.unanswered > 0


def test_no_event_is_lost_or_doubled_when_workers_and_broker_are_killed(runs: Runs) -> None:
    found = events.Counts(**counts(runs["events"]))
    assert found.is_clean, found
    assert (found.events, found.effects, found.mails, found.undone) == (100, 50, 50, 10)
