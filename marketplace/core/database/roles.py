"""Two roles: the owner migrates; the application's reads and writes, and cannot change what is append-only.

Triggers alone would not do: the owner of a table can disable them and truncate a partition.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import dj_database_url
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from psycopg import sql

from marketplace.core.database.append_only import AppendOnlyModel

REVOKE_CHANGE = sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}")
REVOKE_ALL = sql.SQL("REVOKE ALL ON {table} FROM {role}")


@contextmanager
def as_owner() -> Iterator[None]:
    """The default connection as the role that owns the tables, for as long as the block lasts.

    Raises:
        ImproperlyConfigured: DATABASE_OWNER_URL is not set.
    """
    if not settings.DATABASE_OWNER_URL:
        raise ImproperlyConfigured("DATABASE_OWNER_URL is not set: it names the role that owns the tables.")
    owner = dj_database_url.parse(settings.DATABASE_OWNER_URL)
    application = (connection.settings_dict["USER"], connection.settings_dict["PASSWORD"])
    connection.close()
    connection.settings_dict.update({"USER": owner["USER"], "PASSWORD": owner["PASSWORD"]})
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update({"USER": application[0], "PASSWORD": application[1]})


def append_only_tables() -> list[str]:
    """The tables to which the application may only add rows, sorted."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, AppendOnlyModel) and model._meta.managed
    )


def partitions() -> list[str]:
    """The partitions of all partitioned tables, sorted: they are reached through their parent only."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relispartition AND relkind IN ('r', 'p') "
            "AND relnamespace = 'public'::regnamespace ORDER BY relname"
        )
        return [name for (name,) in cursor.fetchall()]


def grant_application_role() -> None:
    """Gives the application's role what it needs and no more; run as the owner after every migration."""
    role = sql.Identifier(dj_database_url.parse(settings.DATABASE_URL)["USER"])
    statements = [
        "GRANT USAGE ON SCHEMA public TO {role}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
        "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
    ]
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(sql.SQL(statement).format(role=role))
        for table in append_only_tables():
            cursor.execute(REVOKE_CHANGE.format(table=sql.Identifier(table), role=role))
        for partition in partitions():
            cursor.execute(REVOKE_ALL.format(table=sql.Identifier(partition), role=role))
