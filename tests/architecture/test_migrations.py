"""New migrations can run while the site does: no lock for long, nothing that the running code cannot bear."""

from collections.abc import Sequence
from functools import cached_property

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from django_migration_linter import MigrationLinter

from marketplace.core.database.migrating import quick_states
from tests.architecture import layers

# They ran before anybody had data. A later one with a finding is split (add nullable, fill, then constrain).
BEFORE_THE_FIRST_RELEASE = {
    ("basket", "0004_institution"),
    ("catalogue", "0002_category_drawing_and_certificate"),
    ("catalogue", "0003_product_origin_unit_and_season"),
    ("order", "0002_purchases_and_quantities"),
    ("order", "0004_required"),
    ("partner", "0002_supplier"),
    ("partner", "0004_guarded_stock"),
    ("procurement", "0002_individual_requests"),
    ("sales_journal", "0002_journal"),
}


class Linter(MigrationLinter):
    """The linter, with a loader that knows the migrations of Oscar's that ours replace."""

    def get_sql(self, app_label: str, migration_name: str) -> list[str]:
        """What this migration will execute."""
        # Django's sqlmigrate, which the linter asks otherwise, wants the replaced migrations to be there.
        migration = self.loader.get_migration(app_label, migration_name)
        sql: list[str] = self.loader.collect_sql([(migration, False)])
        return sql

    @cached_property
    def loader(self) -> MigrationLoader:
        """Every migration, read once."""
        return MigrationLoader(connection)


def our_labels() -> Sequence[str]:
    """The applications whose migrations are ours."""
    roots = set(layers.import_linter()["root_packages"])
    return sorted(config.label for config in apps.get_app_configs() if config.name.split(".")[0] in roots)


@pytest.mark.django_db
def test_wagtails_migrations_run_while_there_are_few_models() -> None:
    """What each costs grows with the number of models; see address 0001."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    labels = [migration.app_label for migration, _backwards in plan]
    last = max(number for number, label in enumerate(labels) if label.startswith("wagtail"))
    assert set(labels[:last]) <= {"accounts", "auth", "contenttypes", "taggit"} | {
        label for label in labels if label.startswith("wagtail")
    }


@pytest.mark.django_db
def test_a_migration_can_run_beside_the_code_before_it(capsys: pytest.CaptureFixture[str]) -> None:
    linter = Linter(
        str(layers.ROOT), include_apps=our_labels(), ignore_initial_migrations=True, no_cache=True,
        quiet=["ok", "ignore"], analyser_string="postgresql",  # our engine is Django's, by another name
    )  # fmt: skip
    found = set()
    with quick_states():
        for migration in linter.migration_loader.disk_migrations.values():
            before = linter.nb_erroneous
            linter.lint_migration(migration)
            if linter.nb_erroneous > before:
                found.add((migration.app_label, migration.name))
    assert found == BEFORE_THE_FIRST_RELEASE, capsys.readouterr().out
