"""Processes that hold a lease, for tests that kill them, and a look at what is left of them."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from marketplace.embedded.lease import VARIABLES
from marketplace.embedded.places import PROJECT
from marketplace.embedded.processes import wait_until

# What the issue allows between the death of a holder and the end of everything that is ours.
ALLOWED_SECONDS = 5.0

HOLD = """
import json, sys
from pathlib import Path
from marketplace import embedded

try:
    with embedded.lease(sys.argv[2], home=Path(sys.argv[1])) as held:
        print(json.dumps(held.urls), flush=True)
        exec(sys.argv[3])
        sys.stdin.read()
except embedded.ServersError as error:
    sys.exit(f"error: {error}")
"""


class Holder:
    """A process with a lease; it lets go when its input is closed."""

    def __init__(self, home: Path, *, profile: str = "test", code: str = "") -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", HOLD, str(home), profile, code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=PROJECT,
            env=without_servers(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.process.kill()
        self.process.communicate()

    def urls(self) -> dict[str, str]:
        """The URLs that the lease gave."""
        line = self.line()
        assert line, _open(self.process.stderr).read()
        urls: dict[str, str] = json.loads(line)
        return urls

    def line(self) -> str:
        """The next line that the process wrote."""
        return _open(self.process.stdout).readline()

    def lines_so_far(self) -> list[str]:
        """The rest of what a dead process wrote, whole lines only."""
        return [line for line in _open(self.process.stdout).readlines() if line.endswith("\n")]

    def error(self) -> str:
        """What a process that could not get a lease says; its exit code is 1."""
        _, said = self.process.communicate(timeout=60)
        assert self.process.returncode == 1
        return said

    def let_go(self) -> None:
        """End in order; everything that the lease should end has ended when this returns."""
        self.process.communicate(timeout=30)
        assert self.process.returncode == 0

    def kill(self) -> None:
        """End without a chance to clean up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def without_servers() -> dict[str, str]:
    """Our environment without the servers of the test run itself."""
    return {name: value for name, value in os.environ.items() if name not in VARIABLES}


def processes_of(home: Path) -> dict[int, str]:
    """The living processes that work in the folder or name it on their command line."""
    found: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            is_ours = str(home) in command or Path(os.readlink(entry / "cwd")).is_relative_to(home)
        except OSError:
            continue  # it has just ended
        if is_ours and not is_holder(command):
            found[int(entry.name)] = command
    return found


def is_holder(command: str) -> bool:
    return " -c " in command and "embedded.lease" in command


def keeper_of(home: Path) -> int:
    """The process id of the folder's keeper."""
    [keeper] = [pid for pid, command in processes_of(home).items() if "embedded.keeper" in command]
    return keeper


def all_gone(home: Path, *, seconds: float = ALLOWED_SECONDS) -> bool:
    """Whether no process of this folder is left in time."""
    return wait_until(lambda: not processes_of(home), seconds=seconds)


def cut_power(home: Path) -> None:
    """End all processes of the folder at the same moment: none sees another one die."""
    running = processes_of(home)
    for signal_number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in running:
            os.kill(pid, signal_number)
    assert all_gone(home)


def files_left(home: Path, profile: str = "test") -> set[str]:
    """Sockets, pid files and locks in the folder."""
    folder = home / profile
    suspects = [*folder.glob("*.sock"), *folder.glob("**/*.pid"), *folder.glob("**/*.lock")]
    return {path.name for path in suspects}


def _open(stream: IO[str] | None) -> IO[str]:
    assert stream is not None
    return stream
