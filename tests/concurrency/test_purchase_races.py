"""Simultaneous submissions and decisions: one winner each (R2 and R8, short)."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

import pytest

from catalog.partner.models import StockRecord
from marketplace.basket import services as baskets
from marketplace.order.models import Order, Purchase
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import fulfilment, placing, requests
from marketplace.procurement.services.orders import IllegalMove, WrongQuantities
from marketplace.sales_journal.models import JournalEntry
from tests.factories import trade
from tests.threads import run_together

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")

pytestmark = pytest.mark.usefixtures("race_database")


def outcome(action: Callable[[], object]) -> object:
    """What the action gave, or the class of the refusal."""
    try:
        return action()
    except (requests.NotPending, IllegalMove, WrongQuantities) as refusal:
        return type(refusal)


def market() -> tuple[trade.Unit, trade.Seller, StockRecord]:
    trade.land()
    school, farm = trade.unit(), trade.seller()
    return school, farm, trade.goods(farm, NOW)


def test_six_submissions_of_one_key_are_one_request() -> None:
    school, _farm, record = market()
    who = {"user": school.requester, "institution": school.institution}
    baskets.set_quantities(**who, quantities={record.pk: 300}, now=NOW)
    submit = partial(requests.submit_request, **who, key="k", delivery=trade.delivery(), now=NOW)
    answers = run_together([submit] * 6)
    assert len({request.pk for request in answers}) == 1
    assert PurchaseRequest.objects.count() == 1
    record.refresh_from_db()
    assert record.num_allocated == 300


def test_six_approvals_are_one_purchase() -> None:
    school, _farm, record = market()
    request = trade.submitted(school, {record.pk: 300}, NOW)
    approve = partial(placing.approve_request, request_id=request.pk, approver=school.approver, now=NOW)
    answers = run_together([approve] * 6)
    assert len({purchase.pk for purchase in answers}) == 1
    assert (Purchase.objects.count(), Order.objects.count(), JournalEntry.objects.count()) == (1, 1, 1)


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
