"""What happens to the goods and the money of an order, and what the journal says of it."""

from copy import deepcopy
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db.models import Sum

from marketplace.procurement.models import Cancellation, Payment
from marketplace.procurement.services import fulfilment, payments
from marketplace.procurement.services.fulfilment import Certificate, Judgement
from marketplace.procurement.services.orders import IllegalMove, ReasonMissing, WrongQuantities
from marketplace.sales_journal.models import JournalEntry
from tests.factories import trade
from tests.factories.deals import DAY, NOW, Deal

pytestmark = pytest.mark.django_db


def figures() -> dict[str, int]:
    rows = JournalEntry.objects.values("basis").annotate(fen=Sum("amount_fen")).order_by("basis")
    return {row["basis"]: row["fen"] for row in rows}


@pytest.fixture(scope="module")
def deal_of_module(transaction_of_module: None) -> Deal:
    return Deal()


@pytest.fixture
def deal(deal_of_module: Deal) -> Deal:
    return deepcopy(deal_of_module)


def test_the_main_job_moves_each_figure_by_exactly_the_goods(deal: Deal) -> None:
    assert (deal.state, deal.stock, figures()) == (
        ("contracted", "unpaid"),
        (1000, 300),
        {"contracted": 105_000},
    )
    deal.confirm()
    assert deal.state == ("confirmed", "unpaid")
    deal.ship()
    assert (deal.state, deal.stock) == (("shipped", "unpaid"), (700, 0))
    deal.receive()
    assert deal.state == ("accepted", "unpaid")
    assert figures() == {"contracted": 105_000, "accepted": 105_000}
    deal.pay(108_000)
    assert deal.state == ("accepted", "paid")
    assert figures() == {"contracted": 105_000, "accepted": 105_000, "paid": 105_000}


def test_several_shipments_and_receipts_add_up(deal: Deal) -> None:
    deal.confirm()
    deal.ship(100)
    assert deal.state[0] == "part_shipped"
    deal.receive()
    assert deal.state[0] == "part_accepted"
    deal.ship(200)
    deal.receive()
    assert deal.state[0] == "accepted"
    assert figures()["accepted"] == 105_000


def test_a_short_confirmation_frees_stock_and_reverses_contracted(deal: Deal) -> None:
    deal.confirm(quantities={deal.line_id: 250}, reason="雨后减产")
    assert deal.stock == (1000, 250)
    assert figures() == {"contracted": 87_500}
    assert deal.order.cancellations.get().kind == Cancellation.Kind.SHORT
    deal.ship()
    deal.receive()
    assert (deal.state[0], figures()["accepted"]) == ("accepted", 87_500)


def test_nobody_confirms_less_without_a_reason(deal: Deal) -> None:
    with pytest.raises(ReasonMissing):
        deal.confirm(quantities={deal.line_id: 250})
    assert deal.order.lines.get().quantity_cancelled == 0


def test_a_refusal_cancels_everything(deal: Deal) -> None:
    deal.refuse()
    assert (deal.state[0], deal.stock, figures()) == ("cancelled", (1000, 0), {"contracted": 0})


def test_what_is_not_shipped_can_be_cancelled_by_the_buyer(deal: Deal) -> None:
    deal.confirm()
    deal.ship(100)
    deal.cancel()
    assert (deal.state[0], deal.stock, figures()) == ("shipped", (900, 0), {"contracted": 35_000})


def test_what_is_not_accepted_reverses_contracted_and_not_the_stock(deal: Deal) -> None:
    deal.confirm()
    deal.ship()
    deal.receive(Judgement(accepted=290, rejected=10, reason="压坏"))
    assert (deal.state[0], deal.stock) == ("accepted", (700, 0))
    assert figures() == {"contracted": 101_500, "accepted": 101_500}


def test_a_rejection_without_a_reason_changes_nothing(deal: Deal) -> None:
    deal.confirm()
    deal.ship()
    with pytest.raises(ReasonMissing):
        deal.receive(Judgement(accepted=290, rejected=10))
    assert deal.state[0] == "shipped"


def test_more_than_was_shipped_cannot_be_accepted(deal: Deal) -> None:
    deal.confirm()
    deal.ship(100)
    with pytest.raises(WrongQuantities) as error:
        deal.receive(Judgement(accepted=101))
    assert list(error.value.problems) == [deal.line_id]
    assert "accepted" not in figures()


def test_a_return_lowers_accepted_at_once_and_paid_only_with_the_money(deal: Deal) -> None:
    deal.confirm()
    deal.ship()
    deal.receive()
    deal.pay(108_000)
    deal.give_back(20)
    assert figures() == {"contracted": 105_000, "accepted": 98_000, "paid": 105_000}
    deal.confirm_repayment(deal.record_repayment(7_000))
    assert figures()["paid"] == 98_000
    assert deal.state == ("accepted", "paid")


def test_no_more_can_be_paid_back_than_was_overpaid(deal: Deal) -> None:
    deal.confirm()
    deal.ship()
    deal.receive()
    deal.pay(108_000)
    with pytest.raises(payments.WrongAmount) as error:
        deal.record_repayment(1)
    assert error.value.due_fen == 0


