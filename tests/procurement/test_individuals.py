"""An individual checks out, pays at once, receives; money that comes for nothing goes back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.test import override_settings

from catalog.partner import services as stock
from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.basket import services as baskets
from marketplace.basket.queries import open_basket
from marketplace.order.models import Order, Purchase
from marketplace.outbox import relay
from marketplace.outbox.handlers import handler_of
from marketplace.outbox.models import OutboxMessage
from marketplace.procurement.gateways import NoGateway, NotGenuine, Paid
from marketplace.procurement.models import (
    Cancellation,
    OnlinePayment,
    Payment,
    PaymentAllocation,
    PurchaseRequest,
)
from marketplace.procurement.services import fulfilment, online, payments, placing, requests
from marketplace.procurement.services.fulfilment import Judgement
from marketplace.sales_journal.models import JournalEntry
from tests.factories import trade

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")
MINUTES = timedelta(minutes=1)
Status = PurchaseRequest.Status
Outcome, Reason = OnlinePayment.Outcome, OnlinePayment.Reason

pytestmark = pytest.mark.django_db


@pytest.fixture
def shopper() -> User:
    trade.land()
    return trade.shopper()


@pytest.fixture
def farm(shopper: User) -> trade.Seller:
    return trade.seller(flat_freight="30.00")


@pytest.fixture
def shoots(farm: trade.Seller) -> StockRecord:
    return trade.goods(farm, NOW)


@pytest.fixture
def asked(shopper: User, shoots: StockRecord) -> PurchaseRequest:
    """3 units at 4.00 CNY and 30.00 CNY freight: 42.00 CNY."""
    return trade.checked_out(shopper, {shoots.pk: 3}, NOW)


def allocated(record: StockRecord) -> int:
    return StockRecord.objects.values_list("num_allocated", flat=True).get(pk=record.pk)


def figures() -> dict[str, int]:
    rows = JournalEntry.objects.values("basis").annotate(fen=Sum("amount_fen")).order_by("basis")
    return {row["basis"]: row["fen"] for row in rows}


def mails_about(request: PurchaseRequest) -> list[str]:
    found = OutboxMessage.objects.filter(topic="mail", payload__template="request_changed").order_by("pk")
    return [
        each.payload["context"]["event"]
        for each in found
        if each.payload["context"]["action_url"].endswith(f"/account/purchases/{request.pk}/")
    ]


def test_check_out_freezes_prices_and_reserves_for_half_an_hour(
    shopper: User, shoots: StockRecord, asked: PurchaseRequest
) -> None:
    assert (asked.institution_id, asked.status) == (None, Status.PENDING)
    assert (asked.goods_fen, asked.freight_fen, asked.total_fen) == (1_200, 3_000, 4_200)
    assert asked.expires_at == NOW + 30 * MINUTES
    assert allocated(shoots) == 3
    assert open_basket(shopper, None) is None


def test_the_same_key_again_is_the_same_check_out(
    shopper: User, shoots: StockRecord, asked: PurchaseRequest
) -> None:
    assert trade.checked_out(shopper, {shoots.pk: 9}, NOW).pk == asked.pk
    assert (PurchaseRequest.objects.count(), allocated(shoots)) == (1, 3)
    asked.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save()  # the key is unique also where there is no institution


def test_baskets_for_oneself_and_for_an_institution_stay_apart(shoots: StockRecord) -> None:
    school = trade.unit()
    person = school.requester
    baskets.set_quantities(user=person, institution=school.institution, quantities={shoots.pk: 300}, now=NOW)
    request = trade.checked_out(person, {shoots.pk: 2}, NOW)
    assert (request.line_count, request.goods_fen) == (1, 800)
    of_school = open_basket(person, school.institution)
    assert of_school is not None
    assert of_school.lines.get().quantity == 300


def test_an_empty_basket_cannot_be_checked_out(shopper: User) -> None:
    with pytest.raises(requests.EmptyBasket):
        requests.check_out(user=shopper, key="k", delivery=trade.own_delivery(), now=NOW)


def test_more_than_there_is_reserves_nothing_and_says_what_is_left(
    shopper: User, farm: trade.Seller, shoots: StockRecord
) -> None:
    scarce = trade.goods(farm, NOW, title="埔田笋干", available=3)
    with pytest.raises(stock.NotSellable) as error:
        trade.checked_out(shopper, {shoots.pk: 1, scarce.pk: 4}, NOW)
    assert [(each.stock_record_id, each.available) for each in error.value.failures] == [(scarce.pk, 3)]
    assert (allocated(shoots), allocated(scarce)) == (0, 0)
    assert not PurchaseRequest.objects.exists()


@override_settings(PAYMENT_GATEWAY="")
def test_without_a_gateway_nothing_is_checked_out(shopper: User, shoots: StockRecord) -> None:
    with pytest.raises(NoGateway):
        trade.checked_out(shopper, {shoots.pk: 1}, NOW)
    assert (allocated(shoots), PurchaseRequest.objects.count()) == (0, 0)


def test_payment_makes_one_order_per_supplier_paid_in_full(
    shopper: User, farm: trade.Seller, shoots: StockRecord
) -> None:
    tea = trade.goods(trade.seller("坪上茶叶合作社"), NOW, title="坪上炒茶", price="55.00", tiers=())
    request = trade.checked_out(shopper, {shoots.pk: 3, tea.pk: 2}, NOW)
    payment = trade.paid(request, NOW + MINUTES, transaction="T7")
    request.refresh_from_db()
    purchase = request.purchase
    assert purchase is not None
    assert (payment.outcome, request.status, request.decided_at) == ("bought", "paid", NOW + MINUTES)
    assert (purchase.institution, purchase.approved_by, purchase.buyer) == (None, None, shopper)
    orders = list(purchase.orders.order_by("number"))
    assert [(each.total_incl_tax, each.status, each.payment_status) for each in orders] == [
        (Decimal("42.00"), "contracted", "paid"),
        (Decimal("110.00"), "contracted", "paid"),
    ]
    assert [order.freight_paid_fen for order in orders] == [3_000, 0]
    money = list(Payment.objects.order_by("order__number"))
    assert [(each.amount_fen, each.method, each.bank_reference) for each in money] == [
        (4_200, "online", "T7"),
        (11_000, "online", "T7"),
    ]
    assert {(each.confirmed_at, each.confirmed_by, each.recorded_by) for each in money} == {
        (NOW + MINUTES, None, shopper)
    }
    parts = PaymentAllocation.objects.order_by("payment__order__number", "line")
    assert [(each.line_id is None, each.amount_fen) for each in parts] == [
        (False, 1_200),
        (True, 3_000),
        (False, 11_000),
    ]


def test_payment_posts_contracted_and_paid_under_its_own_channel(asked: PurchaseRequest) -> None:
    trade.paid(asked, NOW)
    entries = list(JournalEntry.objects.order_by("kind"))
    assert [(each.kind, each.amount_fen, each.quantity) for each in entries] == [
        ("contracted", 1_200, 3),
        ("paid", 1_200, 0),
    ]
    assert {(e.channel, e.buyer_kind, e.buyer_id, e.buyer_region_code) for e in entries} == {
        ("individual", "individual", asked.requester_id, "445202")
    }
    call_command("verify_sales")


def test_payment_takes_over_the_reservation_and_tells_both_sides(
    farm: trade.Seller, shoots: StockRecord, asked: PurchaseRequest
) -> None:
    trade.paid(asked, NOW)
    held = shoots.reservations.get()
    order = Order.objects.get()
    assert (held.source_key, held.quantity, held.expires_at) == (order.stock_key, 3, None)
    assert mails_about(asked) == ["paid"]
    to_farm = OutboxMessage.objects.get(payload__template="order_changed")
    assert (to_farm.payload["to"], to_farm.payload["context"]["event"]) == (farm.cadre.email, "placed")


def test_a_notification_counts_once_however_often_it_comes(asked: PurchaseRequest) -> None:
    first, second = trade.paid(asked, NOW), trade.paid(asked, NOW + MINUTES)
    assert first.pk == second.pk
    assert (Purchase.objects.count(), JournalEntry.objects.count(), Payment.objects.count()) == (1, 2, 1)


def test_a_second_transaction_goes_back(asked: PurchaseRequest) -> None:
    trade.paid(asked, NOW)
    again = trade.paid(asked, NOW + MINUTES, transaction="T2")
    assert (again.outcome, again.reason) == (Outcome.TO_REFUND, Reason.TWICE)
    assert (Purchase.objects.count(), figures()) == (1, {"contracted": 1_200, "paid": 1_200})


@pytest.mark.parametrize("fen", [4_199, 4_201, 1])
def test_another_amount_goes_back_and_the_right_one_still_buys(asked: PurchaseRequest, fen: int) -> None:
    wrong = trade.paid(asked, NOW, fen=fen)
    assert (wrong.outcome, wrong.reason, wrong.amount_fen) == (Outcome.TO_REFUND, Reason.AMOUNT, fen)
    assert not Purchase.objects.exists()
    assert trade.paid(asked, NOW, transaction="T2").outcome == Outcome.BOUGHT


def test_money_that_comes_too_late_still_buys_what_is_still_there(
    shoots: StockRecord, asked: PurchaseRequest
) -> None:
    late = NOW + 31 * MINUTES
    assert requests.expire_requests(now=late) == 1
    assert (allocated(shoots), mails_about(asked)) == (0, ["unpaid"])
    stock.set_price(stock_record=shoots, price=Decimal("9.00"), now=late, actor=asked.requester)
    assert trade.paid(asked, late).outcome == Outcome.BOUGHT
    asked.refresh_from_db()
    assert (asked.status, allocated(shoots), figures()["paid"]) == (Status.PAID, 3, 1_200)


def test_money_that_comes_before_the_beat_noticed_the_end_buys_too(
    shoots: StockRecord, asked: PurchaseRequest
) -> None:
    assert trade.paid(asked, NOW + 40 * MINUTES).outcome == Outcome.BOUGHT
    assert (allocated(shoots), requests.expire_requests(now=NOW + 41 * MINUTES)) == (3, 0)


@pytest.mark.parametrize("is_ended", [True, False])
def test_money_that_comes_when_the_goods_are_gone_goes_back(
    shoots: StockRecord, asked: PurchaseRequest, is_ended: bool
) -> None:
    late = NOW + 31 * MINUTES
    if is_ended:
        requests.expire_requests(now=late)
    trade.submitted(trade.unit(), {shoots.pk: 998}, late)
    payment = trade.paid(asked, late)
    assert (payment.outcome, payment.reason) == (Outcome.TO_REFUND, Reason.SOLD_OUT)
    asked.refresh_from_db()
    assert (asked.status, asked.purchase) == (Status.EXPIRED, None)
    assert (allocated(shoots), figures()) == (998, {})


def test_goods_that_were_taken_off_sale_meanwhile_are_not_bought(
    shoots: StockRecord, asked: PurchaseRequest
) -> None:
    stock.set_recognised_window(stock_record_id=shoots.pk, start=NOW, end=NOW, now=NOW)
    payment = trade.paid(asked, NOW + MINUTES)
    assert (payment.outcome, payment.reason) == (Outcome.TO_REFUND, Reason.SOLD_OUT)
    assert (allocated(shoots), Order.objects.count()) == (0, 0)


def test_money_for_what_was_cancelled_goes_back(shoots: StockRecord, asked: PurchaseRequest) -> None:
    requests.withdraw_request(request_id=asked.pk, actor=asked.requester, now=NOW)
    payment = trade.paid(asked, NOW + MINUTES)
    assert (payment.outcome, payment.reason) == (Outcome.TO_REFUND, Reason.CANCELLED)
    assert (allocated(shoots), Order.objects.count()) == (0, 0)


def test_what_is_to_go_back_goes_back_once_through_the_outbox(asked: PurchaseRequest) -> None:
    requests.withdraw_request(request_id=asked.pk, actor=asked.requester, now=NOW)
    payment = trade.paid(asked, NOW)
    assert OutboxMessage.objects.filter(topic=online.REFUND).count() == 1
    relay.relay_batch(clock=lambda: NOW + MINUTES)
    payment.refresh_from_db()
    assert (payment.outcome, payment.refund_reference) == (Outcome.REFUNDED, f"T1-refund-{payment.pk}")
    assert mails_about(asked) == ["refunded"]
    before = payment.refunded_at
    assert online.refund_payment(payment_id=payment.pk, now=NOW + 9 * MINUTES).refunded_at == before


def test_a_refund_waits_while_its_gateway_is_not_in_use(asked: PurchaseRequest) -> None:
    requests.withdraw_request(request_id=asked.pk, actor=asked.requester, now=NOW)
    payment = trade.paid(asked, NOW)
    with override_settings(PAYMENT_GATEWAY=""), pytest.raises(NoGateway):
        online.refund_payment(payment_id=payment.pk, now=NOW)
    payment.refresh_from_db()
    assert payment.outcome == Outcome.TO_REFUND


@pytest.mark.parametrize("reference", ["", "request-", "request-0", "request-x", "request-" + "9" * 30, "１"])
def test_money_for_nothing_of_ours_is_refused(asked: PurchaseRequest, reference: str) -> None:
    with pytest.raises(NotGenuine):
        online.take_payment(gateway="sandbox", paid=Paid(reference, "T1", asked.total_fen), now=NOW)
    assert not OnlinePayment.objects.exists()


@pytest.mark.parametrize("fen", [0, -4_200])
def test_no_money_is_no_payment(asked: PurchaseRequest, fen: int) -> None:
    with pytest.raises(NotGenuine):
        online.take_payment(gateway="sandbox", paid=Paid(online.reference_of(asked), "T1", fen), now=NOW)
    assert not Purchase.objects.exists()


def test_an_institutions_request_is_never_paid_past_its_approval(shoots: StockRecord) -> None:
    school = trade.unit()
    request = trade.submitted(school, {shoots.pk: 300}, NOW)
    with pytest.raises(NotGenuine):
        trade.paid(request, NOW)
    with pytest.raises(PermissionDenied):
        online.start_payment(request_id=request.pk, user=school.requester, return_url="/", now=NOW)
    request.refresh_from_db()
    assert (request.status, Purchase.objects.count()) == (Status.PENDING, 0)


def test_an_institutions_purchase_without_an_approver_cannot_be_written(shoots: StockRecord) -> None:
    purchase = trade.bought(trade.unit(), {shoots.pk: 300}, NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        Purchase.objects.filter(pk=purchase.pk).update(approved_by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        PurchaseRequest.objects.filter(purchase=purchase).update(status=Status.PAID)


def test_nobody_approves_or_rejects_an_individuals_request(asked: PurchaseRequest) -> None:
    approver = trade.unit().approver
    for actor in (approver, asked.requester):
        with pytest.raises(PermissionDenied):
            placing.approve_request(request_id=asked.pk, approver=actor, now=NOW)
        with pytest.raises(PermissionDenied):
            requests.reject_request(request_id=asked.pk, approver=actor, reason="不", now=NOW)
    asked.refresh_from_db()
    assert asked.status == Status.PENDING


def test_only_the_person_pays_for_and_cancels_their_request(asked: PurchaseRequest) -> None:
    other = trade.shopper("other")
    with pytest.raises(PermissionDenied):
        online.start_payment(request_id=asked.pk, user=other, return_url="/", now=NOW)
    with pytest.raises(PermissionDenied):
        requests.withdraw_request(request_id=asked.pk, actor=other, now=NOW)
    assert online.start_payment(request_id=asked.pk, user=asked.requester, return_url="/", now=NOW)
    assert PurchaseRequest.objects.visible_to(other).count() == 0
    assert PurchaseRequest.objects.visible_to(asked.requester).get() == asked


@pytest.mark.parametrize(("after", "status"), [(30, Status.EXPIRED), (0, Status.WITHDRAWN)])
def test_what_has_ended_cannot_be_paid_any_more(asked: PurchaseRequest, after: int, status: str) -> None:
    if status == Status.WITHDRAWN:
        requests.withdraw_request(request_id=asked.pk, actor=asked.requester, now=NOW)
    with pytest.raises(requests.NotPending) as error:
        online.start_payment(
            request_id=asked.pk, user=asked.requester, return_url="/", now=NOW + after * MINUTES
        )
    assert error.value.status == status


def test_what_is_paid_cannot_be_cancelled_as_a_request(asked: PurchaseRequest) -> None:
    trade.paid(asked, NOW)
    with pytest.raises(requests.NotPending) as error:
        requests.withdraw_request(request_id=asked.pk, actor=asked.requester, now=NOW)
    assert error.value.status == Status.PAID


class Deal:
    """An individual's paid order of 3 units at 4.00 CNY with 30.00 CNY freight, and its supplier."""

    def __init__(self, shopper: User, farm: trade.Seller, shoots: StockRecord) -> None:
        self.shopper, self.farm = shopper, farm
        self.order = trade.own_purchase(shopper, {shoots.pk: 3}, NOW).orders.get()
        self.line_id = self.order.lines.get().pk

    def ship(self, quantity: int = 3) -> None:
        who = {"order_id": self.order.pk, "actor": self.farm.cadre, "now": NOW}
        fulfilment.confirm_order(**who)
        fulfilment.ship_order(
            **who, carrier="邮政快递", tracking_number="EMS1", quantities={self.line_id: quantity}
        )

    def receive(self, actor: User, judgement: Judgement | None = None) -> None:
        judgements = None if judgement is None else {self.line_id: judgement}
        fulfilment.receive_order(order_id=self.order.pk, actor=actor, judgements=judgements, now=NOW)

    def pay_back(self, fen: int) -> Payment:
        return payments.record_payment(
            order_id=self.order.pk,
            actor=self.farm.cadre,
            direction=Payment.Direction.REPAYMENT,
            amount_fen=fen,
            paid_on=NOW.date(),
            bank_reference="R1",
            now=NOW,
        )

    @property
    def state(self) -> tuple[str, str]:
        self.order.refresh_from_db()
        return self.order.status, self.order.payment_status


