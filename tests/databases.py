"""Test databases, cloned from a migrated template: 0.2 s instead of 25 s, and no flush."""

import hashlib
import io
import os
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from marketplace.core.database.roles import as_owner
from supplier_villages.regions.sources import VENDORED, digest_of
from tests import dumps

ROOT = Path(__file__).parent.parent
KEPT = ROOT / "var" / "templates"
EMPTY = "template1"
LOCK = 7_202_003  # any number: one process at a time makes the template
RUNS = 7_202_004  # any other: whoever works in a run holds the run's lock of this class
OF_A_RUN = re.compile(r"template_\w+_run([0-9a-f]{8})_\w+")


def template_name() -> str:
    """The template's name: another one whenever a migration or a library changes."""
    digest = hashlib.sha256((ROOT / "requirements" / "base.txt").read_bytes())
    for path in sorted([*ROOT.glob("*/**/migrations/*.py"), *ROOT.glob("marketplace/core/database/*.py")]):
        digest.update(path.read_bytes())
    return f"template_{digest.hexdigest()[:12]}"


@contextmanager
def maintenance(url: str | None = None) -> Iterator[psycopg.Connection]:
    """A connection to the database that is neither template nor test: as the owner, or as this URL's role."""
    role = dj_database_url.parse(url or settings.DATABASE_OWNER_URL)
    with psycopg.connect(
        host=role["HOST"], port=role["PORT"], user=role["USER"], password=role["PASSWORD"],
        dbname=role["NAME"], autocommit=True,
    ) as opened:  # fmt: skip
        yield opened


def exists(opened: psycopg.Connection, name: str) -> bool:
    """Whether a database of this name is there."""
    return opened.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None


def ensure_template() -> str:
    """The name of the migrated template, made first if it is not there."""
    return ensure(template_name(), fill=_migrate)


def ensure_country_template() -> str:
    """The name of the template that has every region, too: made from the migrated one if it is not there."""
    migrated = ensure_template()
    name = f"{migrated}_country_{digest_of(VENDORED)[:12]}"
    return ensure(name, from_template=migrated, fill=_import_country)


def ensure(name: str, *, from_template: str = EMPTY, fill: Callable[[], None]) -> str:
    """The name of this template, made if it is not there, by one process.

    The first time by `fill`, on a copy of another template; then it is kept in a file, of which a server that
    has forgotten it makes it again: in two seconds instead of thirty.
    """
    file = KEPT / f"{name}.dump"
    with maintenance() as opened:
        opened.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if not exists(opened, name):
            building = f"{name}_building"
            clone(EMPTY if file.exists() else from_template, building)
            if file.exists():
                dumps.restore(owner_url(building), file)
            else:
                with default_database(building):
                    fill()
                keep(building, file)
            opened.execute(
                sql.SQL("ALTER DATABASE {} RENAME TO {}").format(
                    sql.Identifier(building), sql.Identifier(name)
                )
            )
    return name


def keep(name: str, file: Path) -> None:
    """The database in this file: whole, or not there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}")
    dumps.dump(owner_url(name), draft)
    draft.rename(file)


def owner_url(name: str) -> str:
    """The database of this name, for the role that owns what is in it."""
    return urlsplit(settings.DATABASE_OWNER_URL)._replace(path=f"/{name}").geturl()


def _migrate() -> None:
    call_command("migrate", verbosity=0)


def _import_country() -> None:
    call_command("import_regions", verbosity=0, stdout=io.StringIO())
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE regions_region")


def name_of(template: str, run: str, purpose: str) -> str:
    """The name of a run's own copy of the template: two runs in one clone do not meet."""
    return f"{template}_run{run[:8]}_{purpose}"


@contextmanager
def under_way(run: str) -> Iterator[None]:
    """Keeps this run's databases, and drops those of runs that were killed."""
    with maintenance() as opened:
        opened.execute("SELECT pg_advisory_lock_shared(%s, %s)", [RUNS, lock_of(run)])
        for name in databases_of_ended_runs(opened):
            with suppress(psycopg.errors.ObjectInUse):
                drop(name)
        yield


def databases_of_ended_runs(opened: psycopg.Connection) -> list[str]:
    """The copies whose run nobody works in any more: its lock is free."""
    names = [name for (name,) in opened.execute("SELECT datname FROM pg_database")]
    runs = {name: found[1] for name in names if (found := OF_A_RUN.fullmatch(name))}
    return [name for name, run in runs.items() if is_ended(opened, run)]


def is_ended(opened: psycopg.Connection, run: str) -> bool:
    """Whether no process holds the run's lock, in this or any other session."""
    row = opened.execute(
        "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s AND objid = %s::oid",
        [RUNS, lock_of(run)],
    ).fetchone()
    return row == (0,)


def lock_of(run: str) -> int:
    """The number of the run's lock."""
    return int(run[:8], 16) & 0x7FFFFFFF


def clone(template: str, name: str) -> None:
    """A fresh database `name`, equal to the template."""
    drop(name)
    with maintenance() as opened:
        opened.execute(
            # Half the time of the other strategy, which writes every block of three thousand files twice.
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )


def drop(name: str) -> None:
    """No database `name`, whoever is still connected to it."""
    # A thread's connection that is just closing holds it up, and the owner may not end the application's.
    with maintenance(settings.DATABASE_URL) as opened:
        opened.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = %s AND usename = current_user",
            [name],
        )
    with maintenance() as opened:
        opened.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


@contextmanager
def private_copy(template: str, name: str) -> Iterator[None]:
    """Django's default connection, in every thread, on a copy of the template; it is gone afterwards."""
    clone(template, name)
    with default_database(name):
        yield
    drop(name)


@contextmanager
def default_database(name: str) -> Iterator[None]:
    """Django's default connection, in every thread, on the database `name`."""
    before = connection.settings_dict["NAME"]
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = before
