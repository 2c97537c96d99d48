"""The suite's own databases: two runs in one clone do not meet, and a killed run leaves nothing for good."""

from uuid import uuid4

import pytest

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


def test_no_other_database_is_taken_for_one_of_a_run(database_template: str) -> None:
    kept = [database_template, f"{database_template}_country_0123456789ab", f"{database_template}_building"]
    assert [name for name in kept if databases.OF_A_RUN.fullmatch(name)] == []
