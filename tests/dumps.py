"""A database in a file, and out of it again."""

import subprocess
from pathlib import Path

from marketplace.embedded import binaries, places


def dump(database_url: str, target: Path) -> None:
    """The database into a file."""
    run(
        "pg_dump",
        "--format=custom",
        "--no-comments",
        "--statistics",
        f"--file={target}",
        f"--dbname={database_url}",
    )


def restore(database_url: str, source: Path) -> None:
    """The empty database is what was dumped: by a superuser, or by the role that owns what is in it."""
    run("pg_restore", "--exit-on-error", f"--dbname={database_url}", str(source))


def run(program: str, *arguments: str) -> None:
    """One of PostgreSQL's programs; what it warns of is said when it fails."""
    command = [binaries.postgres_programs(store=places.program_store()) / program, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{program} failed: {done.stderr}")
