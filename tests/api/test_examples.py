"""The examples of docs/api.md, in their order: each call is made, and its answer holds what is printed."""

from __future__ import annotations

import json
import re
import shlex
from dataclasses import dataclass
from datetime import timedelta
from string import Template
from typing import Any

from django.utils import timezone

from marketplace.access_tokens.memberships import Kind
from marketplace.core.periods import shanghai_day
from tests.api.conftest import Market, call
from tests.architecture.layers import ROOT
from tests.factories import campaigns, trade

EXAMPLE = re.compile(r"```sh\n(curl .*?)```\n```json\n(.*?)```", re.DOTALL)
VARIABLE = re.compile(r"\$[A-Z]+")


@dataclass(frozen=True)
class Curl:
    """What a printed curl command sends."""

    method: str
    path: str
    headers: dict[str, str]
    body: str | None


def parsed(command: str) -> Curl:
    """The command, its variables filled in."""
    words = shlex.split(command)
    assert words.pop(0) == "curl"
    method, path, headers, body = "GET", "", {}, None
    while words:
        match words.pop(0):
            case "-X":
                method = words.pop(0)
            case "-H":
                name, value = words.pop(0).split(": ", 1)
                headers[name] = value
            case "-d":
                body = words.pop(0)
            case address:
                path = address.removeprefix("http://site/api/v1")
    return Curl(method, path, headers, body)


def compared(printed: Any, answered: Any, values: dict[str, str]) -> None:
    """The answer has every printed value; a printed variable takes the answer's."""
    if isinstance(printed, dict):
        for name, value in printed.items():
            compared(value, answered[name], values)
    elif isinstance(printed, list) and not all(isinstance(each, str) and "$" not in each for each in printed):
        assert len(printed) == len(answered)
        for one, other in zip(printed, answered, strict=True):
            compared(one, other, values)
    elif isinstance(printed, str) and VARIABLE.fullmatch(printed):
        assert values.setdefault(printed[1:], str(answered)) == str(answered)
    else:
        assert printed == answered


def test_the_printed_examples_work(market: Market) -> None:
    now = timezone.now()
    trade.goods(market.farm, now)
    today = shanghai_day(now)
    campaigns.made(today)
    values = {
        "SITE": "http://site",
        "TODAY": str(today),
        "TOMORROW": str(today + timedelta(days=1)),
        "SUPPLIER": market.seller,
        "OFFICE": market.county,
        "SHOPPER": market.token(trade.shopper(), Kind.INDIVIDUAL),
        **{role.upper(): market.buyer(role) for role in ("requester", "approver", "receiver", "finance")},
    }
    examples = EXAMPLE.findall((ROOT / "docs" / "api.md").read_text())
    assert len(examples) == 12
    for command, printed in examples:
        sent = parsed(Template(command).substitute(values))
        headers = {name.replace("-", "_"): value for name, value in sent.headers.items()}
        answer = call(None, sent.method, sent.path, sent.body, **headers)
        assert answer.status_code in {200, 201}, answer.content.decode()
        compared(json.loads(printed), json.loads(answer.content), values)
