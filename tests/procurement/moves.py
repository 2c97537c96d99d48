"""An order in each of its states, and each move, of all that can be moved, as its form sends it."""

from collections.abc import Callable, Mapping
from functools import partial

from marketplace.order.status import Fulfilment
from marketplace.procurement.services.orders import Move, moved_so_far
from tests.factories.deals import Deal

SHIPPED_FIRST, RECEIVED_FIRST = 200, 100


def in_state(deal: Deal, status: Fulfilment) -> Deal:
    """The new deal brought so far: partly accepted, some units are open, some under way and some accepted."""
    for step in WAYS[status]:
        step(deal)
    return deal


def _ship_some(deal: Deal) -> None:
    deal.ship(SHIPPED_FIRST)


def _receive_some(deal: Deal) -> None:
    deal.accept(RECEIVED_FIRST)


def _return_all(deal: Deal, **seen: int) -> None:
    # One unit where nothing was accepted: the state refuses it before the quantity is looked at.
    deal.give_back(max(deal.line.quantity_accepted, 1), **seen)


MOVES: Mapping[Move, Callable[..., object]] = {
    Move.CONFIRM: Deal.confirm,
    Move.REFUSE: Deal.refuse,
    Move.CANCEL: Deal.cancel,
    Move.SHIP: Deal.ship,
    Move.RECEIVE: Deal.receive,
    Move.RETURN: _return_all,
}
# Their forms say how the order stood when they were opened.
SEEING = {Move.CANCEL, Move.SHIP, Move.RECEIVE, Move.RETURN}
WAYS: Mapping[Fulfilment, list[Callable[[Deal], object]]] = {
    Fulfilment.CONTRACTED: [],
    Fulfilment.CONFIRMED: [Deal.confirm],
    Fulfilment.PART_SHIPPED: [Deal.confirm, _ship_some],
    Fulfilment.SHIPPED: [Deal.confirm, Deal.ship],
    Fulfilment.PART_ACCEPTED: [Deal.confirm, _ship_some, _receive_some],
    Fulfilment.ACCEPTED: [Deal.confirm, Deal.ship, Deal.receive],
    Fulfilment.RETURNED: [Deal.confirm, Deal.ship, Deal.receive, _return_all],
    Fulfilment.CANCELLED: [Deal.cancel],
}


def sent(deal: Deal, move: Move) -> Callable[[], object]:
    """The move as the form that is opened now will send it."""
    seen = {"seen": moved_so_far([deal.line])} if move in SEEING else {}
    return partial(MOVES[move], deal, **seen)
