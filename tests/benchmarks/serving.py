"""A side as production serves it, and what load it stands."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from http.client import HTTPConnection

from tests.benchmarks.load import Loaded, Visit
from tests.benchmarks.measuring import Side

WORKERS = (1, 2)
SECONDS = 5
READY_SECONDS = 60
GUNICORN = (
    *(sys.executable, "-m", "gunicorn", "django.core.wsgi:get_wsgi_application()"),
    *("--worker-class=gthread", "--threads=4", "--preload", "--no-control-socket", "--log-level=warning"),
)


def load(side: Side) -> dict[str, Loaded]:
    """Each kind of visit with each number of workers: "listing × 2"."""
    found = {}
    for workers in WORKERS:
        kinds = side.visits()
        with gunicorn(side.served_by, workers) as port:
            for kind, visits in kinds.items():
                found[f"{kind} × {workers}"] = loaded(port, visits)
    return found


def loaded(port: int, visits: list[Visit]) -> Loaded:
    """What a process of its own found."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.load", str(port), str(SECONDS)],
        input=json.dumps([asdict(visit) for visit in visits]).encode(),
        check=True,
        stdout=subprocess.PIPE,
    )
    return Loaded(**json.loads(answer.stdout))


@contextmanager
def gunicorn(settings_module: str, workers: int) -> Iterator[int]:
    """The port on which so many workers answer, each with four threads, on this process's database."""
    with socket.create_server(("127.0.0.1", 0)) as reserved:
        process = subprocess.Popen(
            [*GUNICORN, f"--bind=fd://{reserved.fileno()}", f"--workers={workers}"],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": settings_module, "LOG_LEVEL": "ERROR"},
            stdout=subprocess.DEVNULL,
            pass_fds=[reserved.fileno()],
        )
        try:
            await_answer(reserved.getsockname()[1])
            yield reserved.getsockname()[1]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(READY_SECONDS)


def await_answer(port: int) -> None:
    """Returns once the site has answered anything at all; the socket holds the question until then."""
    connection = HTTPConnection("127.0.0.1", port, timeout=READY_SECONDS)
    connection.request("GET", "/", headers={"Connection": "close"})
    connection.getresponse().read()
    connection.close()
    time.sleep(1)  # the other worker is there, too
