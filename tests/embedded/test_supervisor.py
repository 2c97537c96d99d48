"""Several processes as one: one of them ends, or the supervisor is killed, and nothing is left."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from marketplace.embedded.places import PROJECT
from marketplace.embedded.processes import wait_until
from tests.embedded.holders import ALLOWED_SECONDS, all_gone, processes_of, without_servers

SUPERVISE = """
import sys
from pathlib import Path
from marketplace.embedded.lease import lease
from marketplace.embedded.supervisor import EndedError, Stopped, Supervisor

home = Path(sys.argv[1])
with lease("test", home=home, guarding=True) as held:
    supervisor = Supervisor(held)
    try:
        for name, script in (argument.split("=", 1) for argument in sys.argv[2:]):
            supervisor.start(name, ["sh", "-c", f"cd {home}; {script}"])
        supervisor.attend(until=lambda: False)
    except EndedError as error:
        sys.exit(f"error: {error}")
    except Stopped:
        pass
    finally:
        supervisor.stop()
"""
FOREVER = "echo here; sleep 600 & wait"
STUBBORN = "trap '' TERM; echo here; sleep 600 & wait"


@contextmanager
def _supervisor(home: Path, **scripts: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", SUPERVISE, str(home), *(f"{name}={code}" for name, code in scripts.items())],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
        env=without_servers(),
    ) as process:
        yield process
        process.kill()


def _wait_for_lines(process: subprocess.Popen[str], *wanted: str) -> None:
    assert process.stdout is not None
    missing = set(wanted)
    while missing:
        line = process.stdout.readline()
        assert line, missing
        missing.discard(line.rstrip("\n"))


def test_lines_carry_the_name_of_their_process(home: Path) -> None:
    with _supervisor(home, web="printf 'one\\ntwo'; exit 3", worker=FOREVER) as process:
        written, _ = process.communicate(timeout=30)
    assert {line for line in written.splitlines() if line.startswith("web")} == {
        "web     | one",
        "web     | two",
    }


def test_when_one_process_ends_all_do_and_the_message_names_it(home: Path) -> None:
    with _supervisor(home, web=FOREVER, worker="exit 3") as process:
        _, said = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said == "error: worker has ended (exit code 3), so everything stops.\n"
    assert processes_of(home) == {}


def test_an_orderly_stop_leaves_nothing_not_even_the_stubborn(home: Path) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        with _supervisor(home, web=FOREVER, worker=STUBBORN) as process:
            _wait_for_lines(process, "web     | here", "worker  | here")
            process.send_signal(number)
            _, said = process.communicate(timeout=ALLOWED_SECONDS)
        assert (process.returncode, said) == (0, "")
        assert processes_of(home) == {}


def test_a_killed_supervisor_leaves_nothing(home: Path) -> None:
    with _supervisor(home, web=FOREVER, worker=STUBBORN) as process:
        _wait_for_lines(process, "web     | here", "worker  | here")
        process.kill()
        assert all_gone(home, seconds=ALLOWED_SECONDS)


def test_dead_servers_end_everything(home: Path) -> None:
    with _supervisor(home, web=FOREVER) as process:
        _wait_for_lines(process, "web     | here")
        [postmaster] = [pid for pid, command in processes_of(home).items() if "/bin/postgres " in command]
        os.kill(postmaster, signal.SIGKILL)
        _, said = process.communicate(timeout=ALLOWED_SECONDS)
    assert said == "error: The embedded servers have ended, so everything stops; their logs say why.\n"
    assert wait_until(lambda: not processes_of(home), seconds=1)
