"""A real Celery worker on the test's own database, for tests where the task is the point."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import redis
from django.conf import settings

from marketplace.celery import app
from tests.databases import ROOT

READY_SECONDS = 60.0
STOP_SECONDS = 10.0


@dataclass(frozen=True)
class Worker:
    """A running worker and what it has logged so far."""

    process: subprocess.Popen[bytes]
    log: Path

    def lines(self) -> list[dict[str, Any]]:
        """The structured lines of the log; what libraries print besides is left out."""
        return [json.loads(line) for line in self.log.read_text().splitlines() if line.startswith("{")]

    def wait_for(self, event: str, *, seconds: float = 15.0) -> dict[str, Any]:
        """The first line of this event.

        Raises AssertionError with the whole log if none comes in time.
        """
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            for line in self.lines():
                if line.get("event") == event:
                    return line
            time.sleep(0.05)
        raise AssertionError(f"The worker logged no {event!r}:\n{self.log.read_text()}")


@contextmanager
def running(log: Path, *, include: str = "") -> Iterator[Worker]:
    """A worker that takes this process's tasks and works on the database that Django has now."""
    with redis.Redis.from_url(settings.CELERY_BROKER_URL) as broker:
        broker.flushdb()
    command = [sys.executable, "-m", "celery", "--skip-checks", "-A", "marketplace", "worker", "--pool=solo"]
    options = ["--without-gossip", "--without-mingle", "--without-heartbeat", "--hostname=test@%h"]
    with log.open("wb") as stream:
        process = subprocess.Popen(
            [*command, *options, *([f"--include={include}"] if include else [])],
            cwd=ROOT, env=_environment(), stdout=stream, stderr=subprocess.STDOUT,
        )  # fmt: skip
        worker = Worker(process, log)
        try:
            _wait_until_ready(worker)
            yield worker
        finally:
            _stop(process)


def _environment() -> dict[str, str]:
    database = urlsplit(settings.DATABASE_URL)._replace(path=f"/{settings.DATABASES['default']['NAME']}")
    return {**os.environ, "DATABASE_URL": database.geturl(), "LOG_LEVEL": "INFO"}


def _wait_until_ready(worker: Worker) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if worker.process.poll() is not None:
            break
        if app.control.inspect(timeout=0.5).ping():
            return
    raise AssertionError(f"The worker does not answer:\n{worker.log.read_text()}")


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
