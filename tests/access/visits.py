"""Asking for the address of a row as somebody in a role."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.access.table import ROWS, Kwargs, Row
from tests.access.world import ROLES, STRANGER, World
from tests.transactions import undone

PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>[^)]*\)")


def client_as(role: str, small_world: World) -> Client:
    """A browser of somebody in this role, which shows errors as visitors see them."""
    client = Client(raise_request_exception=False)
    if role != STRANGER:
        client.cookies[settings.SESSION_COOKIE_NAME] = small_world.sessions[role]
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


def asked_alone(row: Row, role: str, small_world: World, *, of: Kwargs | None = None) -> HttpResponse:
    """The same; afterwards the world is as it was."""
    with undone():
        answer = ask(row, role, small_world, of=of)
        transaction.set_rollback(True)
    return answer


def pages_read_by(role: str, small_world: World) -> Iterator[tuple[Row, str, HttpResponse]]:
    """What this role reads for all who may, and the answers: a page is read by the first role that may."""
    client = client_as(role, small_world)
    for row in ROWS:
        first = next((each for each in ROLES if each in row.who), None)
        if row.method == "GET" and first == role and row.expected(role) == 200:
            path = path_of(row, row.own(small_world))
            answer = client.get(path)
            if "html" in answer.headers.get("Content-Type", ""):
                yield row, path, answer
