"""An individual buys through the API alone, as on the pages: checked out, paid at the gateway, received."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from catalog.partner.models import StockRecord
from marketplace.access_tokens.memberships import Kind
from marketplace.core.periods import Window, shanghai_day
from marketplace.county_figures.verification import differences
from marketplace.procurement.gateways.sandbox import notification_of, ticket_of
from marketplace.procurement.models import PurchaseRequest
from tests.api.conftest import Market, call, problem, read
from tests.factories import trade

DELIVERY = {
    "region_code": "445202",
    "address": "示范小区3栋502房",
    "recipient": "黄敏",
    "recipient_phone": "13800138000",
}


def wanted(record: StockRecord, quantity: int, **others: Any) -> dict[str, Any]:
    """The body for so many sale units."""
    return {
        "lines": [{"stock_record_id": record.pk, "quantity": quantity}],
        "delivery": DELIVERY,
        **others,
    }


@pytest.fixture
def token(market: Market) -> str:
    """A token with which a system buys for an individual."""
    return market.token(trade.shopper(), Kind.INDIVIDUAL)


def told(payment_url: str) -> None:
    """The gateway tells the market that what its page asks for has been paid."""
    ticket = ticket_of(urlsplit(payment_url).path.rstrip("/").rsplit("/", 1)[-1])
    answer = Client().post("/payments/notify/", notification_of(ticket), content_type="text/plain")
    assert answer.status_code == 200


def test_an_individual_buys_pays_receives_and_sends_back(market: Market, token: str) -> None:
    record = trade.goods(market.farm, timezone.now())
    seller, county = market.seller, market.county
    body = wanted(record, 300)
    made = read(call(token, "POST", "/requests", body, Idempotency_Key="home-1"), 201)
    again = read(call(token, "POST", "/requests", body, Idempotency_Key="home-1"), 201)
    assert (made["status"], made["total_fen"], again) == ("pending", 105_000, made)
    assert (made["institution_id"], made["orders"], made["online_payments"]) == (None, [], [])
    assert StockRecord.objects.get(pk=record.pk).net_stock_level == 700

    way = read(call(token, "POST", f"/requests/{made['id']}/pay"))
    assert way["payment_url"].startswith("http://testserver/")
    assert way["amount_fen"] == 105_000
    told(way["payment_url"])
    told(way["payment_url"])
    paid = read(call(token, "GET", f"/requests/{made['id']}"))
    assert paid["status"] == "paid"
    assert [(each["outcome"], each["reason"]) for each in paid["online_payments"]] == [("bought", "")]
    problem(call(token, "POST", f"/requests/{made['id']}/pay"), 409, "not_pending")
    problem(call(token, "POST", f"/requests/{made['id']}/withdraw"), 409, "not_pending")

    order = f"/orders/{paid['orders'][0]}"
    read(call(seller, "POST", f"{order}/confirm", {}))
    read(call(seller, "POST", f"{order}/ship", {"carrier": "邮政", "tracking_number": "1", "moved": 0}))
    received = read(call(token, "POST", f"{order}/accept", {"moved": 300}))
    assert (received["status"], received["payment_status"]) == ("accepted", "paid")
    line = received["lines"][0]["id"]
    back = {"reason": "坏了", "lines": [{"line_id": line, "quantity": 10}], "moved": 600}
    assert read(call(token, "POST", f"{order}/return", back))["lines"][0]["returned"] == 10
    today = shanghai_day(timezone.now())
    query = f"from={today}&to={today + timedelta(days=1)}"
    found = read(call(county, "GET", f"/figures/445203?{query}"))["total"]
    assert found == {"contracted_fen": 105_000, "accepted_fen": 290 * 350, "paid_fen": 105_000}
    assert list(differences(Window.year(today))) == []


def test_an_individual_takes_back_what_is_not_paid(market: Market, token: str) -> None:
    record = trade.goods(market.farm, timezone.now())
    made = read(call(token, "POST", "/requests", wanted(record, 300), Idempotency_Key="k"), 201)
    way = read(call(token, "POST", f"/requests/{made['id']}/pay"))
    assert read(call(token, "POST", f"/requests/{made['id']}/withdraw"))["status"] == "withdrawn"
    assert StockRecord.objects.get(pk=record.pk).net_stock_level == 1000
    told(way["payment_url"])
    late = read(call(token, "GET", f"/requests/{made['id']}"))["online_payments"]
    assert [(each["outcome"], each["reason"]) for each in late] == [("to_refund", "cancelled")]


def test_what_one_individual_asked_for_is_nobody_elses(market: Market, token: str) -> None:
    record = trade.goods(market.farm, timezone.now())
    made = read(call(token, "POST", "/requests", wanted(record, 1), Idempotency_Key="k"), 201)
    others = [market.token(trade.shopper("another"), Kind.INDIVIDUAL), market.buyer("approver")]
    for other in others:
        for method, path in (("GET", ""), ("POST", "/pay"), ("POST", "/withdraw"), ("POST", "/approve")):
            problem(call(other, method, f"/requests/{made['id']}{path}"), 404, "not_found")
    problem(call(token, "POST", f"/requests/{made['id']}/approve"), 403, "not_allowed")
    problem(call(market.seller, "POST", f"/requests/{made['id']}/pay"), 403, "not_allowed")


def test_an_institutions_request_is_not_paid_at_once(market: Market) -> None:
    now = timezone.now()
    request = trade.submitted(market.school, {trade.goods(market.farm, now).pk: 1}, now)
    problem(call(market.buyer("requester"), "POST", f"/requests/{request.pk}/pay"), 403, "not_allowed")


def test_the_same_key_is_another_for_oneself_and_for_the_institution(market: Market) -> None:
    record = trade.goods(market.farm, timezone.now())
    own = market.token(market.school.requester, Kind.INDIVIDUAL)
    body = wanted(record, 1)
    first = read(call(own, "POST", "/requests", body, Idempotency_Key="k"), 201)
    school = call(
        market.buyer("requester"), "POST", "/requests", {**body, "purpose": "食堂"}, Idempotency_Key="k"
    )
    assert read(school, 201)["id"] != first["id"]
    problem(call(own, "POST", "/requests", wanted(record, 2), Idempotency_Key="k"), 409, "key_reused")


@pytest.mark.parametrize(
    "said",
    [{"purpose": "慰问"}, {"wanted_on": "2999-01-01"}, {"delivery": {**DELIVERY, "region_code": "440000"}}],
)
def test_what_an_individual_cannot_say_is_named(market: Market, token: str, said: dict[str, Any]) -> None:
    record = trade.goods(market.farm, timezone.now())
    body = wanted(record, 1) | said
    answer = call(token, "POST", "/requests", body, Idempotency_Key="k")
    field = "delivery.region_code" if "delivery" in said else next(iter(said))
    assert list(problem(answer, 422, "invalid")) == [field]
    assert not PurchaseRequest.objects.exists()


def test_an_institution_says_what_for(market: Market) -> None:
    record = trade.goods(market.farm, timezone.now())
    answer = call(market.buyer("requester"), "POST", "/requests", wanted(record, 1), Idempotency_Key="k")
    assert problem(answer, 422, "invalid") == {"purpose": "Say what the goods are for."}


def test_where_nobody_takes_money_nothing_is_reserved(
    market: Market, token: str, settings: LazySettings
) -> None:
    record = trade.goods(market.farm, timezone.now())
    settings.PAYMENT_GATEWAY = ""
    answer = call(token, "POST", "/requests", wanted(record, 1), Idempotency_Key="k")
    problem(answer, 409, "no_gateway")
    assert not PurchaseRequest.objects.exists()
