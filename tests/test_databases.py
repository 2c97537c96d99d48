"""The suite's own databases: two runs in one clone do not meet, and a killed run leaves nothing for good."""

from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from django.db import connection

from tests import databases


@pytest.fixture
def run() -> str:
    """Another run in this clone."""
    return uuid4().hex


def there(name: str) -> bool:
    with databases.maintenance() as opened:
        return databases.exists(opened, name)


def test_two_runs_have_databases_of_their_own(database_template: str, run: str) -> None:
    other = uuid4().hex
    names = {databases.name_of(database_template, each, "race_gw0") for each in (run, other)}
    assert len(names) == 2
    assert all(databases.OF_A_RUN.fullmatch(name) for name in names)
    assert max(map(len, names)) <= 63


def test_a_run_under_way_keeps_its_databases_and_an_ended_one_loses_them(run: str) -> None:
    name = databases.name_of("template_0", run, "gw0")
    with databases.under_way(run):
        databases.clone("template0", name)
        with databases.under_way(uuid4().hex):
            assert there(name)
    with databases.under_way(uuid4().hex):
        assert not there(name)


def test_what_a_server_has_forgotten_is_made_of_its_file(
    run: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    name = databases.name_of("template_0", run, "kept")
    monkeypatch.setattr(databases, "KEPT", tmp_path)
    filled = []

    def fill() -> None:
        filled.append(connection.settings_dict["NAME"])
        with psycopg.connect(databases.owner_url(filled[-1])) as opened:
            opened.execute("CREATE TABLE village AS SELECT '新圩村' AS name")

    for _server in range(2):
        databases.ensure(name, fill=fill)
        with psycopg.connect(databases.owner_url(name)) as opened:
            assert opened.execute("SELECT name FROM village").fetchall() == [("新圩村",)]
        databases.drop(name)
    assert filled == [f"{name}_building"]
    assert list(tmp_path.iterdir()) == [tmp_path / f"{name}.dump"]


def test_no_other_database_is_taken_for_one_of_a_run(database_template: str) -> None:
    kept = [database_template, f"{database_template}_country_0123456789ab", f"{database_template}_building"]
    assert [name for name in kept if databases.OF_A_RUN.fullmatch(name)] == []
