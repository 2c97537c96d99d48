"""A pytest plugin (-p tests.servers): real servers are up before Django reads its settings.

A conftest would be too late. Workers of xdist inherit the controller's environment and so its servers.
"""

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from marketplace import embedded

MEMORY, ROOM_BYTES = Path("/dev/shm"), 4 << 30  # noqa: S108 -- a folder with a random name is made in it


def has_room(folder: Path) -> bool:
    """Whether the folder exists and would hold a run."""
    return folder.exists() and shutil.disk_usage(folder).free > ROOM_BYTES


@contextmanager
def home_of_the_run() -> Iterator[Path | None]:
    """Where the servers and whatever else is temporary are; None: on the disk, and kept for the next run.

    `make test` asks for memory: the suite makes and drops more than a hundred databases of three thousand
    files, and ext4 looks for room for a file past all those that were just deleted. A database takes two
    seconds then instead of a tenth.
    """
    if not os.environ.get("TEST_IN_MEMORY") or not has_room(MEMORY):
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="suite-", dir=MEMORY) as folder:
        Path(folder).chmod(0o755)  # the servers' user passes through it
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        yield Path(folder)


if "PYTEST_XDIST_WORKER" not in os.environ:
    _stack = ExitStack()
    _home = _stack.enter_context(home_of_the_run())
    _stack.enter_context(embedded.lease(profile="test", home=_home))
    # Last, and so called first: temporary folders clear themselves away at exit, servers in them or not.
    atexit.register(_stack.close)
