"""Simultaneous submissions and decisions: first that there is a race, then that one wins and nobody loses."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection, transaction

from catalog.partner import services as stock
from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.basket import services as baskets
from marketplace.basket.models import Basket
from marketplace.basket.queries import open_basket
from marketplace.institutions.models import Institution
from marketplace.order.models import Order, Purchase
from marketplace.procurement import permissions
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.querysets import PurchaseRequestQuerySet
from marketplace.procurement.services import direct, fulfilment, placing, requests
from marketplace.procurement.services.orders import IllegalMove, WrongQuantities
from marketplace.sales_journal.models import JournalEntry
from tests.factories import trade
from tests.soak.one_key import send_keys
from tests.threads import PATIENCE_SECONDS, run_together, wait_until_waiting

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")

pytestmark = pytest.mark.usefixtures("race_database")


def outcome(action: Callable[[], object]) -> object:
    """What the action gave, or the class of what stopped it."""
    try:
        return action()
    except REFUSALS + BREAKDOWNS as stopped:
        return type(stopped)


REFUSALS = (
    requests.NotPending,
    requests.EmptyBasket,
    requests.PricesChanged,
    stock.NotSellable,
    IllegalMove,
    WrongQuantities,
)
# What only the database notices: the person sees that something failed.
BREAKDOWNS = (IntegrityError, OperationalError)


def market() -> tuple[trade.Unit, trade.Seller, StockRecord]:
    trade.land()
    school, farm = trade.unit(), trade.seller()
    return school, farm, trade.goods(farm, NOW)


def submit_from_two_windows() -> tuple[list[object], StockRecord]:
    """What becomes of one basket of 300 units that two windows submit at once, each with a key of its own."""
    school, _farm, record = market()
    who = {"user": school.requester, "institution": school.institution}
    baskets.set_quantities(**who, quantities={record.pk: 300}, now=NOW)
    submit = partial(requests.submit_request, **who, delivery=trade.delivery(), now=NOW)
    answers = run_together([partial(outcome, partial(submit, key=key)) for key in ("left", "right")])
    record.refresh_from_db()
    return answers, record


def test_a_basket_that_is_only_looked_at_is_submitted_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    both_have_looked = Barrier(2)

    def look(user: User, institution: Institution) -> Basket | None:
        basket = open_basket(user, institution)
        both_have_looked.wait(PATIENCE_SECONDS)
        return basket

    monkeypatch.setattr(requests, "lock_basket", look)
    _answers, record = submit_from_two_windows()
    assert (PurchaseRequest.objects.count(), record.num_allocated) == (2, 600)


def test_of_two_submissions_of_a_basket_the_second_finds_it_empty() -> None:
    answers, record = submit_from_two_windows()
    assert answers.count(requests.EmptyBasket) == 1
    assert (PurchaseRequest.objects.count(), record.num_allocated) == (1, 300)


def submit_while_the_price_changes(seen_fen: int | None) -> tuple[object, StockRecord]:
    """What becomes of 300 units, shown at 3.50 CNY, that cost 3.60 CNY when the basket comes free."""
    school, farm, record = market()
    who = {"user": school.requester, "institution": school.institution}
    baskets.set_quantities(**who, quantities={record.pk: 300}, now=NOW)
    submit = partial(requests.submit_request, **who, key="k", delivery=trade.delivery(), now=NOW)
    has_basket = Event()

    def change_price() -> None:
        with transaction.atomic():
            requests.lock_basket(**who)
            has_basket.set()
            wait_until_waiting(1)
            tiers = [stock.Tier(200, Decimal("3.60"))]
            stock.set_price(
                stock_record=record, price=Decimal("4.00"), tiers=tiers, now=NOW, actor=farm.cadre
            )

    def submit_meanwhile() -> object:
        assert has_basket.wait(PATIENCE_SECONDS)
        return outcome(partial(submit, seen_fen=seen_fen))

    _changed, answer = run_together([change_price, submit_meanwhile])
    record.refresh_from_db()
    return answer, record


def test_who_does_not_say_what_was_shown_buys_at_a_price_that_was_never_shown() -> None:
    answer, record = submit_while_the_price_changes(seen_fen=None)
    assert isinstance(answer, PurchaseRequest)
    assert (answer.total_fen, record.num_allocated) == (108_000, 300)


def test_a_price_that_changes_while_the_basket_is_waited_for_is_told() -> None:
    answer, record = submit_while_the_price_changes(seen_fen=105_000)
    assert answer is requests.PricesChanged
    assert (PurchaseRequest.objects.count(), record.num_allocated) == (0, 0)


def submit_basket(who: dict[str, Any], _record: StockRecord) -> PurchaseRequest:
    return requests.submit_request(**who, key="k", delivery=trade.delivery(), now=NOW)


def submit_lines(who: dict[str, Any], record: StockRecord) -> PurchaseRequest:
    lines = {record.pk: direct.Wanted(300)}
    return direct.submit_lines(**who, key="k", lines=lines, delivery=trade.delivery(), now=NOW)


def price_if_it_changes_between_the_reads(
    submit: Callable[..., PurchaseRequest], wait_for_the_change: Callable[[Event], object]
) -> int:
    """What 300 units cost, fen: 4.00 CNY each and 3.50 from 200 on, or after the change 3.00 however many."""
    school, farm, record = market()
    who = {"user": school.requester, "institution": school.institution}
    baskets.set_quantities(**who, quantities={record.pk: 300}, now=NOW)
    has_read_prices, has_changed = Event(), Event()

    def change_price() -> None:
        assert has_read_prices.wait(PATIENCE_SECONDS)
        stock.set_price(stock_record=record, price=Decimal("3.00"), now=NOW, actor=farm.cadre)
        has_changed.set()

    def wait_before_bulk_prices(execute: Callable[..., Any], sql: str, *statement: Any) -> Any:
        if 'FROM "partner_pricetier"' in sql:
            has_read_prices.set()
            wait_for_the_change(has_changed)
        return execute(sql, *statement)

    def ask() -> PurchaseRequest:
        with connection.execute_wrapper(wait_before_bulk_prices):
            return submit(who, record)

    _changed, request = run_together([change_price, ask])
    return request.goods_fen


@pytest.mark.parametrize("submit", [submit_basket, submit_lines])
def test_without_locks_a_price_and_its_bulk_prices_are_of_two_moments(
    monkeypatch: pytest.MonkeyPatch, submit: Callable[..., PurchaseRequest]
) -> None:
    monkeypatch.setattr(stock, "lock_stock", lambda _ids: None)
    found = price_if_it_changes_between_the_reads(submit, lambda changed: changed.wait(PATIENCE_SECONDS))
    assert found == 120_000


@pytest.mark.parametrize("submit", [submit_basket, submit_lines])
def test_a_price_and_its_bulk_prices_are_of_one_moment(submit: Callable[..., PurchaseRequest]) -> None:
    found = price_if_it_changes_between_the_reads(submit, lambda _changed: wait_until_waiting(1))
    assert found == 105_000


def test_of_two_institutions_that_want_the_last_units_one_is_told_what_is_left() -> None:
    school, farm, _record = market()
    hospital, scarce = trade.unit("示范市人民医院"), trade.goods(farm, NOW, title="冬笋", available=10)

    def ask(unit: trade.Unit) -> object:
        try:
            return trade.submitted(unit, {scarce.pk: 7}, NOW)
        except stock.NotSellable as refusal:
            return [(failure.stock_record_id, failure.available) for failure in refusal.failures]

    answers = run_together([partial(ask, unit) for unit in (school, hospital)])
    assert answers.count([(scarce.pk, 3)]) == 1
    scarce.refresh_from_db()
    assert (scarce.num_in_stock, scarce.num_allocated) == (10, 7)


def test_a_key_that_is_sent_and_approved_six_times_at_once_is_one_request_and_one_purchase() -> None:
    found = send_keys(6, NOW)
    assert found.is_sound, found
    assert (found.requests, JournalEntry.objects.count()) == (6, 6)


def test_without_the_requests_lock_approval_and_withdrawal_both_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both have read that it waits; constraints keep the data from harm, and the second one breaks down."""
    school, _farm, record = market()
    request = trade.submitted(school, {record.pk: 10}, NOW)
    both_have_read, is_approved = Barrier(2), Event()

    def meet(*_arguments: object) -> None:
        both_have_read.wait(PATIENCE_SECONDS)

    def meet_and_be_second(*_arguments: object) -> bool:
        both_have_read.wait(PATIENCE_SECONDS)
        return is_approved.wait(PATIENCE_SECONDS)

    def unlocked(rows: PurchaseRequestQuerySet, **_options: Any) -> PurchaseRequestQuerySet:
        return rows

    monkeypatch.setattr(PurchaseRequestQuerySet, "select_for_update", unlocked)
    monkeypatch.setattr(permissions, "require_decider", meet)
    monkeypatch.setattr(permissions, "can_withdraw", meet_and_be_second)

    def approve() -> Purchase:
        purchase = placing.approve_request(request_id=request.pk, approver=school.approver, now=NOW)
        is_approved.set()
        return purchase

    withdraw = partial(requests.withdraw_request, request_id=request.pk, actor=school.requester, now=NOW)
    purchase, withdrawn = run_together([approve, partial(outcome, withdraw)])
    assert (Purchase.objects.get(), withdrawn) == (purchase, IntegrityError)


