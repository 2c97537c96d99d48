"""Starting and stopping processes so that none outlives its purpose."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple, cast

from marketplace.embedded.places import Account

PR_SET_PDEATHSIG = 1
HAS_PROC = Path("/proc/self/cwd").exists()
ENDED_STATES = ("Z", "X")
POLL_SECONDS = 0.02

# Nothing of the caller's environment reaches a server: PGPORT, PGDATA and their like would redirect it.
SERVER_ENVIRONMENT: Mapping[str, str] = {"PATH": os.defpath, "LANG": "C.UTF-8", "TZ": "UTC"}

_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


class Process(NamedTuple):
    """A process by its number, with its state (R, S, Z …), parent and group: man proc_pid_stat."""

    pid: int
    state: str
    parent: int
    group: int


def die_with_parent(signal_number: int) -> None:
    """Let the kernel send this process the signal when its parent dies (Linux; elsewhere nothing happens).

    A change of user clears the setting, so it is called after it.
    """
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal_number, 0, 0, 0)


def end_with_parent() -> None:
    """This process ends in order when the one that started it (make) is killed."""
    parent = os.getppid()
    die_with_parent(signal.SIGTERM)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def tied_to_parent(signal_number: int) -> Callable[[], None]:
    """For `preexec_fn`: the child gets the signal when we die, even if that is before it could ask."""
    parent = os.getpid()

    def tie() -> None:
        die_with_parent(signal_number)
        if os.getppid() != parent:
            os.kill(os.getpid(), signal_number)

    return tie


def start_server(
    arguments: Sequence[str | Path],
    *,
    account: Account | None,
    log: Path,
    death_signal: int,
    stdin: bytes = b"",
) -> subprocess.Popen[bytes]:
    """A running server as the account, tied to our life, writing to the log."""
    with log.open("ab") as output:
        process = subprocess.Popen(  # noqa: S603 -- our own command
            arguments,
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/",
            env=SERVER_ENVIRONMENT,
            start_new_session=True,
            user=account.uid if account else None,
            group=account.gid if account else None,
            extra_groups=[] if account else None,
            preexec_fn=tied_to_parent(death_signal),  # safe: the keeper has one thread
        )
    # A server that died at once is reported by whoever waits for it.
    with suppress(BrokenPipeError), cast("IO[bytes]", process.stdin) as pipe:
        pipe.write(stdin)
    return process


def run_tool(
    arguments: Sequence[str | Path],
    *,
    account: Account | None = None,
    stdin: str = "",
    secrets: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """The finished run of a short tool; secrets travel in its environment, never on its command line."""
    return subprocess.run(  # noqa: S603 -- our own command
        arguments,
        input=stdin,
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        cwd="/",
        env={**SERVER_ENVIRONMENT, **(secrets or {})},
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
    )


def wait_until(condition: Callable[[], bool], *, seconds: float) -> bool:
    """Whether the condition came true before the time was over."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() >= deadline:
            return False
        time.sleep(POLL_SECONDS)
    return True


def is_alive(pid: int) -> bool:
    """Whether there is a process of this number."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def group_is_alive(group: int) -> bool:
    """Whether a process of the group runs.

    One that has ended and is yet to be collected does not: of an orphan that is the business of the system's
    first process, and in a container it takes its time.
    """
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not HAS_PROC or any(
        each.group == group and each.state not in ENDED_STATES for each in all_processes()
    )


def all_processes() -> Iterator[Process]:
    """Those of the machine, where there is /proc."""
    for pid in filter(str.isdecimal, os.listdir("/proc")):
        with suppress(OSError):  # it has just ended
            state, parent, group = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[:3]
            yield Process(int(pid), state, int(parent), int(group))


def end_groups(groups: Iterable[int], *, grace: float) -> None:
    """No process of these groups is left: SIGTERM, the grace in seconds, SIGKILL."""
    alive = [group for group in groups if group_is_alive(group)]
    _signal_groups(alive, signal.SIGTERM)
    if not wait_until(lambda: not any(map(group_is_alive, alive)), seconds=grace):
        _signal_groups(alive, signal.SIGKILL)


def _signal_groups(groups: Iterable[int], signal_number: int) -> None:
    for group in groups:
        try:
            os.killpg(group, signal_number)
        except (ProcessLookupError, PermissionError):
            continue
