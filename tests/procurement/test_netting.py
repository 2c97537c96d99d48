"""An order's money is one sum: too much on one line pays for another; what is left is due one way or back."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext

from marketplace.order.models import Line, Order
from marketplace.order.status import Payment as PaymentStatus
from marketplace.order.status import payment_of
from marketplace.procurement import queries
from marketplace.procurement.dues import due_fen, recordable_fen
from marketplace.procurement.models import Payment, PaymentAllocation
from marketplace.procurement.services import fulfilment, payments
from marketplace.procurement.services.fulfilment import Judgement
from marketplace.procurement.supplier_work import orders_to_repay
from marketplace.sales_journal.models import JournalEntry
from tests.factories import trade
from tests.factories.deals import DAY, NOW, Deal
from tests.soak.invariants import violations

Direction = Payment.Direction

pytestmark = pytest.mark.django_db


class Mixed(Deal):
    """An order of one unit each at these prices, and what is paid before anything is delivered."""

    def __init__(self, *prices: str, flat_freight: str = "0.00") -> None:
        trade.land()
        self.school, self.farm = trade.unit(), trade.seller(flat_freight=flat_freight)
        records = [
            trade.goods(self.farm, NOW, title=f"笋 {n}", price=p, tiers=()) for n, p in enumerate(prices)
        ]
        wanted = dict.fromkeys([record.pk for record in records], 1)
        self.order = trade.ordered(self.school, wanted, NOW, "mixed")
        self.line_ids = list(self.order.lines.order_by("pk").values_list("pk", flat=True))

    def deliver(self, *refused: int) -> None:
        """Everything confirmed, shipped and accepted, but for the lines of these numbers."""
        self.confirm()
        self.ship()
        judged = {pk: Judgement(1) for pk in self.line_ids}
        judged |= {self.line_ids[number]: Judgement(0, 1, "压坏") for number in refused}
        fulfilment.receive_order(
            order_id=self.order.pk, actor=self.school.receiver, judgements=judged, now=NOW
        )

    @property
    def paid(self) -> tuple[list[int], int]:
        """What stands paid on each line and on the freight, in fen."""
        lines = [line.paid_fen - line.repaid_fen for line in Line.objects.in_bulk(self.line_ids).values()]
        return lines, Order.objects.get(pk=self.order.pk).freight_paid_fen

    @property
    def journalled(self) -> list[int]:
        """The figure “paid” of each line, in fen."""
        rows = JournalEntry.objects.filter(basis="paid").values_list("source_line_id")
        sums = dict(rows.annotate(Sum("amount_fen")).order_by())
        return [sums.get(pk, 0) for pk in self.line_ids]


def dues(deal: Deal) -> tuple[int, int]:
    """What the buyer has still to pay and what must go back, in fen; every screen says the same."""
    order = Order.objects.prefetch_related("lines", "payments").get(pk=deal.order.pk)
    lines = list(order.lines.all())
    to_pay, to_repay = (due_fen(order, lines, direction) for direction in Direction)
    account = queries.statement_row(order, lines)
    assert (account.outstanding_fen, account.overpaid_fen) == (to_pay - to_repay, to_repay)
    assert [recordable_fen(order, direction) for direction in Direction] == [to_pay, to_repay]
    assert orders_to_repay(deal.farm.supplier).filter(pk=order.pk).exists() == (to_repay > 0)
    assert violations(NOW) == []
    return to_pay, to_repay


def test_what_was_paid_for_a_refused_line_pays_for_the_others() -> None:
    deal = Mixed("50.00", "50.00")
    deal.pay(5_000)
    assert (deal.paid, dues(deal)) == (([2_500, 2_500], 0), (5_000, 0))
    deal.deliver(0)
    assert (deal.state, dues(deal)) == (("accepted", "paid"), (0, 0))
    assert (deal.paid, deal.journalled) == (([0, 5_000], 0), [0, 5_000])
    for record in (deal.record_payment, deal.record_repayment):
        with pytest.raises(payments.WrongAmount) as refused:
            record(1)
        assert refused.value.due_fen == 0


def test_goods_before_the_freight_and_only_goods_are_the_figure() -> None:
    deal = Mixed("100.00", "50.00", flat_freight="10.00")
    deal.pay(6_000)
    deal.deliver(0)
    assert (deal.paid, deal.journalled) == (([0, 5_000], 1_000), [0, 5_000])
    assert (deal.state[1], dues(deal)) == ("paid", (0, 0))


def test_what_is_too_much_for_the_whole_order_goes_back() -> None:
    deal = Mixed("50.00", "50.00")
    deal.pay(9_000)
    deal.deliver(0)
    assert (deal.paid, dues(deal)) == (([4_000, 5_000], 0), (0, 4_000))
    deal.confirm_repayment(deal.record_repayment(4_000))
    assert (deal.paid, deal.journalled) == (([0, 5_000], 0), [0, 5_000])
    assert (deal.state[1], dues(deal)) == ("paid", (0, 0))


def test_too_little_for_the_whole_order_stays_due() -> None:
    deal = Mixed("50.00", "50.00", "0.03", "0.03")
    deal.pay(101, "B1")
    deal.pay(100, "B2")
    deal.deliver(0)
    assert (sum(deal.paid[0]), deal.paid[0][0], deal.state[1]) == (201, 0, "part")
    assert dues(deal) == (5_006 - 201, 0)
    deal.pay(5_006 - 201, "B3")
    assert (deal.paid, deal.journalled, dues(deal)) == (([0, 5_000, 3, 3], 0), [0, 5_000, 3, 3], (0, 0))


@pytest.mark.parametrize("take_back", ["cancel", "short", "return"])
def test_whatever_takes_goods_back_frees_their_money_for_the_rest(take_back: str) -> None:
    deal = Mixed("50.00", "50.00")
    deal.pay(6_000)
    first, second = deal.line_ids
    if take_back == "short":
        deal.confirm(quantities={second: 1}, reason="减产")
    elif take_back == "cancel":
        deal.line_id = first
        deal.confirm()
        deal.cancel(1)
    else:
        deal.deliver()
        deal.line_id = first
        deal.give_back(1)
    assert (deal.paid, deal.journalled, deal.state[1]) == (([1_000, 5_000], 0), [1_000, 5_000], "paid")
    assert dues(deal) == (0, 1_000)


def test_each_payment_stays_spread_to_the_fen() -> None:
    deal = Mixed("10.00", "20.00", "30.01", flat_freight="5.00")
    for reference, amount in {"B1": 1_001, "B2": 2_002, "B3": 777}.items():
        deal.pay(amount, reference)
    deal.deliver(2)
    spread = PaymentAllocation.objects.values_list("payment__bank_reference").annotate(Sum("amount_fen"))
    assert dict(spread.order_by()) == {"B1": 1_001, "B2": 2_002, "B3": 777}
    # 3,780 of 3,500 that are still owed: the rest stands where it was paid.
    assert (deal.paid, dues(deal)) == (([1_000, 2_000, 280], 500), (0, 280))


@pytest.mark.parametrize("lines", [2, 20])
def test_freeing_money_costs_the_same_whatever_the_lines(lines: int) -> None:
    deal = Mixed(*["2.00"] * lines)
    deal.pay(100 * lines)
    deal.confirm()
    deal.ship()
    judged = {pk: Judgement(number % 2, 1 - number % 2, "压坏") for number, pk in enumerate(deal.line_ids)}
    with CaptureQueriesContext(connection) as counted:
        fulfilment.receive_order(
            order_id=deal.order.pk, actor=deal.school.receiver, judgements=judged, now=NOW
        )
    # Of these, five free the money: lines, order, and its parts read, deleted and written.
    assert len(counted) == 24
    assert (deal.paid[0], dues(deal)) == ([0, 200] * (lines // 2), (0, 0))


def test_freight_that_must_go_back_stays_on_the_list() -> None:
    deal = Deal()
    deal.pay(108_000)
    deal.refuse()
    assert dues(deal) == (0, 108_000)
    deal.confirm_repayment(deal.record_repayment(105_000))
    assert (deal.state[1], dues(deal)) == ("paid", (0, 3_000))
    deal.confirm_repayment(deal.record_repayment(3_000, "R2"))
    assert (deal.state[1], dues(deal)) == ("refunded", (0, 0))


def test_what_is_recorded_as_sent_back_waits_for_the_buyer_and_only_the_rest_for_the_supplier() -> None:
    deal = Deal()
    deal.pay(108_000)
    deal.refuse()
    deal.record_repayment(105_000)
    assert list(orders_to_repay(deal.farm.supplier)) == [deal.order]
    deal.record_repayment(3_000, "R2")
    assert list(orders_to_repay(deal.farm.supplier)) == []


def test_freight_of_what_was_delivered_and_refused_is_kept_of_what_goes_back() -> None:
    deal = Deal()
    deal.pay(105_000)
    deal.confirm()
    deal.ship()
    deal.receive(Judgement(0, 300, "压坏"))
    assert dues(deal) == (0, 102_000)
    with pytest.raises(payments.WrongAmount) as refused:
        deal.record_repayment(102_001)
    assert refused.value.due_fen == 102_000
    deal.confirm_repayment(deal.record_repayment(102_000))
    deal.order.refresh_from_db()
    assert (deal.state[1], deal.order.freight_paid_fen, dues(deal)) == ("paid", 3_000, (0, 0))


def test_freight_of_what_was_delivered_and_refused_is_still_to_be_paid() -> None:
    deal = Deal()
    deal.confirm()
    deal.ship()
    deal.receive(Judgement(0, 300, "压坏"))
    assert (deal.state[1], dues(deal)) == ("unpaid", (3_000, 0))
    assert list(queries.orders_to_pay(deal.school.finance)) == [deal.order]
    deal.pay(3_000)
    assert (deal.state[1], dues(deal)) == ("paid", (0, 0))
    assert list(queries.orders_to_pay(deal.school.finance)) == []


def test_an_order_of_which_freight_is_due_is_not_paid_back() -> None:
    """Goods refused and their money sent back; the freight was never paid."""
    order = Order(shipping_incl_tax="30.00")
    order.shipping_incl_tax = order._meta.get_field("shipping_incl_tax").to_python("30.00")
    line = Line(quantity=1, quantity_shipped=1, quantity_rejected=1, paid_fen=5_000, repaid_fen=5_000)
    line.unit_price_incl_tax = order.shipping_incl_tax
    assert payment_of(order, [line]) == PaymentStatus.UNPAID


def test_goods_that_are_still_on_their_way_are_not_to_be_paid_yet() -> None:
    deal = Deal()
    deal.confirm()
    deal.ship()
    assert list(queries.orders_to_pay(deal.school.finance)) == []
    deal.receive(Judgement(0, 100, "压坏"))
    assert list(queries.orders_to_pay(deal.school.finance)) == []


def test_money_set_off_in_a_later_month_counts_in_that_month() -> None:
    deal = Mixed("50.00", "50.00")
    deal.pay(5_000)
    deal.confirm()
    deal.ship()
    later = datetime.fromisoformat("2020-04-02T09:00:00+08:00")
    judged = dict(zip(deal.line_ids, (Judgement(0, 1, "压坏"), Judgement(1)), strict=True))
    fulfilment.receive_order(order_id=deal.order.pk, actor=deal.school.receiver, judgements=judged, now=later)
    rows = JournalEntry.objects.filter(basis="paid").order_by("counted_on", "source_line_id")
    assert list(rows.values_list("counted_on", "amount_fen")) == [
        (DAY, 2_500),
        (DAY, 2_500),
        (later.date(), -2_500),
        (later.date(), 2_500),
    ]
