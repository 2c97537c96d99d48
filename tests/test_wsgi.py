"""The web application as gunicorn runs it."""

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Any

import pytest

from marketplace.wsgi import silent_head
from tests.databases import ROOT

READY_SECONDS = 60.0


@contextmanager
def gunicorn(log: Path) -> Iterator[int]:
    """The port on which a real gunicorn answers; its log is complete afterwards."""
    with socket.create_server(("127.0.0.1", 0)) as reserved, log.open("wb") as stream:
        options = ["--worker-class=gthread", "--no-control-socket", "--log-level=warning"]
        bound = f"--bind=fd://{reserved.fileno()}"
        process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "marketplace.wsgi:application", bound, *options],
            cwd=ROOT, stdout=stream, stderr=subprocess.STDOUT, pass_fds=[reserved.fileno()],
        )  # fmt: skip
        try:
            yield reserved.getsockname()[1]
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(10)


def ask(port: int, method: str) -> tuple[HTTPResponse, bytes]:
    """The answer of the process that lives, and its body."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=READY_SECONDS)) as connection:
        connection.request(method, "/health/live")
        with connection.getresponse() as response:
            return response, response.read()


def test_gunicorn_has_nothing_to_drop_from_a_head_answer(tmp_path: Path) -> None:
    with gunicorn(tmp_path / "log") as port:
        whole, body = ask(port, "GET")
        head, nothing = ask(port, "HEAD")
    assert (whole.status, body) == (200, b'{"status": "ok"}')
    assert (head.status, nothing) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"]
    assert "body bytes" not in (tmp_path / "log").read_text()


class Answer(list[bytes]):
    """What an application answers, and whether it was closed."""

    closed = False

    def close(self) -> None:
        self.closed = True


@pytest.mark.parametrize(("method", "sent", "closed"), [("HEAD", [], True), ("GET", [b"page"], False)])
def test_only_a_head_answer_is_closed_without_being_sent(
    method: str, sent: list[bytes], closed: bool
) -> None:
    answer = Answer([b"page"])

    def page(_environ: dict[str, Any], _start_response: Any) -> Answer:
        return answer

    assert list(silent_head(page)({"REQUEST_METHOD": method}, print)) == sent  # type: ignore[arg-type]
    assert answer.closed is closed