@pytest.fixture
def deal(shopper: User, farm: trade.Seller, shoots: StockRecord) -> Deal:
    return Deal(shopper, farm, shoots)


def test_the_persons_receipt_is_the_acceptance(deal: Deal) -> None:
    deal.ship()
    deal.receive(deal.shopper)
    assert deal.state == ("accepted", "paid")
    assert figures() == {"contracted": 1_200, "accepted": 1_200, "paid": 1_200}
    call_command("verify_sales")


def test_less_is_received_with_a_reason_and_the_rest_is_paid_back(deal: Deal) -> None:
    deal.ship()
    deal.receive(deal.shopper, Judgement(accepted=2, rejected=1, reason="压坏"))
    assert figures() == {"contracted": 800, "accepted": 800, "paid": 1_200}
    repayment = deal.pay_back(400)
    payments.confirm_payment(payment_id=repayment.pk, actor=deal.shopper, now=NOW)
    assert (figures()["paid"], deal.state) == (800, ("accepted", "paid"))
    call_command("verify_sales")


def test_a_refusal_of_paid_goods_is_paid_back_with_the_freight(deal: Deal) -> None:
    fulfilment.refuse_order(order_id=deal.order.pk, actor=deal.farm.cadre, reason="没有货", now=NOW)
    assert (deal.state, figures()) == (("cancelled", "paid"), {"contracted": 0, "paid": 1_200})
    repayment = deal.pay_back(4_200)
    payments.confirm_payment(payment_id=repayment.pk, actor=deal.shopper, now=NOW)
    assert (deal.state, figures()) == (("cancelled", "refunded"), {"contracted": 0, "paid": 0})
    call_command("verify_sales")


