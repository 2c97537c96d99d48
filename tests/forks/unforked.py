"""A database as Oscar's own migrations make it, kept as a template beside ours."""

import hashlib
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import psycopg
from django.conf import settings

from tests import databases

COLUMNS = """
    SELECT table_name, column_name,
           concat_ws(' ', data_type, character_maximum_length, numeric_precision, numeric_scale,
                     CASE is_nullable WHEN 'NO' THEN 'NOT NULL' END)
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name = ANY(%s)
"""
INDEXES = """
    SELECT tablename, regexp_replace(indexdef, 'INDEX \\S+ ON', 'INDEX ON')
    FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)
"""
CONSTRAINTS = """
    SELECT conrelid::regclass::text, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype IN ('c', 'f', 'p', 'u') AND conrelid::regclass::text = ANY(%s)
"""

MIGRATE = """
import django
from django.core.management import call_command
from marketplace.core.database.migrating import quick_states

django.setup()
with quick_states():
    call_command("migrate", verbosity=0, skip_checks=True)
"""


def ensure_template() -> str:
    """The name of the database that Oscar's migrations made, migrated first if it is not there."""
    digest = hashlib.sha256((version("Django") + version("django-oscar")).encode())
    for path in sorted((databases.ROOT / "marketplace" / "accounts" / "migrations").glob("*.py")):
        digest.update(path.read_bytes())
    name = f"unforked_{digest.hexdigest()[:12]}"
    return databases.ensure(name, fill=_migrate)


def _migrate() -> None:
    # A process of its own: Oscar decides at its import which applications are forked.
    owner = databases.owner_url(settings.DATABASES["default"]["NAME"])
    subprocess.run(
        [sys.executable, "-c", MIGRATE],
        env={**os.environ, "DATABASE_URL": owner, "DJANGO_SETTINGS_MODULE": "tests.forks.unforked_settings"},
        cwd=Path(databases.ROOT),
        check=True,
    )


def described(database: str, query: str, tables: list[str]) -> set[tuple[str, ...]]:
    """What the query says of these tables in that database, read as the owner."""
    with psycopg.connect(databases.owner_url(database)) as opened:
        return set(opened.execute(query, [tables]).fetchall())


def oscar_tables(database: str) -> list[str]:
    """The tables of the applications that we fork."""
    with psycopg.connect(databases.owner_url(database)) as opened:
        names = [
            name for (name,) in opened.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        ]
    return sorted(
        name for name in names if name.startswith(("address_", "basket_", "catalogue_", "order_", "partner_"))
    )
