"""Two people move one order at once: as if one had come after the other, and what both cannot do one does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import combinations_with_replacement
from threading import Barrier

import pytest
from pytest_django.plugin import DjangoDbBlocker

from marketplace.core.audit.models import AuditEntry
from marketplace.order.models import Line, Order
from marketplace.order.status import Fulfilment
from marketplace.procurement.services import fulfilment
from marketplace.procurement.services.orders import ALLOWED, IllegalMove, LockedOrder, Move
from marketplace.sales_journal.models import JournalEntry
from tests.factories.deals import NOW, Deal
from tests.procurement.moves import in_state, sent
from tests.soak.invariants import violations
from tests.threads import PATIENCE_SECONDS, run_together

PAIRS = [
    (status, *moves) for status in Fulfilment for moves in combinations_with_replacement(ALLOWED[status], 2)
]
Outcome = tuple[str, str, dict[str, int], tuple[str, str]]


@pytest.fixture(scope="module")
def first(race_database_of_module: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Deal]:
    """A deal beside which each test makes its own; in the end figures and stock add up."""
    with django_db_blocker.unblock():
        yield Deal(available=100_000)
        assert violations(NOW) == []


def answer(move: Callable[[], object]) -> str:
    """`done` or `refused`."""
    try:
        move()
    except IllegalMove:
        return "refused"
    return "done"


def together(deal: Deal, one: Move, other: Move) -> Outcome:
    """What both are answered whose forms were open before either was sent, and how the order stands then."""
    answers = run_together([partial(answer, sent(deal, move)) for move in (one, other)])
    return answers[0], answers[1], deal.quantities, deal.state


def in_turn(deal: Deal, one: Move, other: Move, *, other_first: bool = False) -> Outcome:
    """The same if one of them is sent after the other has been answered."""
    forms = [sent(deal, one), sent(deal, other)]
    order = [1, 0] if other_first else [0, 1]
    answers = {place: answer(forms[place]) for place in order}
    return answers[0], answers[1], deal.quantities, deal.state


def history(deal: Deal) -> list[tuple[str, str]]:
    """The order's status before and after everything that happened to it, as the audit trail has it."""
    entries = AuditEntry.objects.filter(object_type="order.order", object_id=str(deal.order.pk))
    return [(entry.before["status"], entry.after["status"]) for entry in entries.order_by("pk")]


@pytest.mark.parametrize(("status", "one", "other"), PAIRS)
def test_two_moves_at_once_are_one_after_the_other(
    status: Fulfilment, one: Move, other: Move, first: Deal
) -> None:
    raced, here, there = [in_state(Deal(beside=first), status) for _ in range(3)]
    found = together(raced, one, other)
    assert found in [in_turn(here, one, other), in_turn(there, one, other, other_first=True)]
    assert found[:2].count("done") == 1 or one != other
    steps = history(raced)
    assert [before for before, _after in steps] == ["contracted", *(after for _before, after in steps[:-1])]
    assert raced.line.quantity_shipped <= raced.line.quantity


@pytest.mark.usefixtures("race_database")
def test_without_the_lock_on_the_order_two_receivers_accept_the_same_goods_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both have read the order before either writes: the figure counts 600 units of 300."""
    deal = in_state(Deal(), Fulfilment.SHIPPED)
    both_have_read = Barrier(2)

    def read(order_id: int) -> LockedOrder:
        order = Order.objects.select_related("purchase__institution", "supplier").get(pk=order_id)
        lines = {line.pk: line for line in Line.objects.filter(order=order)}
        both_have_read.wait(PATIENCE_SECONDS)
        return LockedOrder(order, lines)

    monkeypatch.setattr(fulfilment, "lock_order", read)
    assert together(deal, Move.RECEIVE, Move.RECEIVE)[:2] == ("done", "done")
    accepted = JournalEntry.objects.filter(source_line_id=deal.line_id, basis="accepted")
    assert (deal.line.quantity_accepted, sum(entry.quantity for entry in accepted)) == (300, 600)
