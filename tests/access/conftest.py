"""The small world in which every address is tried: made once, and as it was again after each visit."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from tests.access import world
from tests.access.world import World
from tests.transactions import undone


@pytest.fixture(scope="module")
def world_of_module(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock(), undone():
        yield world.build()
        transaction.set_rollback(True)


@pytest.fixture
def small_world(world_of_module: World) -> Iterator[World]:
    with undone():
        yield world_of_module
        transaction.set_rollback(True)
