"""A data folder for each test."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.embedded.holders import Holder, all_gone


@pytest.fixture(scope="session")
def made_home() -> Iterator[Path]:
    """A folder in which the test profile was started and ended once."""
    with _new_home() as folder:
        with Holder(folder) as holder:
            holder.urls()
            holder.let_go()
        yield folder


@pytest.fixture
def home(made_home: Path) -> Iterator[Path]:
    """A data folder of the test's own, copied: making one takes ten times as long."""
    with _new_home() as folder:
        subprocess.run(["cp", "-a", made_home / "test", folder / "test"], check=True)
        yield folder


@pytest.fixture
def empty_home() -> Iterator[Path]:
    """A folder without anything."""
    with _new_home() as folder:
        yield folder


@contextmanager
def _new_home() -> Iterator[Path]:
    """An empty folder that the servers' user may enter, also for root; at the end nothing runs in it."""
    folder = Path(tempfile.mkdtemp(prefix="servers-"))
    folder.chmod(0o755)
    yield folder
    gone = all_gone(folder)
    shutil.rmtree(folder, ignore_errors=True)
    assert gone
