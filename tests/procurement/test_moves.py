"""Every state of an order and every move: what is allowed is done, what is not is refused and explained."""

import pytest
from django.utils import translation

from marketplace.order.status import Fulfilment
from marketplace.procurement.services.orders import ALLOWED, IllegalMove, Move
from tests.factories.deals import Deal
from tests.procurement.moves import MOVES, in_state

pytestmark = pytest.mark.django_db

PAIRS = [(status, move) for status in Fulfilment for move in Move]
LEGAL = [(status, move) for status, move in PAIRS if move in ALLOWED[status]]
ILLEGAL = [(status, move) for status, move in PAIRS if move not in ALLOWED[status]]
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


@pytest.fixture
def deal() -> Deal:
    return Deal()


@pytest.mark.parametrize(("status", "move"), LEGAL)
def test_what_the_state_allows_is_done(deal: Deal, status: Fulfilment, move: Move) -> None:
    in_state(deal, status)
    before = deal.state, deal.quantities
    assert deal.state[0] == status
    MOVES[move](deal)
    assert (deal.state, deal.quantities) != before


@pytest.mark.parametrize(("status", "move"), ILLEGAL)
def test_what_it_does_not_allow_is_refused_with_the_state_and_what_is_possible(
    deal: Deal, status: Fulfilment, move: Move
) -> None:
    in_state(deal, status)
    before = deal.quantities, deal.state, deal.stock
    for language, explained in zip(("en", "zh-hans"), EXPLAINED[status], strict=True):
        with translation.override(language), pytest.raises(IllegalMove) as refused:
            MOVES[move](deal)
        assert (refused.value.status, refused.value.allowed) == (status, ALLOWED[status])
        assert str(refused.value) == explained
    assert (deal.quantities, deal.state, deal.stock) == before
