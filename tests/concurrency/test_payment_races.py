"""Simultaneous notifications, cancellations and expiries: money counts once, nothing is sold twice."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from threading import Barrier, Event
from typing import Any

import pytest
from django.db import IntegrityError, OperationalError, connection

from catalog.partner import services as stock
from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.basket import services as baskets
from marketplace.order.models import Line, Order, Purchase
from marketplace.procurement.gateways import Paid
from marketplace.procurement.models import OnlinePayment, PurchaseRequest
from marketplace.procurement.services import online, requests
from marketplace.sales_journal.models import JournalEntry
from tests.factories import trade
from tests.threads import PATIENCE_SECONDS, run_together, wait_until_waiting

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")
LATE = NOW + timedelta(minutes=30)
Outcome, Reason = OnlinePayment.Outcome, OnlinePayment.Reason

pytestmark = pytest.mark.usefixtures("race_database")


def market(available: int = 1000) -> tuple[User, StockRecord]:
    trade.land()
    return trade.shopper(), trade.goods(trade.seller(), NOW, available=available)


def outcome(action: Callable[[], object]) -> object:
    """What the action gave, or the class of the refusal."""
    try:
        return action()
    except (requests.NotPending, stock.NotSellable, IntegrityError, OperationalError) as refusal:
        return type(refusal)


def told(request: PurchaseRequest, transaction: str = "T1", now: datetime = NOW) -> Callable[[], object]:
    return partial(outcome, partial(trade.paid, request, now, transaction=transaction))


def sold() -> int:
    return sum(Line.objects.values_list("quantity", flat=True))


def test_six_notifications_of_one_transaction_are_one_purchase() -> None:
    shopper, record = market()
    request = trade.checked_out(shopper, {record.pk: 3}, NOW)
    answers = run_together([told(request)] * 6)
    assert {getattr(each, "outcome", each) for each in answers} == {Outcome.BOUGHT}
    assert (OnlinePayment.objects.count(), Purchase.objects.count(), Order.objects.count()) == (1, 1, 1)
    assert JournalEntry.objects.count() == 2


def test_without_the_lock_two_notifications_get_into_each_others_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    shopper, record = market()
    request = trade.checked_out(shopper, {record.pk: 3}, NOW)
    both_are_in = Barrier(2)

    def unlocked(_paid: Paid) -> PurchaseRequest:
        return PurchaseRequest.objects.select_related("requester").get(pk=request.pk)

    def objection(_request: PurchaseRequest, _paid: Paid) -> None:
        both_are_in.wait(PATIENCE_SECONDS)

    monkeypatch.setattr(online, "lock_individual", unlocked)
    monkeypatch.setattr(online, "objection", objection)
    answers = run_together([told(request)] * 2)
    assert answers.count(IntegrityError) == 1
    assert Purchase.objects.count() == 1  # the constraints stand behind the lock


def test_of_two_transactions_one_buys_and_the_other_goes_back() -> None:
    shopper, record = market()
    for number in range(5):
        request = trade.checked_out(shopper, {record.pk: 3}, NOW, f"k{number}")
        run_together([told(request, f"A{number}"), told(request, f"B{number}")])
        found = request.online_payments.order_by("outcome").values_list("outcome", "reason")
        assert list(found) == [(Outcome.BOUGHT, ""), (Outcome.TO_REFUND, Reason.TWICE)]
    record.refresh_from_db()
    assert (record.num_allocated, sold()) == (15, 15)


def test_of_payment_and_cancellation_one_wins_and_the_money_is_never_lost() -> None:
    shopper, record = market()
    for number in range(5):
        request = trade.checked_out(shopper, {record.pk: 3}, NOW, f"k{number}")
        cancel = partial(requests.withdraw_request, request_id=request.pk, actor=shopper, now=NOW)
        _, cancelled = run_together([told(request, f"T{number}"), partial(outcome, cancel)])
        request.refresh_from_db()
        payment = request.online_payments.get()
        if cancelled is requests.NotPending:
            assert (request.status, payment.outcome) == ("paid", Outcome.BOUGHT)
        else:
            assert (request.status, payment.reason) == ("withdrawn", Reason.CANCELLED)
    record.refresh_from_db()
    assert record.num_allocated == sold()


def test_payment_and_expiry_at_once_end_in_a_purchase_while_the_goods_are_there() -> None:
    shopper, record = market()
    for number in range(5):
        request = trade.checked_out(shopper, {record.pk: 3}, NOW, f"k{number}")
        expire = partial(requests.expire_requests, now=LATE)
        free = partial(stock.expire_reservations, now=LATE)
        run_together([told(request, f"T{number}", LATE), expire, free])
        request.refresh_from_db()
        assert (request.status, request.online_payments.get().outcome) == ("paid", Outcome.BOUGHT)
    record.refresh_from_db()
    assert (record.num_allocated, sold()) == (15, 15)


def test_a_late_payment_and_the_next_buyer_never_get_the_same_goods() -> None:
    shopper, record = market(available=3)
    other, to = trade.shopper("other"), trade.own_delivery()
    for number in range(5):
        baskets.set_quantities(user=other, institution=None, quantities={record.pk: 3}, now=NOW)
        request = trade.checked_out(shopper, {record.pk: 3}, NOW, f"k{number}")
        take = partial(requests.check_out, user=other, key=f"k{number}", delivery=to, now=LATE)
        _, taken = run_together([told(request, f"T{number}", LATE), partial(outcome, take)])
        payment = request.online_payments.get()
        record.refresh_from_db()
        assert record.num_allocated == 3
        if taken is stock.NotSellable:
            assert payment.outcome == Outcome.BOUGHT
            return
        assert payment.reason == Reason.SOLD_OUT
        assert isinstance(taken, PurchaseRequest)
        requests.withdraw_request(request_id=taken.pk, actor=other, now=LATE)


def pay_late_for_two_kinds(monkeypatch: pytest.MonkeyPatch, *, is_in_order: bool) -> list[object]:
    """What becomes of a late payment for two kinds, only the second of which is still held, and of a reserve.

    The other one wants both kinds, from the moment on in which the payment has locked what is held.
    """
    shopper, first = market()
    second = trade.goods(trade.seller("花菇合作社"), NOW, title="花菇")
    request = trade.checked_out(shopper, {first.pk: 3, second.pk: 3}, NOW)
    stock.reserve(source_key="other:1", lines={first.pk: 1}, expires_at=None, now=LATE)
    if not is_in_order:
        monkeypatch.setattr(stock, "lock_stock", lambda _ids: None)
    has_locked = Event()

    def wait_before_release(execute: Callable[..., Any], sql: str, *statement: Any) -> Any:
        if sql.startswith("DELETE FROM partner_reservation"):
            has_locked.set()
            wait_until_waiting(1)
        return execute(sql, *statement)

    def pay() -> object:
        with connection.execute_wrapper(wait_before_release):
            return told(request, now=LATE)()

    def reserve() -> object:
        assert has_locked.wait(PATIENCE_SECONDS)
        lines = {first.pk: 1, second.pk: 1}
        return stock.reserve(source_key="other:2", lines=lines, expires_at=None, now=LATE)

    return run_together([pay, partial(outcome, reserve)])


def test_a_late_payment_that_locks_in_two_rounds_and_another_buyer_wait_for_each_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers = pay_late_for_two_kinds(monkeypatch, is_in_order=False)
    assert answers.count(OperationalError) == 1


def test_a_late_payment_locks_all_its_stock_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    payment, reserved = pay_late_for_two_kinds(monkeypatch, is_in_order=True)
    assert isinstance(payment, OnlinePayment)
    assert (payment.outcome, reserved) == (Outcome.BOUGHT, None)
    allocated = StockRecord.objects.order_by("pk").values_list("num_allocated", flat=True)
    assert list(allocated) == [5, 4]
