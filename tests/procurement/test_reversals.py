"""What is taken back after its month was closed: that month stays; the reversal counts when it happens."""

import datetime as dt
import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.core.management import call_command

from marketplace.core.periods import Window
from marketplace.order.models import Order
from marketplace.procurement.models import Cancellation, Payment
from marketplace.procurement.services import fulfilment, payments
from marketplace.procurement.services.fulfilment import Judgement
from marketplace.sales_journal import closing, queries
from marketplace.sales_journal.queries import Totals
from tests.factories import trade, users

pytestmark = pytest.mark.django_db

MARCH_20 = dt.datetime.fromisoformat("2020-03-20T10:00:00+08:00")
APRIL_2 = dt.datetime.fromisoformat("2020-04-02T10:00:00+08:00")
APRIL_10 = dt.datetime.fromisoformat("2020-04-10T10:00:00+08:00")
MARCH, APRIL = (Window.month(moment.date()) for moment in (MARCH_20, APRIL_10))


@dataclass
class Deal:
    """300 units at 3.50 and 30.00 freight, contracted in March, and as far along in March as a test wants."""

    school: trade.Unit
    farm: trade.Seller
    order: Order

    @property
    def line_id(self) -> int:
        return self.order.lines.get().pk

    def confirm(self, now: dt.datetime, **less: object) -> None:
        fulfilment.confirm_order(order_id=self.order.pk, actor=self.farm.cadre, now=now, **less)

    def ship(self, now: dt.datetime) -> None:
        who = {"order_id": self.order.pk, "actor": self.farm.cadre, "now": now}
        fulfilment.ship_order(**who, carrier="邮政", tracking_number="1")

    def receive(self, now: dt.datetime, judgement: Judgement | None = None) -> None:
        judgements = None if judgement is None else {self.line_id: judgement}
        who = {"order_id": self.order.pk, "actor": self.school.receiver, "now": now}
        fulfilment.receive_order(**who, judgements=judgements)

    def give_back(self, now: dt.datetime) -> None:
        who = {"order_id": self.order.pk, "actor": self.school.receiver, "now": now}
        fulfilment.return_goods(**who, quantities={self.line_id: 20}, reason="霉变")

    def settle(self, now: dt.datetime, direction: Payment.Direction, amount_fen: int) -> None:
        """Recorded by one side and confirmed by the other."""
        sides = [self.school.finance, self.farm.cadre]
        payer, payee = sides if direction == Payment.Direction.PAYMENT else reversed(sides)
        money = payments.record_payment(
            order_id=self.order.pk,
            actor=payer,
            direction=direction,
            amount_fen=amount_fen,
            paid_on=now.date(),
            bank_reference=f"{direction} 1",
            now=now,
        )
        payments.confirm_payment(payment_id=money.pk, actor=payee, now=now)


@pytest.fixture
def deal() -> Deal:
    trade.land()
    school, farm = trade.unit(), trade.seller(flat_freight="30.00")
    return Deal(school, farm, trade.ordered(school, {trade.goods(farm, MARCH_20).pk: 300}, MARCH_20))


def close_march() -> None:
    """By two persons, in April."""
    month = MARCH.start
    closing.propose_closing(month=month, actor=users.make_user("first"), now=APRIL_2)
    closing.close_month(month=month, actor=users.make_user("second"), now=APRIL_2)


def figures(window: Window) -> Totals:
    """The county's contracted, accepted and paid fen."""
    return queries.totals(region_codes=["445203"], window=window)


def short(deal: Deal) -> None:
    deal.confirm(APRIL_10, quantities={deal.line_id: 250}, reason="雨后减产")


def refused(deal: Deal) -> None:
    fulfilment.refuse_order(order_id=deal.order.pk, actor=deal.farm.cadre, reason="没有货", now=APRIL_10)


def cancelled(deal: Deal) -> None:
    fulfilment.cancel_order(
        order_id=deal.order.pk,
        actor=deal.school.requester,
        kind=Cancellation.Kind.BUYER,
        quantities={deal.line_id: 100},
        reason="停课",
        now=APRIL_10,
    )


def not_accepted(deal: Deal) -> None:
    deal.receive(APRIL_10, Judgement(accepted=290, rejected=10, reason="压坏"))


def returned(deal: Deal) -> None:
    deal.give_back(APRIL_10)


def repaid(deal: Deal) -> None:
    deal.give_back(APRIL_10)
    deal.settle(APRIL_10, Payment.Direction.REPAYMENT, 7_000)


def as_ordered(deal: Deal) -> None:
    """Nothing but the contract."""


def shipped(deal: Deal) -> None:
    deal.confirm(MARCH_20)
    deal.ship(MARCH_20)


def accepted(deal: Deal) -> None:
    shipped(deal)
    deal.receive(MARCH_20)


def paid(deal: Deal) -> None:
    accepted(deal)
    deal.settle(MARCH_20, Payment.Direction.PAYMENT, 108_000)


@pytest.mark.parametrize(
    ("in_march", "in_april", "march", "april"),
    [
        (as_ordered, short, Totals(105_000, 0, 0), Totals(-17_500, 0, 0)),
        (as_ordered, refused, Totals(105_000, 0, 0), Totals(-105_000, 0, 0)),
        (as_ordered, cancelled, Totals(105_000, 0, 0), Totals(-35_000, 0, 0)),
        (shipped, not_accepted, Totals(105_000, 0, 0), Totals(-3_500, 101_500, 0)),
        (accepted, returned, Totals(105_000, 105_000, 0), Totals(0, -7_000, 0)),
        (paid, returned, Totals(105_000, 105_000, 105_000), Totals(0, -7_000, 0)),
        (paid, repaid, Totals(105_000, 105_000, 105_000), Totals(0, -7_000, -7_000)),
    ],
    ids=lambda value: value.__name__ if callable(value) else "",
)
def test_a_closed_month_stays_and_what_is_taken_back_counts_when_it_is(
    deal: Deal,
    in_march: Callable[[Deal], None],
    in_april: Callable[[Deal], None],
    march: Totals,
    april: Totals,
) -> None:
    in_march(deal)
    close_march()
    in_april(deal)
    assert (figures(MARCH), figures(APRIL)) == (march, april)
    both = Window(MARCH.start, APRIL.end)
    assert figures(both) == march + april
    call_command("verify_sales", stdout=io.StringIO())