def test_the_person_cancels_what_is_not_shipped_and_sends_back_what_came(deal: Deal) -> None:
    deal.ship(2)
    fulfilment.cancel_order(
        order_id=deal.order.pk, actor=deal.shopper, kind=Cancellation.Kind.BUYER, reason="够了", now=NOW
    )
    deal.receive(deal.shopper)
    fulfilment.return_goods(
        order_id=deal.order.pk, actor=deal.shopper, quantities={deal.line_id: 1}, reason="霉变", now=NOW
    )
    assert figures() == {"contracted": 800, "accepted": 400, "paid": 1_200}
    with pytest.raises(payments.WrongAmount) as error:
        deal.pay_back(801)
    assert error.value.due_fen == 800


def acts(deal: Deal, actor: User) -> list[Callable[[], object]]:
    """What a buyer may do with an order that has arrived."""
    who = {"order_id": deal.order.pk, "actor": actor, "now": NOW}
    repayment = Payment.objects.get(direction="repayment")
    return [
        lambda: fulfilment.receive_order(**who, judgements=None),
        lambda: fulfilment.cancel_order(**who, kind=Cancellation.Kind.BUYER, reason="不"),
        lambda: fulfilment.return_goods(**who, quantities={deal.line_id: 1}, reason="不"),
        lambda: payments.confirm_payment(payment_id=repayment.pk, actor=actor, now=NOW),
    ]


