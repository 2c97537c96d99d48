"""Payments recorded and confirmed at once: each race is first shown to be one, then not to happen."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from threading import Barrier

import pytest
from django.db.models import Sum

from marketplace.order.models import Line, Order
from marketplace.procurement.models import Payment
from marketplace.procurement.services import payments
from marketplace.procurement.services.orders import LockedOrder
from marketplace.sales_journal.models import JournalEntry
from tests.factories import trade
from tests.threads import PATIENCE_SECONDS, run_together

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")
WHOLE, HALF = 108_000, 54_000

pytestmark = pytest.mark.usefixtures("race_database")


class Deal:
    """An order for 1,050.00 of goods and 30.00 of freight."""

    def __init__(self) -> None:
        trade.land()
        self.school, self.farm = trade.unit(), trade.seller(flat_freight="30.00")
        self.order = trade.ordered(self.school, {trade.goods(self.farm, NOW).pk: 300}, NOW)

    def record(self, amount_fen: int, reference: str) -> Payment:
        return payments.record_payment(
            order_id=self.order.pk,
            actor=self.school.finance,
            direction=Payment.Direction.PAYMENT,
            amount_fen=amount_fen,
            paid_on=date(2020, 3, 15),
            bank_reference=reference,
            now=NOW,
        )

    def confirm(self, payment: Payment) -> Payment:
        return payments.confirm_payment(payment_id=payment.pk, actor=self.farm.cadre, now=NOW)


@pytest.fixture
def deal() -> Deal:
    return Deal()


def outcome(action: Callable[[], object]) -> object:
    """What the action gave, or the class of the refusal."""
    try:
        return action()
    except (payments.WrongAmount, payments.AlreadyRecorded, payments.AlreadyConfirmed) as refusal:
        return type(refusal)


def without_locks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The order and its lines are read as they are, and both have read them before either writes."""
    both_have_read = Barrier(2)

    def read(order_id: int) -> LockedOrder:
        order = Order.objects.select_related("purchase__institution", "supplier").get(pk=order_id)
        lines = {line.pk: line for line in Line.objects.filter(order=order)}
        both_have_read.wait(PATIENCE_SECONDS)
        return LockedOrder(order, lines)

    monkeypatch.setattr(payments, "lock_order", read)


def record_twice(deal: Deal) -> list[object]:
    """What becomes of two clerks who record the whole amount at once, each from another bank receipt."""
    return run_together([partial(outcome, partial(deal.record, WHOLE, name)) for name in ("B1", "B2")])


def test_two_who_read_what_is_due_before_either_writes_record_it_twice(
    deal: Deal, monkeypatch: pytest.MonkeyPatch
) -> None:
    both_have_added = Barrier(2)
    waiting = payments.unconfirmed_fen

    def added(order: Order, direction: Payment.Direction) -> int:
        found = waiting(order, direction)
        both_have_added.wait(PATIENCE_SECONDS)
        return found

    without_locks(monkeypatch)
    monkeypatch.setattr(payments, "unconfirmed_fen", added)
    record_twice(deal)
    assert Payment.objects.aggregate(fen=Sum("amount_fen")) == {"fen": 2 * WHOLE}


def test_of_two_payments_recorded_at_once_the_second_is_more_than_is_due(deal: Deal) -> None:
    answers = record_twice(deal)
    assert answers.count(payments.WrongAmount) == 1
    assert Payment.objects.aggregate(fen=Sum("amount_fen")) == {"fen": WHOLE}


def halves_of(deal: Deal) -> list[Payment]:
    """The whole amount in two payments, recorded and not confirmed."""
    return [deal.record(HALF, name) for name in ("B1", "B2")]


def confirm_at_once(deal: Deal, halves: list[Payment]) -> tuple[int, int, int]:
    """Paid on the line, of the freight, and in the journal, in fen, after both were confirmed."""
    run_together([partial(deal.confirm, half) for half in halves])
    deal.order.refresh_from_db()
    journal = JournalEntry.objects.filter(basis="paid").aggregate(fen=Sum("amount_fen"))["fen"]
    return deal.order.lines.get().paid_fen, deal.order.freight_paid_fen, journal


def test_two_who_read_what_is_paid_before_either_writes_lose_a_payment(
    deal: Deal, monkeypatch: pytest.MonkeyPatch
) -> None:
    halves = halves_of(deal)
    without_locks(monkeypatch)
    on_line, on_freight, journal = confirm_at_once(deal, halves)
    assert (on_line, on_freight) == (HALF, 0)
    assert journal == 2 * HALF


def test_two_payments_confirmed_at_once_both_count(deal: Deal) -> None:
    assert confirm_at_once(deal, halves_of(deal)) == (105_000, 3_000, 105_000)
    assert deal.order.payment_status == "paid"


def test_of_six_confirmations_of_a_payment_one_counts(deal: Deal) -> None:
    payment = deal.record(WHOLE, "B1")
    answers = run_together([partial(outcome, partial(deal.confirm, payment))] * 6)
    assert answers.count(payments.AlreadyConfirmed) == 5
    assert deal.order.lines.get().paid_fen == 105_000
    assert JournalEntry.objects.filter(basis="paid").count() == 1
