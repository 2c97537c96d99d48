"""Customers see our pages only: no template, style or script of Oscar's outside its staff dashboard."""

from pathlib import Path

import oscar
import pytest

from tests.access.visits import pages_read_by
from tests.access.world import ROLES, World

OSCARS = Path(oscar.__file__).parent


@pytest.mark.parametrize("role", ROLES)
def test_no_page_is_made_by_oscars_templates(role: str, small_world: World) -> None:
    foreign = {}
    for _row, path, answer in pages_read_by(role, small_world):
        origins = [Path(template.origin.name) for template in answer.templates if template.origin]
        foreign[path] = [str(origin) for origin in origins if origin.is_relative_to(OSCARS)]
        foreign[path] += [line for line in answer.content.decode().splitlines() if "/static/oscar/" in line]
    assert {path: found for path, found in foreign.items() if found} == {}
