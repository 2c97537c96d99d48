"""A supplier reads its orders and answers them."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from marketplace.order.models import Order
from marketplace.procurement.models import Cancellation, ComplianceCertificate, Payment, Shipment
from tests.factories import trade, users
from tests.portals.supplier.deal import Deal

ClientOf = Callable[[User], Client]
pytestmark = pytest.mark.django_db

CHANGED = "您打开表单之后，这张订单有了变化。请看看它现在的情况。"
PAGES = ("", "confirm-less/", "refuse/", "cancel/", "ship/", "repay/")
DEEDS = ("confirm/", "confirm-less/", "refuse/", "cancel/", "ship/", "repay/", "payments/{payment}/confirm/")


def fill(deal: Deal, **typed: str) -> dict[str, str]:
    """What is typed into a dispatch of everything."""
    return {deal.quantity: "300", "carrier": "邮政快递", "tracking_number": "EMS1", **typed}


def test_who_is_no_member_is_refused(client: Client, client_of: ClientOf, deal: Deal) -> None:
    for path in ("/supplier/", "/supplier/orders/", deal.url):
        assert client.get(path).url == f"/account/login/?next={path}"
        assert client_of(deal.school.requester).get(path).status_code == 403


def test_another_suppliers_order_does_not_exist(other_client: Client, deal: Deal) -> None:
    deal.confirm()
    payment = deal.pay()
    before = AuditEntry.objects.count()
    for page in PAGES:
        assert other_client.get(deal.url + page).status_code == 404
    for deed in DEEDS:
        address = deal.url + deed.format(payment=payment.pk)
        assert other_client.post(address, fill(deal, reason="不")).status_code == 404
    payment.refresh_from_db()
    assert payment.confirmed_at is None
    assert deal.read().status == "confirmed"
    assert deal.stock == (1000, 300)
    assert AuditEntry.objects.count() == before
    assert other_client.get("/supplier/orders/").context["rows"] == []
    assert other_client.get("/supplier/").context["todos"] == []


def test_who_has_left_the_supplier_is_refused(cadre_client: Client, deal: Deal) -> None:
    deal.farm.supplier.memberships.update(is_active=False)
    assert cadre_client.post(f"{deal.url}confirm/").status_code == 403
    assert deal.read().status == "contracted"


def test_the_order_shows_where_it_goes(cadre_client: Client, deal: Deal) -> None:
    page = cadre_client.get(deal.url).content.decode()
    for text in ("李明", "13800138000", "广东省 揭阳市 榕城区 黄岐山大道1号", "食堂采购", "¥1,080.00"):
        assert text in page
    for path in ("/supplier/", "/supplier/orders/"):
        assert "13800138000" not in cadre_client.get(path).content.decode()


def test_one_tap_takes_the_whole_order(cadre_client: Client, deal: Deal) -> None:
    assert cadre_client.post(f"{deal.url}confirm/").url == deal.url
    assert deal.read().status == "confirmed"
    assert deal.line.quantity_confirmed == 300


def test_a_second_tap_changes_nothing_and_says_so(cadre_client: Client, deal: Deal) -> None:
    cadre_client.post(f"{deal.url}confirm/")
    confirmed_at = deal.read().confirmed_at
    response = cadre_client.post(f"{deal.url}confirm/", follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["success", "error"]
    assert deal.read().confirmed_at == confirmed_at


def test_less_is_taken_with_a_reason(cadre_client: Client, deal: Deal) -> None:
    typed = {deal.quantity: "２００", "reason": "下雨，挖得少"}
    assert cadre_client.post(f"{deal.url}confirm-less/", typed).url == deal.url
    assert deal.read().status == "confirmed"
    assert (deal.line.quantity_confirmed, deal.line.quantity_cancelled) == (200, 100)
    assert Cancellation.objects.get().reason == "下雨，挖得少"
    assert deal.stock == (1000, 200)


@pytest.mark.parametrize(
    ("quantity", "reason", "wrong", "message"),
    [
        ("301", "多", "quantity", "埔田竹笋：填 301 不行，最多 300。"),
        ("-1", "少", "quantity", "请填整数，至少为 0。"),
        ("1.5", "少", "quantity", "请填整数，至少为 0。"),
        ("9" * 31, "多", "quantity", f"埔田竹笋：填 {'9' * 31} 不行，最多 300。"),
        ("很多", "多", "quantity", "请填整数，至少为 0。"),
        ("200", "", "reason", "这一项不能空着。"),
        ("200", "   ", "reason", "这一项不能空着。"),
        ("0", "没有", "__all__", "请至少填写一种产品的数量。"),
    ],
)
def test_what_cannot_be_taken_is_named(
    cadre_client: Client, deal: Deal, quantity: str, reason: str, wrong: str, message: str
) -> None:
    typed = {deal.quantity: quantity, "reason": reason}
    response = cadre_client.post(f"{deal.url}confirm-less/", typed)
    expected = deal.quantity if wrong == "quantity" else wrong
    assert response.context["form"].errors == {expected: [message]}
    assert deal.read().status == "contracted"
    assert deal.stock == (1000, 300)


def test_an_order_is_refused_with_a_reason(cadre_client: Client, deal: Deal) -> None:
    response = cadre_client.post(f"{deal.url}refuse/", {"reason": ""})
    assert set(response.context["form"].errors) == {"reason"}
    assert deal.read().status == "contracted"
    assert cadre_client.post(f"{deal.url}refuse/", {"reason": "竹笋过季了"}).url == deal.url
    assert deal.read().status == "cancelled"
    assert deal.stock == (1000, 0)
    assert cadre_client.get(deal.url).context["view"].row.payment.label == "无需付款"


def test_what_was_paid_for_a_refused_order_is_to_be_paid_back(cadre_client: Client, deal: Deal) -> None:
    cadre_client.post(f"{deal.url}payments/{deal.pay().pk}/confirm/")
    cadre_client.post(f"{deal.url}refuse/", {"reason": "竹笋过季了"})
    assert cadre_client.get(deal.url).context["view"].row.payment.label == "待退款"


def test_what_is_not_shipped_is_cancelled(cadre_client: Client, deal: Deal) -> None:
    deal.confirm()
    cadre_client.post(f"{deal.url}ship/", fill(deal, **{deal.quantity: "100"}))
    cadre_client.post(f"{deal.url}cancel/", {deal.quantity: "200", "reason": "塌方"})
    assert deal.read().status == "shipped"
    assert (deal.line.quantity_shipped, deal.line.quantity_cancelled) == (100, 200)
    assert deal.stock == (900, 0)


def test_an_order_ships_in_several_dispatches(cadre_client: Client, deal: Deal) -> None:
    deal.confirm()
    cadre_client.post(f"{deal.url}ship/", fill(deal, **{deal.quantity: "100"}))
    assert deal.read().status == "part_shipped"
    cadre_client.post(f"{deal.url}ship/", fill(deal, **{deal.quantity: "200"}))
    assert deal.read().status == "shipped"
    assert [row.lines.get().quantity for row in Shipment.objects.order_by("pk")] == [100, 200]
    assert deal.stock == (700, 0)


def test_more_than_is_open_is_not_shipped(cadre_client: Client, deal: Deal) -> None:
    deal.confirm()
    response = cadre_client.post(f"{deal.url}ship/", fill(deal, **{deal.quantity: "301"}))
    assert response.context["form"].errors == {deal.quantity: ["埔田竹笋：填 301 不行，最多 300。"]}
    assert not Shipment.objects.exists()
    assert deal.stock == (1000, 300)


@pytest.mark.parametrize("page", ["ship/", "cancel/"])
def test_a_part_that_is_sent_twice_moves_once_and_the_second_says_so(
    cadre_client: Client, deal: Deal, page: str
) -> None:
    deal.confirm()
    seen = cadre_client.get(deal.url + page).context["form"]["seen"].value()
    typed = fill(deal, **{deal.quantity: "100", "reason": "塌方", "seen": str(seen)})
    cadre_client.post(deal.url + page, typed)
    response = cadre_client.post(deal.url + page, typed, follow=True)
    assert [str(message) for message in response.context["messages"]][-1] == CHANGED
    assert deal.read().lines.get().quantity_open == 200


@pytest.mark.parametrize("page", ["ship/", "cancel/"])
def test_a_page_that_is_not_possible_any_more_leads_back(cadre_client: Client, deal: Deal, page: str) -> None:
    deal.confirm()
    deal.ship()
    assert cadre_client.get(deal.url + page).url == deal.url
    assert cadre_client.post(deal.url + page, fill(deal, reason="晚")).status_code in (200, 302)
    assert deal.read().status == "shipped"
    assert deal.line.quantity_cancelled == 0


def test_fresh_goods_leave_with_a_certificate(client_of: ClientOf) -> None:
    deal = Deal(needs_certificate=True)
    deal.farm.supplier.contact_phone = "13900139000"
    deal.farm.supplier.save()
    deal.confirm()
    client, pk = client_of(deal.farm.cadre), deal.line.pk
    ((_line, fields),) = client.get(f"{deal.url}ship/").context["form"].certificate_rows
    known = {name: field.value() for name, field in fields.items()}
    assert known["product_name"] == "埔田竹笋"
    assert known["producer"] == "埔田竹笋专业合作社"
    assert known["origin"] == "广东省 揭阳市 揭东区 曲溪街道 圩埔村委会"
    assert known["contact"] == "13900139000"
    typed = {f"{name}_{pk}": value for name, value in known.items() if name != "promise" and value}
    response = client.post(f"{deal.url}ship/", fill(deal, **typed))
    assert response.context["form"].non_field_errors() == ["请填写承诺达标合格证：埔田竹笋。"]
    assert not Shipment.objects.exists()
    client.post(f"{deal.url}ship/", fill(deal, **typed, **{f"promise_{pk}": "on"}))
    certificate = ComplianceCertificate.objects.get()
    assert (certificate.weight, certificate.origin) == ("150 公斤", known["origin"])
    assert certificate.promise.startswith("我承诺")


def test_a_payment_is_confirmed_once(cadre_client: Client, deal: Deal) -> None:
    deal.confirm()
    payment = deal.pay()
    address = f"{deal.url}payments/{payment.pk}/confirm/"
    cadre_client.post(address)
    response = cadre_client.post(address, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["success", "error"]
    assert deal.read().payment_status == "paid"
    assert deal.line.paid_fen == 105_000


def test_a_payment_of_another_order_does_not_exist(cadre_client: Client, deal: Deal) -> None:
    payment = deal.pay()
    other = trade.ordered(deal.school, {deal.record.pk: 10}, deal.now, key="k2")
    address = f"/supplier/orders/{other.number}/payments/{payment.pk}/confirm/"
    assert cadre_client.post(address).status_code == 404
    payment.refresh_from_db()
    assert payment.confirmed_at is None


def test_money_is_sent_back_up_to_what_was_paid_too_much(
    cadre_client: Client, deal: Deal, now: datetime
) -> None:
    deal.confirm()
    payment = deal.pay()
    cadre_client.post(f"{deal.url}payments/{payment.pk}/confirm/")
    deal.ship()
    deal.receive()
    deal.give_back(100)
    day = deal.now.strftime("%Y-%m-%d")
    typed = {"amount": "350.01", "paid_on": day, "bank_reference": "R1"}
    response = cadre_client.post(f"{deal.url}repay/", typed)
    assert response.context["form"].errors["amount"] == ["金额要大于 0，且不超过 350.00 元。"]
    assert [todo.action for todo in cadre_client.get("/supplier/").context["todos"]] == ["退款"]
    assert cadre_client.post(f"{deal.url}repay/", typed | {"amount": "３５０"}).url == deal.url
    repayment = Payment.objects.get(direction=Payment.Direction.REPAYMENT)
    assert (repayment.amount_fen, repayment.confirmed_at) == (35_000, None)
    assert cadre_client.get("/supplier/").context["todos"] == []


@pytest.mark.parametrize("amount", ["0", "-1", "1.234", "很多", ""])
def test_a_wrong_amount_is_named(cadre_client: Client, deal: Deal, amount: str) -> None:
    typed = {"amount": amount, "paid_on": "2020-03-15", "bank_reference": "R1"}
    assert set(cadre_client.post(f"{deal.url}repay/", typed).context["form"].errors) == {"amount"}
    assert not Payment.objects.exists()


def test_a_day_to_come_is_named(cadre_client: Client, deal: Deal) -> None:
    typed = {"amount": "1", "paid_on": "2999-01-01", "bank_reference": "R1"}
    assert set(cadre_client.post(f"{deal.url}repay/", typed).context["form"].errors) == {"paid_on"}


def test_the_list_is_cut_by_what_is_to_be_done(cadre_client: Client, deal: Deal) -> None:
    def stages() -> list[int | None]:
        tabs = cadre_client.get("/supplier/orders/").context["tabs"]
        return [tab.count for tab in tabs[1:4]]

    def listed(stage: str) -> int:
        return len(cadre_client.get("/supplier/orders/", {"stage": stage}).context["rows"])

    assert stages() == [1, 0, 0]
    deal.confirm()
    assert stages() == [0, 1, 0]
    assert [listed(stage) for stage in ("to_confirm", "to_ship", "to_receive", "done")] == [0, 1, 0, 0]
    deal.ship()
    assert stages() == [0, 0, 1]
    deal.receive()
    assert stages() == [0, 0, 0]
    assert (listed("done"), listed(""), listed("nonsense")) == (1, 1, 1)


def test_the_front_page_says_what_is_next(cadre_client: Client, deal: Deal) -> None:
    def actions() -> list[str]:
        return [todo.action for todo in cadre_client.get("/supplier/").context["todos"]]

    assert actions() == ["确认接单"]
    deal.confirm()
    deal.pay()
    assert actions() == ["发货", "核对收款"]
    figures = cadre_client.get("/supplier/").context["figures"]
    assert (figures.ordered_fen, figures.accepted_fen, figures.paid_fen) == (105_000, 0, 0)


def test_the_front_page_shows_five_orders_and_says_where_the_others_are(
    cadre_client: Client, deal: Deal
) -> None:
    for number in range(4):
        trade.ordered(deal.school, {deal.record.pk: 1}, deal.now, key=f"more-{number}")
    assert [todo.action for todo in cadre_client.get("/supplier/").context["todos"]] == ["确认接单"] * 5
    trade.ordered(deal.school, {deal.record.pk: 1}, deal.now, key="sixth")
    *shown, rest = cadre_client.get("/supplier/").context["todos"]
    assert [todo.action for todo in shown] == ["确认接单"] * 5
    assert (rest.due, rest.title, rest.action) == ("还有 1 项", "待接单的订单", "查看全部")
    assert cadre_client.get(rest.url).context["page"].paginator.count == 6


def test_the_pages_cost_the_same_for_one_order_and_for_twenty(
    cadre_client: Client, deal: Deal, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for count in (1, 20):
        for number in range(1, count):
            trade.ordered(deal.school, {deal.record.pk: 1}, deal.now, key=f"more-{number}")
        with django_assert_num_queries(6):  # session, user, memberships, count, page, tabs
            page = cadre_client.get("/supplier/orders/").context["page"]
        with django_assert_num_queries(9):
            assert len(cadre_client.get("/supplier/").context["todos"]) == min(count, 6)
        assert page.paginator.count == count


@pytest.mark.parametrize("lines", [1, 20])
def test_an_order_costs_the_same_for_one_line_and_for_twenty(
    cadre_client: Client, deal: Deal, lines: int
) -> None:
    records = [trade.goods(deal.farm, deal.now, title=f"竹笋 {number}") for number in range(lines)]
    order: Order = trade.ordered(deal.school, dict.fromkeys([each.pk for each in records], 3), deal.now, "k2")
    address = f"/supplier/orders/{order.number}/"
    costs = {"page": cost(cadre_client, address)}
    for move, quantity in (("confirm-less", "2"), ("ship", "1"), ("cancel", "1")):
        typed = {f"quantity_{line.pk}": quantity for line in order.lines.all()}
        typed |= {"reason": "雨", "carrier": "邮政快递", "tracking_number": "EMS1"}
        costs[f"{move} asked"] = cost(cadre_client, f"{address}{move}/")
        costs[move] = cost(cadre_client, f"{address}{move}/", typed)
    assert costs == {
        "page": 11,
        "confirm-less asked": 10,
        "confirm-less": 30,
        "ship asked": 10,
        "ship": 24,
        "cancel asked": 11,
        "cancel": 32,
    }


def cost(client: Client, address: str, typed: dict[str, str] | None = None) -> int:
    """How many queries it takes to look, or to send what was typed; transaction control left out."""
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(address) if typed is None else client.post(address, typed)
    assert answer.status_code == (200 if typed is None else 302)
    return len([query for query in queries if "SAVEPOINT" not in query["sql"]])


def test_the_account_page_leads_here(cadre_client: Client, client_of: ClientOf, deal: Deal) -> None:
    places = cadre_client.get("/account/").context["workplaces"]
    url = f"/supplier/?supplier={deal.farm.supplier.pk}"
    assert [(place.label, place.url) for place in places] == [("埔田竹笋专业合作社", url)]
    assert client_of(users.make_user()).get("/account/").context["workplaces"] == []
