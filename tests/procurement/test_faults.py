"""The database fails at every statement of every act: it never happened, and happens once when repeated."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count

import pytest
from pytest_django.plugin import DjangoDbBlocker

from marketplace.basket import services as baskets
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import direct, online, payments, placing, requests
from marketplace.procurement.services.fulfilment import Judgement
from marketplace.procurement.services.orders import IllegalMove
from tests.factories import trade
from tests.factories.deals import NOW, Deal
from tests.faults import failing_at, unanswered_commit
from tests.fingerprints import fingerprint
from tests.soak.invariants import violations

# What may be answered to who does it once more, because nobody told them that it was done.
DONE_ALREADY = (IllegalMove, requests.NotPending, payments.AlreadyConfirmed, payments.WrongAmount)
Act = Callable[[], object]

_keys = count(1)


class World:
    """A school, a supplier with plenty of goods, and somebody who buys for themselves."""

    def __init__(self) -> None:
        self.first = Deal(available=100_000)
        self.shopper = trade.shopper()

    @property
    def wanted(self) -> dict[int, int]:
        return {self.first.record.pk: 3}

    def deal(self) -> Deal:
        return Deal(beside=self.first)

    def pending(self) -> PurchaseRequest:
        return trade.submitted(self.first.school, self.wanted, NOW, f"pending {next(_keys)}")


@pytest.fixture(scope="module")
def world(race_database_of_module: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    with django_db_blocker.unblock():
        yield World()


def submit(world: World) -> Act:
    school = world.first.school
    who = {"user": school.requester, "institution": school.institution}
    baskets.set_quantities(**who, quantities=world.wanted, now=NOW)
    return partial(
        requests.submit_request, **who, key=f"basket {next(_keys)}", delivery=trade.delivery(), now=NOW
    )


def submit_lines(world: World) -> Act:
    return partial(
        direct.submit_lines,
        user=world.first.school.requester,
        institution=world.first.school.institution,
        key=f"lines {next(_keys)}",
        lines={pk: direct.Wanted(quantity) for pk, quantity in world.wanted.items()},
        delivery=trade.delivery(),
        now=NOW,
    )


def approve(world: World) -> Act:
    pk, approver = world.pending().pk, world.first.school.approver
    return partial(placing.approve_request, request_id=pk, approver=approver, now=NOW)


def reject(world: World) -> Act:
    pk, approver = world.pending().pk, world.first.school.approver
    return partial(requests.reject_request, request_id=pk, approver=approver, reason="太贵", now=NOW)


def withdraw(world: World) -> Act:
    actor = world.first.school.requester
    return partial(requests.withdraw_request, request_id=world.pending().pk, actor=actor, now=NOW)


def confirm_less(world: World) -> Act:
    deal = world.deal()
    return partial(deal.confirm, quantities={deal.line_id: 250}, reason="雨后减产")


def ship(world: World) -> Act:
    deal = world.deal()
    deal.confirm()
    return partial(deal.ship, 100, seen=0)


def cancel(world: World) -> Act:
    return partial(world.deal().cancel, 100, seen=0)


def shipped(world: World) -> Deal:
    deal = world.deal()
    deal.confirm()
    deal.ship()
    return deal


def accept(world: World) -> Act:
    judgement = Judgement(accepted=290, rejected=5, reason="压坏")
    return partial(shipped(world).receive, judgement, seen=300)


def give_back(world: World) -> Act:
    deal = shipped(world)
    deal.receive()
    return partial(deal.give_back, 20, seen=600)


def record_payment(world: World) -> Act:
    return partial(world.deal().record_payment, 108_000)


def confirm_payment(world: World) -> Act:
    deal = world.deal()
    pk = deal.record_payment(50_000).pk
    return partial(payments.confirm_payment, payment_id=pk, actor=deal.farm.cadre, now=NOW)


def returned_and_paid(world: World) -> Deal:
    deal = shipped(world)
    deal.receive()
    deal.pay(108_000)
    deal.give_back(20)
    return deal


def record_repayment(world: World) -> Act:
    return partial(returned_and_paid(world).record_repayment, 7_000)


def confirm_repayment(world: World) -> Act:
    deal = returned_and_paid(world)
    return partial(deal.confirm_repayment, deal.record_repayment(7_000))


def check_out(world: World) -> Act:
    baskets.set_quantities(user=world.shopper, institution=None, quantities=world.wanted, now=NOW)
    key = f"own {next(_keys)}"
    to = trade.own_delivery()
    return partial(requests.check_out, user=world.shopper, key=key, delivery=to, now=NOW)


def pay_online(world: World) -> Act:
    number = next(_keys)
    request = trade.checked_out(world.shopper, world.wanted, NOW, f"own {number}")
    return partial(trade.paid, request, NOW, transaction=f"T{number}")


def refund_online(world: World) -> Act:
    request = trade.checked_out(world.shopper, world.wanted, NOW, f"own {next(_keys)}")
    trade.paid(request, NOW, transaction=f"{request.pk} once")
    second = trade.paid(request, NOW, transaction=f"{request.pk} twice")
    return partial(online.refund_payment, payment_id=second.pk, now=NOW)


ACTS = [
    submit, submit_lines, approve, reject, withdraw, confirm_less, ship, cancel, accept, give_back,
    record_payment, confirm_payment, record_repayment, confirm_repayment, check_out, pay_online,
    refund_online,
]  # fmt: skip


@pytest.mark.parametrize("prepare", ACTS)
def test_an_act_that_breaks_off_anywhere_never_happened_and_can_be_done_again(
    prepare: Callable[[World], Act], world: World
) -> None:
    act = prepare(world)
    before = fingerprint()
    for number in count(1):
        with failing_at(number) as failure:
            act()
        if not failure.has_come:
            break
        assert fingerprint() == before, f"statement {number}"
    assert number > 3
    assert fingerprint() != before
    assert violations(NOW) == []


@pytest.mark.parametrize("prepare", ACTS)
def test_an_act_whose_commit_was_not_answered_happened_once_although_it_is_repeated(
    prepare: Callable[[World], Act], world: World
) -> None:
    act = prepare(world)
    before = fingerprint()
    with unanswered_commit():
        act()
        pytest.fail("the commit was answered")
    after = fingerprint()
    assert after != before
    with suppress(*DONE_ALREADY):
        act()
    assert fingerprint() == after
    assert violations(NOW) == []