def test_nobody_else_receives_cancels_returns_or_confirms(deal: Deal) -> None:
    deal.ship(2)
    deal.receive(deal.shopper, Judgement(accepted=1, rejected=1, reason="压坏"))
    deal.pay_back(400)
    school = trade.unit()
    for actor in (trade.shopper("other"), deal.farm.cadre, school.receiver, school.finance):
        for act in acts(deal, actor):
            with pytest.raises(PermissionDenied):
                act()
    assert figures() == {"contracted": 800, "accepted": 400, "paid": 1_200}


def test_who_recorded_a_repayment_does_not_confirm_it(farm: trade.Seller, shoots: StockRecord) -> None:
    deal = Deal(farm.cadre, farm, shoots)
    fulfilment.refuse_order(order_id=deal.order.pk, actor=farm.cadre, reason="没有货", now=NOW)
    repayment = deal.pay_back(4_200)
    with pytest.raises(PermissionDenied):
        payments.confirm_payment(payment_id=repayment.pk, actor=farm.cadre, now=NOW)
    repayment.refresh_from_db()
    assert repayment.confirmed_at is None


def test_a_transfer_still_needs_somebody_who_confirms_it(deal: Deal) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.update(method="transfer")
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.update(confirmed_at=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Payment.objects.update(direction="repayment")


def test_the_buyer_is_told_where_their_order_is(deal: Deal) -> None:
    fulfilment.confirm_order(order_id=deal.order.pk, actor=deal.farm.cadre, now=NOW)
    told = OutboxMessage.objects.get(payload__context__event="confirmed").payload
    assert told["to"] == deal.shopper.email
    assert told["context"]["action_url"].endswith(f"/account/orders/{deal.order.number}/")


def letter(request: PurchaseRequest) -> str:
    """The last mail about the request, as it is sent."""
    message = OutboxMessage.objects.filter(payload__template="request_changed").latest("pk")
    handler_of("mail")(message)
    return f"{mail.outbox[-1].subject}: {mail.outbox[-1].body}"


def test_the_person_is_told_what_became_of_their_purchase(asked: PurchaseRequest) -> None:
    requests.expire_request(request_id=asked.pk, now=asked.expires_at)
    assert letter(asked).startswith("您的购买未按时付款: ")
    assert "您 ¥42.00 的购买未在时限内付款" in letter(asked)
    assert trade.paid(asked, asked.expires_at).outcome == Outcome.BOUGHT
    assert letter(asked).startswith("付款成功: ")


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (Reason.CANCELLED, "您的付款 ¥42.00 在取消购买之后才到"),
        (Reason.TWICE, "第二笔 ¥42.00 已原路退回"),
        (Reason.AMOUNT, "您支付的 ¥42.00 与应付金额 ¥42.00 不符"),
        (Reason.SOLD_OUT, "您的付款 ¥42.00 到达时货已买不到"),
    ],
)
def test_the_person_is_told_why_their_money_came_back(
    asked: PurchaseRequest, reason: OnlinePayment.Reason, words: str
) -> None:
    payment = OnlinePayment.objects.create(
        request=asked,
        gateway="sandbox",
        transaction="T1",
        amount_fen=4_200,
        received_at=NOW,
        outcome=Outcome.TO_REFUND,
        reason=reason,
    )
    online.refund_payment(payment_id=payment.pk, now=NOW)
    assert letter(asked).startswith("您的付款已退回: ")
    assert words in letter(asked)
