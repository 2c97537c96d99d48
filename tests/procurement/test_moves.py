"""Every state of an order or a request, every move: what is allowed is done, the rest is refused by name."""

from collections.abc import Callable
from copy import deepcopy

import pytest
from django.utils import translation

from marketplace.order.status import Fulfilment
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import placing, requests
from marketplace.procurement.services.orders import ALLOWED, IllegalMove, Move
from tests.factories import trade
from tests.factories.deals import NOW, Deal
from tests.fingerprints import fingerprint
from tests.procurement.moves import MOVES, in_state

pytestmark = pytest.mark.django_db

EXPLAINED = {
    Fulfilment.CONTRACTED: (
        "The order is: waiting for the supplier. Possible now: take the order, refuse it, cancel.",
        "订单现在的状态是“待供应商确认”，只能：接单、拒单、取消。",
    ),
    Fulfilment.CONFIRMED: (
        "The order is: confirmed, to be shipped. Possible now: ship, cancel.",
        "订单现在的状态是“已接单，待发货”，只能：发货、取消。",
    ),
    Fulfilment.PART_SHIPPED: (
        "The order is: partly shipped. Possible now: ship, accept, cancel.",
        "订单现在的状态是“部分发货”，只能：发货、验收、取消。",
    ),
    Fulfilment.SHIPPED: (
        "The order is: shipped. Possible now: accept.",
        "订单现在的状态是“已发货”，只能：验收。",
    ),
    Fulfilment.PART_ACCEPTED: (
        "The order is: partly accepted. Possible now: ship, accept, cancel, return goods.",
        "订单现在的状态是“部分验收”，只能：发货、验收、取消、退货。",
    ),
    Fulfilment.ACCEPTED: (
        "The order is: accepted. Possible now: return goods.",
        "订单现在的状态是“已验收”，只能：退货。",
    ),
    Fulfilment.RETURNED: (
        "The order is: returned. Nothing more can be done with it.",
        "订单现在的状态是“已退货”，不能再做任何操作。",
    ),
    Fulfilment.CANCELLED: (
        "The order is: cancelled. Nothing more can be done with it.",
        "订单现在的状态是“已取消”，不能再做任何操作。",
    ),
}


@pytest.fixture(scope="module")
def deal_of_module(transaction_of_module: None) -> Deal:
    return Deal(available=10_000)


@pytest.fixture
def deal(deal_of_module: Deal) -> Deal:
    return deepcopy(deal_of_module)


@pytest.mark.parametrize("status", Fulfilment)
def test_what_the_state_allows_is_done(deal: Deal, status: Fulfilment) -> None:
    for move in ALLOWED[status]:
        moved = in_state(Deal(beside=deal), status)
        before = moved.state, moved.quantities
        assert moved.state[0] == status
        MOVES[move](moved)
        assert (moved.state, moved.quantities) != before


@pytest.mark.parametrize("status", Fulfilment)
def test_what_it_does_not_allow_is_refused_with_the_state_and_what_is_possible(
    deal: Deal, status: Fulfilment
) -> None:
    in_state(deal, status)
    before = deal.quantities, deal.state, deal.stock
    for move in set(Move) - set(ALLOWED[status]):
        for language, explained in zip(("en", "zh-hans"), EXPLAINED[status], strict=True):
            with translation.override(language), pytest.raises(IllegalMove) as refused:
                MOVES[move](deal)
            assert (refused.value.status, refused.value.allowed) == (status, ALLOWED[status])
            assert str(refused.value) == explained
    assert (deal.quantities, deal.state, deal.stock) == before


def approve(request: PurchaseRequest, school: trade.Unit) -> None:
    placing.approve_request(request_id=request.pk, approver=school.approver, now=NOW)


def reject(request: PurchaseRequest, school: trade.Unit) -> None:
    requests.reject_request(request_id=request.pk, approver=school.approver, reason="太贵", now=NOW)


def withdraw(request: PurchaseRequest, school: trade.Unit) -> None:
    requests.withdraw_request(request_id=request.pk, actor=school.requester, now=NOW)


def expire(request: PurchaseRequest, _school: trade.Unit) -> None:
    requests.expire_requests(now=request.expires_at)


@pytest.mark.parametrize(
    ("end", "english", "chinese"),
    [(approve, "approved", "已同意"), (reject, "rejected", "已驳回"), (withdraw, "withdrawn", "已撤回"),
     (expire, "expired", "已到期")],
)  # fmt: skip
def test_a_request_that_has_ended_is_never_decided_again(
    end: Callable[[PurchaseRequest, trade.Unit], None], english: str, chinese: str
) -> None:
    trade.land()
    school, record = trade.unit(), trade.goods(trade.seller(), NOW)
    request = trade.submitted(school, {record.pk: 3}, NOW)
    end(request, school)
    before = fingerprint()
    for again in {approve, reject, withdraw} - ({approve} if end is approve else set()):
        with translation.override("en"), pytest.raises(requests.NotPending) as refused:
            again(request, school)
        assert str(refused.value) == f"This request can no longer be changed: {english}."
        with translation.override("zh-hans"), pytest.raises(requests.NotPending) as refused:
            again(request, school)
        assert str(refused.value) == f"这份申请不能再改动：{chinese}。"
    assert fingerprint() == before
