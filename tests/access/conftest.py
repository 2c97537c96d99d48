"""The small world in which every address is tried: made once, and as it was again after each visit."""

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.access import world
from tests.access.world import World
from tests.transactions import undone


@pytest.fixture(scope="module")
def world_of_module(transaction_of_module: None) -> World:
    return world.build()


@pytest.fixture
def small_world(world_of_module: World) -> Iterator[World]:
    with undone():
        yield world_of_module
        transaction.set_rollback(True)
