"""The virtual environment: made once for each content of the lock, never in a folder of something else."""

import hashlib
import sys
from pathlib import Path

import pytest

from marketplace.embedded import install


def test_what_is_installed_already_is_left_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lock = tmp_path / "base.txt"
    lock.write_text("nothing==1 --hash=sha256:0\n")
    (tmp_path / "venv" / "bin").mkdir(parents=True)
    (tmp_path / "venv" / "bin" / "python").symlink_to(sys.executable)
    stamp = tmp_path / "venv" / ".installed-base"
    stamp.write_text(hashlib.sha256(lock.read_bytes()).hexdigest())
    install.ensure_installed(tmp_path / "venv", lock)
    assert capsys.readouterr().out == ""


def test_a_folder_that_is_something_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    (tmp_path / "base.txt").write_text("")
    with pytest.raises(SystemExit, match="is no virtual environment; move it away or set VENV"):
        install.ensure_installed(tmp_path, tmp_path / "base.txt")
    assert (tmp_path / "thesis.doc").read_text() == "years of work"


def test_a_new_environment_has_what_the_lock_names_and_a_stamp(tmp_path: Path) -> None:
    lock = tmp_path / "base.txt"
    lock.write_text("# nothing\n")
    install.ensure_installed(tmp_path / "venv", lock)
    assert (tmp_path / "venv" / "bin" / "python").exists()
    assert (tmp_path / "venv" / ".installed-base").read_text() == hashlib.sha256(b"# nothing\n").hexdigest()
