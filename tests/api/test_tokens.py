"""Who gets in, how often, and with how much."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from catalog.partner import services as suppliers
from marketplace.access_tokens import services
from marketplace.access_tokens.memberships import Kind
from marketplace.access_tokens.models import AccessToken
from marketplace.api import limits
from tests.api.conftest import Market, call, problem, read
from tests.factories.access_tokens import make_token
from tests.factories.users import browser_of, make_user


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer ", "Basic abc", "fupin_x"])
def test_without_a_token_nothing_opens_and_nobody_is_sent_to_a_log_in(
    market: Market, header: str | None
) -> None:
    client = browser_of(market.farm.cadre)
    headers = {} if header is None else {"Authorization": header}
    answer = client.get("/api/v1/orders", headers=headers)
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_that_opens_nothing_says_why(market: Market) -> None:
    now = timezone.now()
    problem(call("fupin_nobodys", "GET", "/orders"), 401, "token_unknown")
    user = make_user("somebody")
    past = now - timedelta(days=2)
    expired = make_token(user, Kind.INDIVIDUAL, None, past, expires_at=past + timedelta(days=1))
    problem(call(expired.secret, "GET", "/orders"), 401, "token_expired")
    revoked = make_token(user, Kind.INDIVIDUAL, None, now)
    services.revoke_token(user=user, token_id=revoked.token.pk, now=now)
    problem(call(revoked.secret, "GET", "/orders"), 401, "token_revoked")
    ended = market.seller
    read(call(ended, "GET", "/orders"))
    suppliers.remove_member(supplier=market.farm.supplier, user=market.farm.cadre, actor=market.farm.head)
    problem(call(ended, "GET", "/orders"), 401, "token_ended")


def test_a_use_is_written_down(market: Market) -> None:
    before = timezone.now()
    token = market.seller
    assert AccessToken.objects.get().last_used_at is None
    read(call(token, "GET", "/orders"))
    used = AccessToken.objects.get().last_used_at
    assert used is not None
    assert before < used < timezone.now()
    read(call(token, "GET", "/orders"))
    assert AccessToken.objects.get().last_used_at == used


def test_a_token_opens_what_its_kind_may(market: Market) -> None:
    individual = market.token(market.farm.cadre, Kind.INDIVIDUAL)
    for token, path in (
        (market.county, "/orders"),
        (market.county, "/requests"),
        (market.seller, "/requests"),
        (market.seller, "/figures/445203?from=2020-01-01&to=2020-02-01"),
        (individual, "/figures/445203?from=2020-01-01&to=2020-02-01"),
    ):
        problem(call(token, "GET", path), 403, "not_allowed")


def test_too_many_calls_of_a_token_wait(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_TOKEN", 2)
    monkeypatch.setattr(limits, "WINDOW_SECONDS", 10_000_000)
    token, other = market.seller, market.buyer("finance")
    for _ in range(2):
        read(call(token, "GET", "/orders"))
    refused = call(token, "GET", "/orders")
    problem(refused, 429, "too_many_requests")
    assert 0 < int(refused.headers["Retry-After"]) <= 10_000_000
    read(call(other, "GET", "/orders"))


def test_too_many_calls_from_an_address_wait(market: Market, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PER_ADDRESS", 1)
    monkeypatch.setattr(limits, "WINDOW_SECONDS", 10_000_000)
    read(call(None, "GET", "/regions"))
    problem(call(None, "GET", "/regions"), 429, "too_many_requests")
    elsewhere = Client(REMOTE_ADDR="192.0.2.7").get("/api/v1/regions")
    assert elsewhere.status_code == 200


def test_calls_are_answered_while_the_cache_is_down(market: Market) -> None:
    down = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1"}
    with override_settings(CACHES={"default": down}):
        read(call(market.seller, "GET", "/orders"))


def test_a_body_has_a_size(market: Market) -> None:
    problem(call(market.seller, "POST", "/orders/1/refuse", "x" * 300_000), 413, "body_too_large")


@pytest.mark.parametrize("body", ["{", "\xff", "", "[" * 10_000, "NaN", '{"reason": 1e999}'])
def test_a_body_that_is_not_what_it_should_be(market: Market, body: str) -> None:
    answer = call(market.seller, "POST", "/orders/1/refuse", body.encode("latin-1"))
    assert answer.status_code in {400, 422}
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_address_with_a_thousand_parameters_is_not_read(market: Market) -> None:
    many = "&".join(f"p{n}=1" for n in range(1500))
    problem(call(None, "GET", f"/regions?{many}"), 400, "unreadable")


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 404),
        ("GET", "/nothing", 404),
        ("GET", "/regions/", 404),
        ("GET", "/requests/99999999999999999999999", 404),
        ("DELETE", "/regions", 405),
        ("PUT", "/orders/1", 405),
        ("GET", "/orders/1/ship", 405),
    ],
)
def test_an_address_that_is_none_gets_a_problem(market: Market, method: str, path: str, status: int) -> None:
    answer = call(market.buyer("requester"), method, path)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert read(answer, status)["status"] == status
