"""What the embedded PostgreSQL offers: two roles, their rights, extensions, Chinese text, settings."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import psycopg
import pytest

from tests.embedded.holders import Holder


@pytest.fixture
def urls(home: Path) -> Iterator[Mapping[str, str]]:
    with Holder(home) as holder:
        yield holder.urls()


def test_the_application_may_do_what_is_granted_and_nothing_else(urls: Mapping[str, str]) -> None:
    with psycopg.connect(urls["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("CREATE TABLE thing (id serial PRIMARY KEY, name text)")
        owner.execute("CREATE TABLE closed (name text)")
        owner.execute("GRANT SELECT, INSERT ON thing TO marketplace_app")
        owner.execute("GRANT USAGE ON SEQUENCE thing_id_seq TO marketplace_app")
    with psycopg.connect(urls["DATABASE_URL"], autocommit=True) as app:
        app.execute("INSERT INTO thing (name) VALUES ('tea')")
        assert app.execute("SELECT id, name FROM thing").fetchall() == [(1, "tea")]
        for forbidden in (
            "UPDATE thing SET name = 'plums'",
            "SELECT FROM closed",
            "CREATE TABLE own ()",
            "DROP TABLE thing",
            "TRUNCATE thing",
            "CREATE DATABASE own",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(forbidden)


def test_neither_role_is_a_superuser(urls: Mapping[str, str]) -> None:
    with psycopg.connect(urls["DATABASE_OWNER_URL"]) as owner:
        roles = owner.execute(
            "SELECT rolname, rolsuper, rolcreatedb, rolcreaterole FROM pg_roles"
            " WHERE rolname LIKE 'marketplace%' ORDER BY rolname"
        ).fetchall()
    assert roles == [("marketplace_app", False, False, False), ("marketplace_owner", False, True, False)]


def test_a_database_that_the_owner_makes_has_the_extensions(urls: Mapping[str, str]) -> None:
    with psycopg.connect(urls["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("CREATE DATABASE another")
    with psycopg.connect(urls["DATABASE_OWNER_URL"], dbname="another", autocommit=True) as owner:
        extensions = owner.execute("SELECT extname FROM pg_extension ORDER BY extname").fetchall()
    assert extensions == [("btree_gin",), ("pg_trgm",), ("plpgsql",), ("unaccent",)]


def test_chinese_text_has_trigrams(urls: Mapping[str, str]) -> None:
    with psycopg.connect(urls["DATABASE_URL"]) as app:
        row = app.execute("SELECT array_length(show_trgm('扶贫'), 1)").fetchone()
    assert row == (3,)


@pytest.mark.parametrize(
    ("profile", "durable", "connections"), [("default", "on", "100"), ("test", "off", "200")]
)
def test_only_the_test_profile_gives_up_durability(
    home: Path, profile: str, durable: str, connections: str
) -> None:
    names = ["fsync", "synchronous_commit", "full_page_writes", "max_connections", "TimeZone"]
    with Holder(home, profile=profile) as holder, psycopg.connect(holder.urls()["DATABASE_URL"]) as app:
        rows = app.execute("SELECT current_setting(name) FROM unnest(%s::text[]) AS name", [names]).fetchall()
    assert [value for (value,) in rows] == [durable, durable, durable, connections, "UTC"]


def test_a_wrong_password_is_refused(urls: Mapping[str, str]) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(urls["DATABASE_URL"], password="wrong")


def test_no_password_shows_in_a_log_or_on_a_command_line(home: Path, urls: Mapping[str, str]) -> None:
    passwords = [url.split("@")[0].rsplit(":", 1)[1] for url in urls.values()]
    logs = "".join(path.read_text() for path in (home / "test").glob("*.log"))
    commands = b"".join(_command_lines()).decode(errors="replace")
    assert [password for password in passwords if password in logs + commands] == []
    assert (home / "test" / "secrets.json").stat().st_mode & 0o777 == 0o600


def _command_lines() -> Iterator[bytes]:
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            yield path.read_bytes()
        except OSError:
            continue