def test_no_transfer_is_of_a_day_to_come(deal: Deal) -> None:
    with pytest.raises(payments.InvalidTransfer) as refused:
        payments.record_payment(
            order_id=deal.order.pk,
            actor=deal.school.finance,
            direction=Payment.Direction.PAYMENT,
            amount_fen=1_000,
            paid_on=DAY + timedelta(days=1),
            bank_reference="B1",
            now=NOW,
        )
    assert set(refused.value.problems) == {"paid_on"}
    assert not Payment.objects.exists()


def test_a_part_payment_falls_on_the_goods_before_the_freight(deal: Deal) -> None:
    deal.pay(106_000)
    line = deal.order.lines.get()
    assert (line.paid_fen, deal.state[1], deal.order.freight_paid_fen) == (105_000, "part", 1_000)


def test_a_payment_is_spread_by_what_is_due_the_largest_remainder_first_and_the_freight_last() -> None:
    """0.10 over 1.00, 2.00 and 3.00: exactly 1.67, 3.33 and 5.00 fen; then 10.00 over what is left."""
    deal = Deal()
    prices = ("1.00", "2.00", "3.00")
    records = [trade.goods(deal.farm, NOW, title=f"笋 {price}", price=price, tiers=()) for price in prices]
    deal.order = trade.ordered(deal.school, dict.fromkeys([each.pk for each in records], 1), NOW, "three")
    lines = deal.order.lines.order_by("pk").values_list("paid_fen", flat=True)
    deal.pay(10, "B1")
    assert list(lines.all()) == [2, 3, 5]
    deal.pay(1_000, "B2")
    deal.order.refresh_from_db()
    assert (list(lines.all()), deal.order.freight_paid_fen) == ([100, 200, 300], 410)
    assert figures()["paid"] == 600


def test_recorded_but_unconfirmed_money_counts_nowhere(deal: Deal) -> None:
    deal.record_payment(108_000)
    assert (deal.state[1], figures()) == ("unpaid", {"contracted": 105_000})
    with pytest.raises(payments.WrongAmount):
        deal.record_payment(1, "B2")


def test_a_payment_counts_once(deal: Deal) -> None:
    payment = deal.record_payment(108_000)
    payments.confirm_payment(payment_id=payment.pk, actor=deal.farm.cadre, now=NOW)
    with pytest.raises(payments.AlreadyConfirmed):
        payments.confirm_payment(payment_id=payment.pk, actor=deal.farm.cadre, now=NOW)
    assert figures()["paid"] == 105_000


def test_the_same_serial_number_is_recorded_once(deal: Deal) -> None:
    deal.record_payment(1_000)
    with pytest.raises(payments.AlreadyRecorded):
        deal.record_payment(1_000)


def test_fresh_goods_do_not_leave_without_a_certificate() -> None:
    deal = Deal(needs_certificate=True)
    deal.confirm()
    with pytest.raises(fulfilment.CertificateMissing) as error:
        deal.ship()
    assert error.value.titles == ["埔田竹笋"]
    assert deal.stock == (1000, 300)
    certificate = Certificate("埔田竹笋", "150公斤", "新岭村", "揭东区埔田镇", "138", DAY, "不使用禁用农药")
    deal.ship(certificates={deal.line_id: certificate})
    assert deal.order.shipments.get().lines.get().certificate.producer == "新岭村"


def test_an_illegal_move_names_the_state_and_what_it_allows(deal: Deal) -> None:
    with pytest.raises(IllegalMove) as error:
        deal.ship()
    assert (error.value.status, error.value.allowed) == ("contracted", ("confirm", "refuse", "cancel"))


def test_where_nothing_is_left_to_move_a_move_is_refused_and_leaves_no_empty_trace(deal: Deal) -> None:
    """Partly accepted with everything shipped: the state alone would allow to ship and to cancel nothing."""
    deal.confirm()
    deal.ship()
    deal.accept(100)
    for move in (deal.ship, deal.cancel):
        with pytest.raises(IllegalMove) as refused:
            move()
        assert refused.value.allowed == ("receive", "return")
    assert (deal.order.shipments.count(), deal.order.cancellations.count()) == (1, 0)


def test_what_was_wholly_refused_at_the_door_cannot_go_back(deal: Deal) -> None:
    deal.confirm()
    deal.ship()
    deal.receive(Judgement(accepted=0, rejected=300, reason="压坏"))
    with pytest.raises(IllegalMove) as refused:
        deal.give_back(1)
    assert (refused.value.status, refused.value.allowed) == ("accepted", ())


def test_neither_side_does_the_others_part(deal: Deal) -> None:
    stranger = trade.seller("别的合作社")
    for actor in (stranger.cadre, deal.school.requester, deal.school.approver):
        with pytest.raises(PermissionDenied):
            fulfilment.confirm_order(order_id=deal.order.pk, actor=actor, now=NOW)
    deal.confirm()
    deal.ship()
    for actor in (deal.farm.cadre, deal.school.requester, deal.school.finance):
        with pytest.raises(PermissionDenied):
            fulfilment.receive_order(order_id=deal.order.pk, actor=actor, judgements=None, now=NOW)
    assert deal.state[0] == "shipped"
