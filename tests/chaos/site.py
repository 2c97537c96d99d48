"""Processes of the site, as `make run` and docs/operators.md start them, in groups of their own."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from django.conf import settings

from marketplace.embedded.processes import group_is_alive, tied_to_parent, wait_until

ROOT = Path(__file__).parents[2]
LOCAL = "127.0.0.1"
READY_SECONDS = 120.0
STOP_SECONDS = 30.0


def surroundings() -> dict[str, str]:
    """The environment in which processes work on this test's database and broker."""
    name = settings.DATABASES["default"]["NAME"]
    return {
        "DATABASE_URL": settings.DATABASE_URL.rpartition("/")[0] + f"/{name}",
        "CACHE_URL": settings.CACHES["default"]["LOCATION"],
        "BROKER_URL": settings.CELERY_BROKER_URL,
    }


class Part:
    """A process that is started, stopped, killed and started anew."""

    def __init__(self, command: list[str], environment: Mapping[str, str], log: Path) -> None:
        self._command = command
        self._environment = {**os.environ, **environment, "DJANGO_SETTINGS_MODULE": "tests.chaos.settings"}
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.kill()

    def start(self) -> None:
        """It runs, and ends with us."""
        with self.log.open("ab") as stream:
            self.process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=stream,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=tied_to_parent(signal.SIGTERM),
            )

    def kill(self) -> None:
        """kill -9, children too."""
        if self.process is None:
            return
        group = self.process.pid
        if group_is_alive(group):
            os.killpg(group, signal.SIGKILL)
        self.process.wait()
        assert wait_until(lambda: not group_is_alive(group), seconds=10)

    def request_stop(self) -> None:
        """SIGTERM to the first process, as a service manager sends it."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)

    def wait(self, seconds: float = STOP_SECONDS) -> int:
        """The exit code, once it has ended."""
        assert self.process is not None
        return self.process.wait(seconds)


class Web(Part):
    """gunicorn on a port that stays the same."""

    def __init__(self, environment: Mapping[str, str], log: Path, *, threads: int = 8) -> None:
        self.port = free_port()
        command = [
            sys.executable, "-m", "gunicorn", "marketplace.wsgi:application", f"--bind={LOCAL}:{self.port}",
            "--worker-class=gthread", "--workers=1", f"--threads={threads}", "--preload",
            "--graceful-timeout=20", "--no-control-socket", "--log-level=warning",
        ]  # fmt: skip
        super().__init__(command, environment, log)

    @property
    def url(self) -> str:
        """The site's address."""
        return f"http://{LOCAL}:{self.port}"

    def start(self) -> None:
        """It answers."""
        super().start()
        if not wait_until(self._answers, seconds=READY_SECONDS):
            raise AssertionError(f"The site does not answer:\n{self.log.read_text()}")

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/health/live", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.URLError):
            time.sleep(0.1)
            return False


def worker(environment: Mapping[str, str], log: Path) -> Part:
    """A Celery worker with two children."""
    return Part(
        _celery("worker", "--concurrency=2", "--without-gossip", "--without-mingle"), environment, log
    )


def beat(environment: Mapping[str, str], log: Path) -> Part:
    """Celery's beat."""
    return Part(_celery("beat", f"--schedule={log.with_suffix('.schedule')}"), environment, log)


def _celery(command: str, *options: str) -> list[str]:
    """Celery without Django's checks, which `make check` asks and which take half a second at each start."""
    quiet = ["-W", "ignore:You're running the worker with superuser privileges"]
    return [
        sys.executable,
        *quiet,
        "-m",
        "celery",
        "--skip-checks",
        "-A",
        "marketplace",
        command,
        "--loglevel=WARNING",
        *options,
    ]


def free_port() -> int:
    """A port that is free now."""
    with socket.create_server((LOCAL, 0)) as listener:
        return int(listener.getsockname()[1])
