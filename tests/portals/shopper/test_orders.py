"""A person follows their orders, confirms receipt, cancels, sends back, confirms money that came back."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from marketplace.order.models import Line, Order
from marketplace.procurement.models import Cancellation, Payment
from marketplace.procurement.services import fulfilment, payments
from tests.factories import trade
from tests.portals.shopper.conftest import Stall, errors, said

LIST = "/account/orders/"


def path(order: Order, page: str = "") -> str:
    return f"{LIST}{order.number}/{page}"


def counts(order: Order) -> tuple[int, int, int, int, int]:
    """Cancelled, shipped, accepted, not accepted, returned."""
    line: Line = order.lines.get()
    return (
        line.quantity_cancelled,
        line.quantity_shipped,
        line.quantity_accepted,
        line.quantity_rejected,
        line.quantity_returned,
    )


def repaid(stall: Stall, order: Order, fen: int) -> Payment:
    """Money that the supplier says it sent back."""
    return payments.record_payment(
        order_id=order.pk,
        actor=stall.farm.cadre,
        direction=Payment.Direction.REPAYMENT,
        amount_fen=fen,
        paid_on=stall.now.date(),
        bank_reference="R1",
        now=stall.now,
    )


def test_the_list_shows_what_waits_and_what_was_bought(stall: Stall) -> None:
    order, on_its_way = stall.order(), stall.order(shipped=3, key="k2")
    stall.waiting("k3")
    context = stall.browser.get(LIST).context
    assert [todo.title for todo in context["todos"]] == ["支付 ¥42.00"]
    assert [card.row.order.pk for card in context["cards"]] == [on_its_way.pk, order.pk]
    assert [card.is_on_the_way for card in context["cards"]] == [True, False]
    to_receive = stall.browser.get(LIST, {"todo": "receive"}).context["cards"]
    assert [card.row.order.pk for card in to_receive] == [on_its_way.pk]
    assert len(stall.browser.get(LIST, {"todo": "x", "page": "x"}).context["cards"]) == 2


def test_the_list_costs_the_same_whatever_is_in_it(
    stall: Stall, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    stall.order(key="first")
    stall.browser.get("/")  # the shop remembers its navigation
    with django_assert_num_queries(11):
        assert len(stall.browser.get(LIST).context["cards"]) == 1
    for number in range(15):
        stall.order(key=f"more{number}", shipped=number % 3)
    with django_assert_num_queries(11):
        assert len(stall.browser.get(LIST).context["cards"]) == 16


@pytest.mark.parametrize(
    ("shipped", "moves", "states"),
    [
        (0, {"cancel"}, ["done", "current", "upcoming", "upcoming"]),
        (2, {"cancel", "receive"}, ["done", "done", "current", "upcoming"]),
        (3, {"receive"}, ["done", "done", "done", "current"]),
    ],
)
def test_the_order_shows_how_far_it_is_and_what_can_be_done(
    stall: Stall, shipped: int, moves: set[str], states: list[str]
) -> None:
    context = stall.browser.get(path(stall.order(shipped=shipped))).context
    assert context["moves"] == moves
    assert [step["state"] for step in context["steps"]] == states
    titles = [event["title"] for event in context["history"]]
    assert (titles[-1], titles.count("在线付款"), titles.count("已登记付款")) == ("下单", 1, 0)


def test_the_order_does_not_offer_a_bank_transfer(stall: Stall) -> None:
    page = stall.browser.get(path(stall.order())).content.decode()
    assert "银行转账" not in page
    assert "登记付款" not in page


def test_receipt_is_confirmed_by_one_button(stall: Stall) -> None:
    order = stall.order(shipped=3)
    assert stall.browser.post(path(order, "accept/"), {"all": "1"}).url == path(order)
    assert counts(order) == (0, 3, 3, 0, 0)
    again = stall.browser.post(path(order, "accept/"), {"all": "1"})
    assert again.url == path(order)
    assert counts(order) == (0, 3, 3, 0, 0)


def test_less_is_received_with_a_reason_and_the_rest_is_to_be_paid_back(stall: Stall) -> None:
    order = stall.order(shipped=3)
    pk = order.lines.get().pk
    typed = {f"accepted_{pk}": "２", f"rejected_{pk}": "1", f"reason_{pk}": ""}
    assert set(errors(stall.browser.post(path(order, "accept/"), typed))) == {f"reason_{pk}"}
    stall.browser.post(path(order, "accept/"), {**typed, f"reason_{pk}": "压坏"})
    assert counts(order) == (0, 3, 2, 1, 0)
    response = stall.browser.get(path(order))
    assert response.context["account"].overpaid_fen == 400
    assert "供应商应退还 ¥4.00" in response.content.decode()


@pytest.mark.parametrize("typed", ["4", "-1", "1.5", "1" + "0" * 30, "x"])
def test_a_wrong_quantity_is_named_and_nothing_changes(stall: Stall, typed: str) -> None:
    order = stall.order(shipped=3)
    pk = order.lines.get().pk
    response = stall.browser.post(path(order, "accept/"), {f"accepted_{pk}": typed})
    assert set(errors(response)) == {f"accepted_{pk}"}
    assert counts(order) == (0, 3, 0, 0, 0)


def test_what_is_not_shipped_is_cancelled_and_the_money_comes_back(stall: Stall) -> None:
    order = stall.order()
    pk = order.lines.get().pk
    stall.browser.post(path(order, "cancel/"), {f"quantity_{pk}": "3", "reason": "买重复了"})
    assert counts(order)[0] == 3
    page = stall.browser.get(path(order))
    assert (page.context["row"].payment.label, page.context["account"].overpaid_fen) == ("待退款", 4_200)
    money = repaid(stall, order, 4_200)
    assert [each.title for each in stall.browser.get(LIST).context["todos"]] == [
        "确认埔田竹笋专业合作社退回的 ¥42.00 已到账"
    ]
    confirm = path(order, f"repayments/{money.pk}/confirm/")
    assert "R1" in stall.browser.get(confirm).content.decode()
    assert stall.browser.post(confirm).url == path(order)
    assert said(stall.browser.post(confirm))[-1] == "这笔款已经确认过了。"
    order.refresh_from_db()
    assert order.payment_status == "refunded"


def test_what_came_goes_back_with_a_reason(stall: Stall) -> None:
    order = stall.order(shipped=3)
    fulfilment.receive_order(order_id=order.pk, actor=stall.shopper, judgements=None, now=stall.now)
    pk = order.lines.get().pk
    stall.browser.post(path(order, "return/"), {f"quantity_{pk}": "1", "reason": "霉变"})
    assert counts(order) == (0, 3, 3, 0, 1)


def test_another_persons_order_does_not_exist(stall: Stall, other_browser: Client) -> None:
    order = stall.order(shipped=2)
    pk = order.lines.get().pk
    fulfilment.cancel_order(
        order_id=order.pk,
        actor=stall.farm.cadre,
        kind=Cancellation.Kind.SUPPLIER,
        reason="没有了",
        now=stall.now,
    )
    money = repaid(stall, order, 400)
    data = {"all": "1", f"quantity_{pk}": "1", "reason": "不"}
    assert other_browser.get(path(order)).status_code == 404
    for page in ("accept/", "cancel/", "return/", f"repayments/{money.pk}/confirm/"):
        assert other_browser.get(path(order, page)).status_code == 404
        assert other_browser.post(path(order, page), data).status_code == 404
    assert list(other_browser.get(LIST).context["cards"]) == []
    assert counts(order) == (1, 2, 0, 0, 0)
    money.refresh_from_db()
    assert money.confirmed_at is None


def test_an_institutions_order_is_none_of_these_pages(stall: Stall, client_of) -> None:
    school = trade.unit()
    order = trade.ordered(school, {stall.shoots.pk: 300}, stall.now)
    for person in (school.requester, school.receiver):
        assert client_of(person).get(path(order)).status_code == 404
        assert list(client_of(person).get(LIST).context["cards"]) == []
    own = stall.order()
    assert client_of(school.requester).get(f"/buyer/orders/{own.number}/").status_code == 404


def test_the_supplier_sees_who_it_is_for_only_where_it_must_be_delivered(stall: Stall, client_of) -> None:
    order = stall.order(shipped=3)
    fulfilment.receive_order(order_id=order.pk, actor=stall.shopper, judgements=None, now=stall.now)
    cadre = client_of(stall.farm.cadre)
    for page in ("/supplier/", "/supplier/orders/"):
        assert "黄敏" not in cadre.get(page).content.decode()
    assert "黄**（个人）" in cadre.get("/supplier/orders/").content.decode()
    response = cadre.get(f"/supplier/orders/{order.number}/")
    view = response.context["view"]
    assert {event["actor"] for event in view.events} <= {"黄**（个人）", "埔田竹笋专业合作社", "张三"}
    page = response.content.decode()
    assert page.count("李明") == 1  # the recipient, beside the address
    for part in ("黄岐山大道1号", "13800138000", "买家在线支付"):
        assert part in page
