"""A small market, a token for each kind of membership, and calls to the API."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from schemathesis.pytest.plugin import SchemathesisFunction

from marketplace.access_tokens.memberships import Kind
from marketplace.accounts.models import User
from supplier_villages.offices.models import Office
from tests.factories import trade
from tests.factories.access_tokens import make_token
from tests.factories.offices import make_office
from tests.factories.users import make_user


def pytest_itemcollected(item: pytest.Item) -> None:
    """Each operation's test has an id of its own.

    schemathesis 4.32 names the operation in the test's name; pytest 9.2 makes the id of other parts.
    """
    if isinstance(item, SchemathesisFunction):
        item._id = item.id.with_params(item.operation_label)


def call(token: str | None, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
    """The answer to a call; the body goes as JSON, text as it is."""
    content = body if isinstance(body, str | bytes) else json.dumps(body)
    sent = {"Accept-Language": "en", **{name.replace("_", "-"): value for name, value in headers.items()}}
    if token:
        sent["Authorization"] = f"Bearer {token}"
    data = {} if body is None else {"data": content, "content_type": "application/json"}
    answer: HttpResponse = Client().generic(method, f"/api/v1{path}", headers=sent, **data)
    return answer


def read(answer: HttpResponse, status: int = 200) -> Any:
    """The answer's content, which must have this status."""
    assert answer.status_code == status, answer.content.decode()
    return json.loads(answer.content)


def problem(answer: HttpResponse, status: int, code: str) -> dict[str, str]:
    """The fields that a problem names, each with what is wrong with it."""
    assert answer.headers["Content-Type"] == "application/problem+json"
    content = read(answer, status)
    assert (content["status"], content["code"]) == (status, code)
    assert content["title"]
    assert content["detail"]
    return {each["field"]: each["detail"] for each in content["errors"]}


@dataclass(frozen=True)
class Market:
    """A school and a cooperative that trade, the county's office, and a token for each of the people."""

    school: trade.Unit
    farm: trade.Seller
    office: Office
    official: User

    def token(self, person: User, kind: Kind, organisation_id: int | None = None) -> str:
        """A new token of the person."""
        return make_token(person, kind, organisation_id, timezone.now()).secret

    def buyer(self, role: str) -> str:
        """A token of the school's member in this role."""
        return self.token(getattr(self.school, role), Kind.INSTITUTION, self.school.institution.pk)

    @property
    def seller(self) -> str:
        """A token of the cooperative's cadre."""
        return self.token(self.farm.cadre, Kind.SUPPLIER, self.farm.supplier.pk)

    @property
    def county(self) -> str:
        """A token of the office's official."""
        return self.token(self.official, Kind.OFFICE, self.office.pk)


@pytest.fixture(scope="module")
def market_of_module(transaction_of_module: None) -> Market:
    trade.land()
    official = make_user("official", name="李四")
    return Market(trade.unit(), trade.seller(), make_office("445203", official), official)


@pytest.fixture
def market(market_of_module: Market, db: None) -> Market:
    """All of it, with nothing on sale yet."""
    return deepcopy(market_of_module)