def test_of_approval_and_withdrawal_one_wins() -> None:
    school, _farm, record = market()
    for round_number in range(5):
        request = trade.submitted(school, {record.pk: 10}, NOW, key=f"k{round_number}")
        approve = partial(placing.approve_request, request_id=request.pk, approver=school.approver, now=NOW)
        withdraw = partial(requests.withdraw_request, request_id=request.pk, actor=school.requester, now=NOW)
        answers = run_together([partial(outcome, approve), partial(outcome, withdraw)])
        assert answers.count(requests.NotPending) == 1
        request.refresh_from_db()
        assert (request.status == "approved") == (request.purchase is not None)
    sold = sum(order.lines.get().quantity for order in Order.objects.all())
    record.refresh_from_db()
    assert record.num_allocated == sold


def test_six_dispatches_never_ship_more_than_was_ordered() -> None:
    school, farm, record = market()
    order = trade.ordered(school, {record.pk: 10}, NOW)
    fulfilment.confirm_order(order_id=order.pk, actor=farm.cadre, now=NOW)
    ship = partial(
        fulfilment.ship_order,
        order_id=order.pk,
        actor=farm.cadre,
        carrier="邮政",
        tracking_number="1",
        quantities={order.lines.get().pk: 4},
        now=NOW,
    )
    answers = run_together([partial(outcome, ship)] * 6)
    assert sum(answer is WrongQuantities for answer in answers) == 4
    assert order.lines.get().quantity_shipped == 8


def test_an_approval_that_waits_for_the_stock_until_the_time_is_over_finds_the_request_expired() -> None:
    """Enough is left for everybody, but nothing is held for the request any more."""
    school, _farm, record = market()
    request = trade.submitted(school, {record.pk: 10}, NOW)
    has_freed = Event()

    def free() -> None:
        with transaction.atomic():
            assert stock.expire_reservations(now=request.expires_at) == 1
            has_freed.set()
            wait_until_waiting(1)

    def approve() -> object:
        assert has_freed.wait(PATIENCE_SECONDS)
        just_before = request.expires_at - timedelta(milliseconds=1)
        return outcome(
            partial(placing.approve_request, request_id=request.pk, approver=school.approver, now=just_before)
        )

    assert run_together([free, approve])[1] is requests.NotPending
    request.refresh_from_db()
    record.refresh_from_db()
    assert (request.status, request.decided_at, record.num_allocated) == ("expired", request.expires_at, 0)
    assert Purchase.objects.count() == 0
