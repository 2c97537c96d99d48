"""`make run`: the servers, the preparation, then web, worker and beat until somebody presses Ctrl-C."""

import argparse
import os
import socket
import sys
import tempfile
import time
from collections.abc import Sequence

from marketplace.embedded import ports
from marketplace.embedded.errors import ServersError
from marketplace.embedded.first_answer import FirstAnswer
from marketplace.embedded.lease import lease
from marketplace.embedded.places import PROJECT
from marketplace.embedded.processes import end_with_parent
from marketplace.embedded.supervisor import EndedError, Stopped, Supervisor

BEAT_SCHEDULE = PROJECT / "var" / "celerybeat-schedule"
ANSWER_SECONDS = 60.0


def run(host: str, port: int) -> None:
    """Everything runs until it is told to stop; nothing is left when this returns.

    Raises ServersError if it cannot begin, EndedError if a part of it ends by itself, Stopped when told to.
    """
    begun = time.monotonic()
    with ports.reserve(host, port) as reserved, lease(guarding=True) as held:
        supervisor = Supervisor(held)
        try:
            logins = _prepare(supervisor)
            _start_site(supervisor, reserved)
            status = _first_status(supervisor, reserved)
            _greet(supervisor, reserved, status=status, logins=logins, seconds=time.monotonic() - begun)
            supervisor.attend(until=lambda: False)
        finally:
            supervisor.stop()


def _prepare(supervisor: Supervisor) -> list[str]:
    """The lines about the demo logins, once everything is done that must be before the site starts."""
    with tempfile.NamedTemporaryFile("r") as logins:
        supervisor.run_to_end("prepare", _python("marketplace.embedded.prepare", logins.name))
        return logins.read().splitlines()


def _start_site(supervisor: Supervisor, reserved: socket.socket) -> None:
    BEAT_SCHEDULE.parent.mkdir(exist_ok=True)
    # A schedule that a power cut left half-written stops beat; without one it begins anew.
    for path in BEAT_SCHEDULE.parent.glob(f"{BEAT_SCHEDULE.name}*"):
        path.unlink()
    supervisor.start("web", _web(reserved), pass_fds=[reserved.fileno()])
    supervisor.start("worker", _celery("worker", "--concurrency=2", "--without-gossip", "--without-mingle"))
    supervisor.start("beat", _celery("beat", f"--schedule={BEAT_SCHEDULE}"))


def _web(reserved: socket.socket) -> Sequence[str]:
    return _python(
        "gunicorn", "marketplace.wsgi:application", f"--bind=fd://{reserved.fileno()}",
        "--worker-class=gthread", "--workers=2", "--threads=4", "--preload",
        "--graceful-timeout=2", "--no-control-socket", "--log-level=warning",
    )  # fmt: skip


def _celery(command: str, *options: str) -> Sequence[str]:
    # A clone that belongs to root runs as root: no need to say so at each start.
    quiet = ["-W", "ignore:You're running the worker with superuser privileges"]
    arguments = _python("celery", "--quiet", "-A", "marketplace", command, "--loglevel=WARNING", *options)
    return [arguments[0], *quiet, *arguments[1:]]


def _python(module: str, *arguments: str) -> Sequence[str]:
    return [sys.executable, "-m", module, *arguments]


def _first_status(supervisor: Supervisor, reserved: socket.socket) -> int:
    """The HTTP status of the site's first answer; the home page is warm after it."""
    deadline = time.monotonic() + ANSWER_SECONDS
    with FirstAnswer(reserved.getsockname()) as answer:
        supervisor.attend(until=lambda: answer.has_come() or time.monotonic() > deadline)
        if answer.status is None:
            raise EndedError(f"web did not answer within {ANSWER_SECONDS:.0f} s, so everything stops.")
        return answer.status


def _greet(
    supervisor: Supervisor, reserved: socket.socket, *, status: int, logins: Sequence[str], seconds: float
) -> None:
    host, port = reserved.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    lines = [f"Ready after {seconds:.0f} s:  http://{shown.replace('0.0.0.0', 'localhost')}:{port}/"]  # noqa: S104
    if status >= 500:
        lines.append(f"but the home page answers with an error ({status}); the reason is above.")
    for line in [*lines, *logins, "Ctrl-C stops everything."]:
        supervisor.say("ready", line)


def main(arguments: Sequence[str]) -> int:
    """The exit code: 0 after Ctrl-C or SIGTERM, 1 with a message when something is wrong."""
    parser = argparse.ArgumentParser(prog="make run")
    parser.add_argument("--host", default=ports.LOOPBACK)
    parser.add_argument("--port", default="8000")
    options = parser.parse_args(arguments)
    os.chdir(PROJECT)
    end_with_parent()
    try:
        run(options.host, ports.port_number(options.port))
    except (Stopped, KeyboardInterrupt):
        return 0
    except (ServersError, EndedError) as error:
        sys.stderr.write(f"error: {error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
