"""Recording payments, confirming what came back, and the statement."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.order.models import Order
from marketplace.procurement.models import Payment
from marketplace.procurement.services import fulfilment, payments
from tests.factories import trade
from tests.factories.users import browser_of
from tests.portals.buyer.conftest import Market, errors, said


def path(order: Order, move: str = "pay") -> str:
    return f"/buyer/orders/{order.number}/{move}/"


def transfer(**changed: str) -> dict[str, str]:
    return {
        "amount": "1,080.00",
        "paid_on": timezone.localdate().isoformat(),
        "bank_reference": "B1",
        **changed,
    }


def repaid(market: Market, order: Order, amount_fen: int = 7_000) -> Payment:
    """Goods for 70.00 CNY went back after everything was paid; the supplier says it paid so much back."""
    paid = payments.record_payment(
        order_id=order.pk,
        actor=market.school.finance,
        direction=Payment.Direction.PAYMENT,
        amount_fen=108_000,
        paid_on=timezone.localdate(),
        bank_reference="B1",
        now=market.now,
    )
    payments.confirm_payment(payment_id=paid.pk, actor=market.farm.cadre, now=market.now)
    fulfilment.return_goods(
        order_id=order.pk,
        actor=market.school.receiver,
        quantities={order.lines.get().pk: 20},
        reason="霉变",
        now=market.now,
    )
    return payments.record_payment(
        order_id=order.pk,
        actor=market.farm.cadre,
        direction=Payment.Direction.REPAYMENT,
        amount_fen=amount_fen,
        paid_on=timezone.localdate(),
        bank_reference="R1",
        now=market.now,
    )


def test_the_form_proposes_what_is_due(market: Market) -> None:
    form = market.as_("finance").get(path(market.accepted())).context["form"]
    assert (form["amount"].value(), form["paid_on"].value()) == ("1080.00", timezone.localdate())


def test_a_payment_is_recorded_and_waits_for_the_supplier(market: Market) -> None:
    order = market.accepted()
    browser = market.as_("finance")
    assert browser.post(path(order), transfer()).url == f"/buyer/orders/{order.number}/"
    payment = Payment.objects.get()
    assert (payment.amount_fen, payment.confirmed_at) == (108_000, None)
    assert browser.get(f"/buyer/orders/{order.number}/").context["moves"] == set()
    assert browser.get(path(order)).url == f"/buyer/orders/{order.number}/"
    assert browser.get("/buyer/").context["todos"] == []


@pytest.mark.parametrize(
    ("changed", "field", "message"),
    [
        ({"amount": "1080.01"}, "amount", "金额要大于 0，且不超过 1080.00 元。"),
        ({"amount": "0"}, "amount", "金额要大于 0，且不超过 1080.00 元。"),
        ({"amount": "9" * 31}, "amount", "金额要大于 0，且不超过 1080.00 元。"),
        ({"amount": "-1"}, "amount", "请填金额，最多两位小数，比如 1080.50。"),
        ({"amount": "1.005"}, "amount", "请填金额，最多两位小数，比如 1080.50。"),
        ({"amount": "1e3"}, "amount", "请填金额，最多两位小数，比如 1080.50。"),
        ({"bank_reference": ""}, "bank_reference", None),
        ({"paid_on": (timezone.localdate() + timedelta(days=2)).isoformat()}, "paid_on", "这一天还没到。"),
    ],
)
def test_a_wrong_payment_is_named_and_not_recorded(
    market: Market, changed: dict[str, str], field: str, message: str | None
) -> None:
    order = market.accepted()
    response = market.as_("finance").post(path(order), transfer(**changed))
    assert set(errors(response)) == {field}
    if message:
        assert errors(response)[field] == [message]
    assert not Payment.objects.exists()


def test_the_same_serial_number_is_recorded_once(market: Market) -> None:
    order = market.accepted()
    browser = market.as_("finance")
    browser.post(path(order), transfer(amount="500"))
    response = browser.post(path(order), transfer(amount="500"))
    assert set(errors(response)) == {"bank_reference"}
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("role", ["requester", "approver", "receiver"])
def test_only_finance_pays(market: Market, role: str) -> None:
    order = market.accepted()
    browser = market.as_(role)
    assert browser.get(path(order)).status_code == 403
    assert browser.post(path(order), transfer()).status_code == 403
    assert not Payment.objects.exists()


def test_money_that_came_back_is_confirmed_once(market: Market) -> None:
    order = market.accepted()
    money = repaid(market, order)
    browser = market.as_("finance")
    place = path(order, f"repayments/{money.pk}/confirm")
    assert [todo.url for todo in browser.get("/buyer/").context["todos"]] == [place]
    assert "¥70.00" in browser.get(place).content.decode()
    browser.post(place)
    assert order.lines.get().repaid_fen == 7_000
    assert said(browser.post(place))[-1] == "这笔款已经确认过了。"
    assert order.lines.get().repaid_fen == 7_000


def test_what_is_still_to_come_back_stands_on_both_sides(market: Market) -> None:
    order = market.accepted()
    repaid(market, order, 4_000)
    page = market.as_("finance").get(f"/buyer/orders/{order.number}/").content.decode()
    assert "供应商应退还 ¥30.00。" in page
    supplier = browser_of(market.farm.cadre)
    (todo,) = supplier.get("/supplier/").context["todos"]
    assert todo.title == "退款给：示范市第一中学"
    assert supplier.get(f"/supplier/orders/{order.number}/").context["view"].repayable_fen == 3_000


@pytest.mark.parametrize("role", ["requester", "approver", "receiver"])
def test_only_finance_confirms_what_came_back(market: Market, role: str) -> None:
    order = market.accepted()
    money = repaid(market, order)
    browser = market.as_(role)
    assert browser.post(path(order, f"repayments/{money.pk}/confirm")).status_code == 403
    money.refresh_from_db()
    assert money.confirmed_at is None


def test_another_institutions_money_is_not_found(market: Market, stranger: trade.Unit) -> None:
    order = market.accepted()
    money = repaid(market, order)
    browser = browser_of(stranger.finance)
    purchase = f"/buyer/purchases/{order.purchase.number}/"
    confirm = path(order, f"repayments/{money.pk}/confirm")
    for place in (path(order), confirm, purchase, f"{purchase}statement/"):
        assert browser.get(place).status_code == 404
    assert browser.post(path(order), transfer()).status_code == 404
    assert browser.post(confirm).status_code == 404
    assert list(browser.get("/buyer/purchases/").context["page"]) == []
    money.refresh_from_db()
    assert money.confirmed_at is None
    assert Payment.objects.count() == 2


def test_a_payment_is_no_repayment(market: Market) -> None:
    order = market.accepted()
    browser = market.as_("finance")
    browser.post(path(order), transfer())
    payment = Payment.objects.get()
    assert browser.post(path(order, f"repayments/{payment.pk}/confirm")).status_code == 404


def test_the_statement_has_every_sum_in_figures_and_capitals(market: Market) -> None:
    order = market.accepted()
    repaid(market, order)
    response = market.as_("approver").get(f"/buyer/purchases/{order.purchase.number}/statement/")
    statement = response.context["statement"]
    assert (statement.ordered_fen, statement.accepted_fen, statement.returned_fen) == (
        105_000,
        105_000,
        7_000,
    )
    assert (statement.due_fen, statement.paid_fen, statement.outstanding_fen) == (101_000, 108_000, -7_000)
    page = response.content.decode()
    for text in (
        "¥1,010.00",
        "人民币壹仟零壹拾元整",
        "人民币壹仟零捌拾元整",
        order.purchase.transfer_reference,
        market.school.institution.name,
        market.farm.supplier.name,
    ):
        assert text in page
