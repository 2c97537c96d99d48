"""A short form of `make chaos`: what is killed loses nothing that was acknowledged and doubles nothing."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from tests.chaos import events, orders, servers
from tests.chaos.site import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def schema(database_template: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The migrated database in a file."""
    target = tmp_path_factory.mktemp("schema") / "schema.dump"
    url = urlsplit(settings.DATABASE_OWNER_URL)._replace(path=f"/{database_template}")
    servers.dump(url.geturl(), target)
    return target


def counts(module: str, *arguments: object) -> dict[str, Any]:
    """What a run of its own found."""
    command = [sys.executable, "-m", f"tests.chaos.{module}", *map(str, arguments)]
    found: dict[str, Any] = json.loads(subprocess.check_output(command, cwd=ROOT))
    return found


def test_no_acknowledged_order_is_lost_when_database_and_web_server_are_killed(schema: Path) -> None:
    found = orders.Counts(**counts("orders", 2, schema))
    assert found.is_clean, found
    assert found.approved > 2 * orders.BUYERS
    assert found.unanswered > 0


def test_no_event_is_lost_or_doubled_when_workers_and_broker_are_killed(schema: Path) -> None:
    found = events.Counts(**counts("events", 100, 2, schema))
    assert found.is_clean, found
    assert (found.events, found.effects, found.mails, found.undone) == (100, 50, 50, 10)
