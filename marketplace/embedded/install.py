"""A virtual environment with the locked packages: `python -m marketplace.embedded.install FOLDER LOCK`.

Does nothing when it was done before for the same content of the requirements.
Needs only Python and a package registry.
"""

import hashlib
import subprocess
import sys
import venv
from pathlib import Path


def ensure_installed(folder: Path, requirements: Path) -> None:
    """The folder is a virtual environment in which the requirements are installed, hashes checked."""
    stamp = folder / f".installed-{requirements.stem}"
    wanted = hashlib.sha256(requirements.read_bytes()).hexdigest()
    python = folder / "bin" / "python"
    runs = _runs(python, "import pip")
    if runs and stamp.exists() and stamp.read_text() == wanted:
        return
    if not runs:
        _say(f"Making the virtual environment {folder} …")
        _make(folder)
    _say(f"Installing the packages of {requirements} (once; a minute or two) …")
    _install(python, requirements)
    stamp.write_text(wanted)


def _runs(python: Path, code: str) -> bool:
    """Whether this Python is there, its base was not removed by an upgrade, and it can run the code."""
    try:
        return subprocess.run([python, "-c", code], capture_output=True, check=False).returncode == 0  # noqa: S603 -- ours
    except OSError:
        return False


def _make(folder: Path) -> None:
    """Make the environment; one that no longer runs is replaced, any other folder is left alone."""
    if _runs(folder / "bin" / "python", ""):
        sys.exit(f"error: {folder} has no pip; install it there, or delete {folder}, or set VENV.")
    if folder.exists() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").exists():
        sys.exit(f"error: {folder} is there, but is no virtual environment; move it away or set VENV.")
    try:
        venv.create(folder, with_pip=True, clear=True)
    except (OSError, subprocess.CalledProcessError) as error:
        sys.exit(
            f"error: {folder} could not be made: {error}\n"
            f"If your Python came without the modules venv and ensurepip, install them "
            f"(Debian, Ubuntu: apt install python3-venv)."
        )


def _install(python: Path, requirements: Path) -> None:
    # The lock is complete: nothing needs resolving.
    done = subprocess.run(  # noqa: S603 -- our own command
        [
            python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input",
            "--no-deps", "--require-hashes", "--requirement", requirements,
        ],
        check=False,
    )  # fmt: skip
    if done.returncode != 0:
        sys.exit(
            "error: the packages could not be installed; the reason is above. Mend it and run make again."
        )


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        ensure_installed(Path(sys.argv[1]), Path(sys.argv[2]))
    except KeyboardInterrupt:
        sys.exit(130)
    except OSError as error:
        sys.exit(f"error: {error}")
