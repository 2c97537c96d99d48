"""What every test may use."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from marketplace import garbage
from marketplace.core.translations import catalogs
from marketplace.settings import base
from tests import databases
from tests.transactions import undone

DatabaseNamed = Callable[..., str]

# How long an example takes is the machine's affair: two cores, and others at work on them.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """The Chinese texts are compiled before anything asks for one; nothing is garbage while all is loaded."""
    gc.disable()
    if not hasattr(config, "workerinput"):
        catalogs.compile_changed(settings.LOCALE_PATHS)


@pytest.fixture(scope="session")
def database_template(django_db_blocker: DjangoDbBlocker) -> str:
    """The migrated template from which this run's databases are cloned."""
    with django_db_blocker.unblock():
        return databases.ensure_template()


@pytest.fixture(scope="session")
def database_named(testrun_uid: str, worker_id: str) -> Iterator[DatabaseNamed]:
    """Names this worker's copies of a template: no other worker and no other run has the same."""

    def named(template: str, purpose: str = "") -> str:
        return databases.name_of(template, testrun_uid, f"{purpose}{worker_id}")

    with databases.under_way(testrun_uid):
        yield named


@pytest.fixture(scope="session")
def django_db_setup(
    database_template: str, django_db_blocker: DjangoDbBlocker, database_named: DatabaseNamed
) -> Iterator[None]:
    """This worker's own database, on which the application's role works."""
    name = database_named(database_template)
    with django_db_blocker.unblock(), databases.private_copy(database_template, name):
        yield


@pytest.fixture
def race_database(
    database_template: str, django_db_blocker: DjangoDbBlocker, database_named: DatabaseNamed
) -> Iterator[None]:
    """A database of the test's own in which every thread commits for real."""
    name = database_named(database_template, "race_")
    with django_db_blocker.unblock(), databases.private_copy(database_template, name):
        yield


@pytest.fixture(scope="module")
def race_database_of_module(
    django_db_setup: None,
    database_template: str,
    django_db_blocker: DjangoDbBlocker,
    database_named: DatabaseNamed,
) -> Iterator[None]:
    """The same for all tests of a module, each of which makes what it needs beside the others."""
    name = database_named(database_template, "races_")
    with django_db_blocker.unblock(), databases.private_copy(database_template, name):
        yield


@pytest.fixture(scope="module")
def country_database(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, database_named: DatabaseNamed
) -> Iterator[None]:
    """A database with every region of the vendored files, for the tests of one module.

    Together with the mark django_db each test starts from it and leaves it as it was.
    """
    with django_db_blocker.unblock():
        template = databases.ensure_country_template()
        with databases.private_copy(template, database_named(template)):
            yield


@pytest.fixture(scope="module")
def transaction_of_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """What the tests of a module find in the database; each begins its own inside and leaves it as it was."""
    with django_db_blocker.unblock(), undone():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session", autouse=True)
def _mail_goes_through_the_outbox(django_test_environment: None) -> None:
    """As everywhere; Django's test environment would keep in memory what has not even been relayed."""
    settings.EMAIL_BACKEND = base.EMAIL_BACKEND


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    cache.clear()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """While a worker makes the template for the first module, another does those without a database."""
    with_database = list(dict.fromkeys(item.path for item in items if needs_database(item)))
    items.sort(key=lambda item: item.path in with_database[1:])
    skip_without_browser(items)


def needs_database(item: pytest.Item) -> bool:
    """Whether the test works on a copy of the template."""
    return bool(item.get_closest_marker("django_db")) or "database_template" in getattr(
        item, "fixturenames", []
    )


def pytest_collection_finish() -> None:
    """What has been loaded by now stays: the collector of garbage need not look at it again and again."""
    gc.collect()
    gc.freeze()
    garbage.look_rarely()
    gc.enable()


def skip_without_browser(items: list[pytest.Item]) -> None:
    """Without a Chromium the browser tests are skipped, loudly; in CI that is an error."""
    driven = [item for item in items if item.get_closest_marker("browser")]
    if not driven or shutil.which("chromium"):
        return
    if os.environ.get("CI"):
        raise pytest.UsageError(f"{len(driven)} browser tests cannot run: there is no chromium on the PATH.")
    for item in driven:
        item.add_marker(pytest.mark.skip(reason="BROWSER TEST NOT RUN: there is no chromium on the PATH"))
