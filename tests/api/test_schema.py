"""Schemathesis: whatever is sent, the answer is one that the OpenAPI document declares, and never a 5xx."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS

from marketplace.access_tokens.memberships import Kind
from marketplace.accounts.models import User
from marketplace.api import limits
from marketplace.api.v1 import api
from marketplace.procurement.services import fulfilment
from marketplace.wsgi import application
from tests.api.conftest import Market
from tests.factories import trade

schema = schemathesis.openapi.from_dict(json.loads(json.dumps(api.get_openapi_schema())))
schema.app = application

# What has the right form is refused all the same where the facts are others: a line of another order.
positive_data_acceptance = CHECKS.get_one("positive_data_acceptance")

# Which membership's token is sent to which calls, by operationId; a requester's to all others.
SENDERS = {
    "submit": "requester",
    "withdraw": "requester",
    "approve": "approver",
    "start_payment": "shopper",
    "reject": "approver",
    "confirm": "cadre",
    "refuse": "cadre",
    "ship": "cadre",
    "refund": "cadre",
    "accept": "receiver",
    "return_goods": "receiver",
    "cancel": "requester",
    "pay": "finance",
    "confirm_payment": "cadre",
    "county_figures": "official",
}


@pytest.fixture(scope="module")
def market(market_of_module: Market) -> Market:
    """One for all operations: the calls of each are undone."""
    return market_of_module


@pytest.fixture(scope="module")
def tokens(market: Market) -> dict[str, str]:
    """A token of each kind of membership and role, and one of an individual."""
    roles = ("requester", "approver", "receiver", "finance")
    held = {role: market.buyer(role) for role in roles}
    shopper = market.token(trade.shopper(), Kind.INDIVIDUAL)
    return {**held, "cadre": market.seller, "official": market.county, "shopper": shopper}


@pytest.fixture(scope="module")
def own_objects(market: Market, tokens: dict[str, str]) -> dict[str, dict[str, Any]]:
    """What the tokens may see, by sender: the values of the addresses' parameters."""
    now = timezone.now()
    record = trade.goods(market.farm, now)
    order = trade.ordered(market.school, {record.pk: 10}, now, "bought")
    fulfilment.confirm_order(order_id=order.pk, actor=market.farm.cadre, now=now)
    fulfilment.ship_order(
        order_id=order.pk, actor=market.farm.cadre, carrier="邮政", tracking_number="1",
        quantities={order.lines.get().pk: 5}, now=now,
    )  # fmt: skip
    request = trade.submitted(market.school, {record.pk: 1}, now, "asked")
    theirs = {"number": order.number, "request_id": request.pk, "code": "445203"}
    own = trade.checked_out(User.objects.get(username="shopper"), {record.pk: 1}, now)
    return {**dict.fromkeys(tokens, theirs), "shopper": {"request_id": own.pk}}


@pytest.fixture
def one_connection() -> Iterator[None]:
    """The application does not end the test's transaction after each call; nor does Django's own client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
@schema.parametrize()
@settings(max_examples=3, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
def test_every_answer_is_declared(
    case: Any,
    tokens: dict[str, str],
    own_objects: dict[str, dict[str, Any]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "PER_TOKEN", 10**9)
    monkeypatch.setattr(limits, "PER_ADDRESS", 10**9)
    sender = SENDERS.get(case.operation.definition.raw["operationId"], "requester")
    for name, value in case.path_parameters.items():
        # Where it is of the right form; a wrong one must stay wrong.
        if str(value).replace("-", "").isdecimal():
            case.path_parameters[name] = own_objects[sender].get(name, value)
    case.call_and_validate(
        # The transport into the application does not unpack what is compressed.
        headers={"Authorization": f"Bearer {tokens[sender]}", "Accept-Encoding": "identity"},
        excluded_checks=[positive_data_acceptance],
    )
