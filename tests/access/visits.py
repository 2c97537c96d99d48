"""Asking for the address of a row as somebody in a role."""

import re
from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.access.table import Kwargs, Row
from tests.access.world import STRANGER, World

BACKEND = "marketplace.accounts.backends.IdentifierBackend"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def client_as(role: str, small_world: World) -> Client:
    """A browser of somebody in this role, which shows errors as visitors see them."""
    client = Client(raise_request_exception=False)
    if role != STRANGER:
        client.force_login(small_world.users[role], backend=BACKEND)
    return client


def path_of(row: Row, kwargs: Mapping[str, Any]) -> str:
    """The row's address with its parameters filled in; "" gives the whole address of an unnamed pattern."""
    if "" in kwargs:
        return f"/{kwargs['']}"
    return "/" + PARAMETER.sub(lambda found: str(kwargs[found[1] or found[2]]), row.route.removesuffix("$"))


def ask(row: Row, role: str, small_world: World, *, of: Kwargs | None = None) -> HttpResponse:
    """The answer to this row's request by this role, about its own objects unless `of` says whose."""
    path = path_of(row, (of or row.own)(small_world))
    client = client_as(role, small_world)
    return client.post(path, row.data) if row.method == "POST" else client.get(path)
