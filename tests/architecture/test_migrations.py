"""Our migrations can be taken back, and a fork's first one adds nothing of ours."""

import pytest
from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader

OURS = ("marketplace.", "catalog.", "supplier_villages.", "cms.")


def our_migrations() -> list[Migration]:
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations.values()
    return sorted((each for each in found if each.__module__.startswith(OURS)), key=str)


@pytest.mark.parametrize("migration", our_migrations(), ids=str)
def test_every_migration_can_be_taken_back(migration: Migration) -> None:
    assert [operation for operation in migration.operations if not operation.reversible] == []


def test_only_forks_replace_oscars_migrations() -> None:
    replacing = {each.app_label for each in our_migrations() if each.replaces}
    assert replacing == {"address", "basket", "catalogue", "order", "partner"}
