"""manage.py verify_stock compares the stock with movements, reservations, orders and waiting requests."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from catalog.partner import services as stock
from catalog.partner.models import Reservation, StockRecord
from marketplace.county_figures import stock_checks
from marketplace.order.models import Line, Order
from marketplace.procurement.models import Cancellation, PurchaseRequest, RequestLine
from marketplace.procurement.services import fulfilment, requests
from tests.factories import trade

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")

pytestmark = pytest.mark.django_db


@dataclass
class Market:
    """An order of 300 units of which 200 are shipped and 20 cancelled; a request that waits for 40 more."""

    unit: trade.Unit
    record: StockRecord
    order: Order
    request: PurchaseRequest

    @property
    def order_name(self) -> str:
        """How the command names the order's hold on the stock."""
        return f"order {self.order.number} stock record {self.record.pk}"

    @property
    def request_name(self) -> str:
        """How the command names the request's hold on the stock."""
        return f"request {self.request.pk} stock record {self.record.pk}"


@pytest.fixture(scope="module")
def market_of_module(transaction_of_module: None) -> Market:
    trade.land()
    unit, seller = trade.unit(), trade.seller()
    record = trade.goods(seller, NOW)
    order = trade.ordered(unit, {record.pk: 300}, NOW)
    line = order.lines.get()
    who = {"order_id": order.pk, "actor": seller.cadre, "now": NOW}
    fulfilment.confirm_order(**who)
    fulfilment.ship_order(**who, carrier="邮政", tracking_number="1", quantities={line.pk: 200})
    fulfilment.cancel_order(
        **who, kind=Cancellation.Kind.SUPPLIER, reason="采不出货", quantities={line.pk: 20}
    )
    return Market(unit, record, order, trade.submitted(unit, {record.pk: 40}, NOW, "k2"))


@pytest.fixture
def market(market_of_module: Market) -> Market:
    """The market, as the services leave it."""
    return deepcopy(market_of_module)


def named(now: datetime = NOW) -> list[str]:
    """What the checks say at this moment."""
    return [str(difference) for difference in stock_checks.differences(now)]


def test_the_command_says_so_when_nothing_differs(market: Market, capsys: pytest.CaptureFixture[str]) -> None:
    assert sorted(Reservation.objects.values_list("source_key", "quantity")) == [
        (market.order.stock_key, 80),
        (market.request.source_key, 40),
    ]
    call_command("verify_stock")
    assert capsys.readouterr().out == "1 stock records, no difference.\n"


def test_the_command_names_what_differs_and_fails(market: Market, capsys: pytest.CaptureFixture[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE partner_stockrecord SET num_in_stock = num_in_stock + 1")
    with pytest.raises(CommandError, match="1 differences") as failed:
        call_command("verify_stock")
    assert failed.value.returncode == 1
    assert capsys.readouterr().err == (
        f"stock: stock record {market.record.pk} num_in_stock against movements: expected 800, found 801\n"
    )


def ship_more_than_the_stock_knows(market: Market) -> list[str]:
    Line.objects.filter(order=market.order).update(quantity_shipped=201)
    return [f"held: {market.order_name}: expected 79, found 80"]


def forget_a_cancellation(market: Market) -> list[str]:
    Line.objects.filter(order=market.order).update(quantity_cancelled=0)
    return [f"held: {market.order_name}: expected 100, found 80"]


def finish_an_order_that_still_holds(market: Market) -> list[str]:
    Line.objects.filter(order=market.order).update(quantity_shipped=280)
    return [f"held: {market.order_name}: expected 0, found 80"]


def lose_what_an_order_holds(market: Market) -> list[str]:
    stock.release(source_key=market.order.stock_key, now=NOW)
    return [f"held: {market.order_name}: expected 80, found 0"]


def ask_for_more_than_is_held(market: Market) -> list[str]:
    RequestLine.objects.filter(request=market.request).update(quantity=41)
    return [f"held: {market.request_name}: expected 41, found 40"]


def lose_what_a_request_holds(market: Market) -> list[str]:
    stock.release(source_key=market.request.source_key, now=NOW)
    return [f"held: {market.request_name}: expected 40, found 0"]


def end_a_request_that_still_holds(market: Market) -> list[str]:
    PurchaseRequest.objects.filter(pk=market.request.pk).update(status="withdrawn", decided_at=NOW)
    return [f"held: {market.request_name}: expected 0, found 40"]


def let_an_order_run_out(market: Market) -> list[str]:
    Reservation.objects.filter(source_key=market.order.stock_key).update(expires_at=market.request.expires_at)
    return [f"held until: {market.order_name}: expected for good, found 2020-03-18T02:00:00+00:00"]


def hold_for_a_request_for_good(market: Market) -> list[str]:
    Reservation.objects.filter(source_key=market.request.source_key).update(expires_at=None)
    return [f"held until: {market.request_name}: expected 2020-03-18T02:00:00+00:00, found for good"]


def hold_for_nobody(market: Market) -> list[str]:
    for source_key in ("order:999999", "order:x", "a phone call"):
        stock.reserve(source_key=source_key, lines={market.record.pk: 3}, expires_at=None, now=NOW)
    return [
        f"unknown source: {source_key} stock record {market.record.pk}: expected 0, found 3"
        for source_key in ("a phone call", "order:999999", "order:x")
    ]


@pytest.mark.parametrize(
    "injure",
    [
        ship_more_than_the_stock_knows,
        forget_a_cancellation,
        finish_an_order_that_still_holds,
        lose_what_an_order_holds,
        ask_for_more_than_is_held,
        lose_what_a_request_holds,
        end_a_request_that_still_holds,
        let_an_order_run_out,
        hold_for_a_request_for_good,
        hold_for_nobody,
    ],
)
def test_an_injected_difference_is_named(injure: Callable[[Market], list[str]], market: Market) -> None:
    expected = injure(market)
    assert named() == expected


def test_a_request_that_has_run_out_may_have_lost_its_stock_already(market: Market) -> None:
    """Another buyer's reservation takes it on the way, a minute before the request is ended."""
    stock.release(source_key=market.request.source_key, now=NOW)
    end = market.request.expires_at
    assert named(end - timedelta(seconds=1)) == [f"held: {market.request_name}: expected 40, found 0"]
    assert named(end) == []
    requests.expire_request(request_id=market.request.pk, now=end)
    assert named(end) == []


def test_verifying_costs_the_same_for_one_and_for_twenty_lines(
    market: Market, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    seller = trade.seller("另一家合作社")
    for count in (1, 20):
        records = [trade.goods(seller, NOW, title=f"{count}-{number}").pk for number in range(count)]
        trade.ordered(market.unit, dict.fromkeys(records, 200), NOW, f"ordered-{count}")
        trade.submitted(market.unit, dict.fromkeys(records, 200), NOW, f"asked-{count}")
        with django_assert_num_queries(4):
            assert named() == []
