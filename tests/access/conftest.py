"""The small world in which every address is tried."""

import pytest

from tests.access import world
from tests.access.world import World


@pytest.fixture
def small_world(db: None) -> World:
    return world.build()
