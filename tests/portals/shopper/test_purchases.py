"""What a person has checked out: to be paid, paid, or ended; and money that comes back."""

from datetime import timedelta
from unittest.mock import ANY

import pytest
from django.test import Client, override_settings

from marketplace.order.models import Purchase
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import online, requests
from tests.factories import trade
from tests.portals.shopper.conftest import Stall, said

Status = PurchaseRequest.Status


def path(asked: PurchaseRequest, page: str = "") -> str:
    return f"/account/purchases/{asked.pk}/{page}"


def text(stall: Stall, asked: PurchaseRequest) -> str:
    return stall.browser.get(path(asked)).content.decode()


def test_what_waits_shows_how_long_and_how_to_pay_or_cancel(stall: Stall) -> None:
    asked = stall.waiting()
    response = stall.browser.get(path(asked))
    assert (response.context["is_open"], response.context["minutes_left"]) == (True, 30)
    page = response.content.decode()
    for part in ("等待付款", "支付 ¥42.00", path(asked, "cancel/"), "不会产生真实扣款", "埔田竹笋"):
        assert part in page


def test_paying_leads_to_the_gateway(stall: Stall) -> None:
    asked = stall.waiting()
    assert stall.browser.post(path(asked, "pay/")).url.startswith("/payments/sandbox/")


@pytest.mark.parametrize("end", ["paid", "cancelled", "expired"])
def test_what_has_ended_cannot_be_paid_or_cancelled_any_more(stall: Stall, end: str) -> None:
    asked = stall.waiting()
    if end == "paid":
        trade.paid(asked, stall.now)
    elif end == "cancelled":
        requests.withdraw_request(request_id=asked.pk, actor=stall.shopper, now=stall.now)
    else:
        requests.expire_request(request_id=asked.pk, now=asked.expires_at)
    before = PurchaseRequest.objects.get(pk=asked.pk)
    for answer in (
        stall.browser.post(path(asked, "pay/")),
        stall.browser.get(path(asked, "cancel/")),
        stall.browser.post(path(asked, "cancel/")),
    ):
        assert answer.url == path(asked)
        assert said(answer)[-1].startswith("这次购买不能再改动：")
    assert PurchaseRequest.objects.get(pk=asked.pk).status == before.status


def test_cancelling_asks_first_and_frees_the_goods(stall: Stall) -> None:
    asked = stall.waiting()
    assert stall.browser.get(path(asked, "cancel/")).status_code == 200
    assert stall.allocated == 3
    assert stall.browser.post(path(asked, "cancel/")).url == path(asked)
    asked.refresh_from_db()
    assert (asked.status, stall.allocated) == (Status.WITHDRAWN, 0)
    assert "这次购买已取消" in text(stall, asked)


def test_past_its_time_it_reads_ended_before_the_task_ends_it(stall: Stall) -> None:
    asked = stall.waiting()
    before = {"submitted_at": stall.now - timedelta(hours=2), "expires_at": stall.now - timedelta(hours=1)}
    PurchaseRequest.objects.filter(pk=asked.pk).update(**before)
    response = stall.browser.get(path(asked))
    assert (response.context["is_open"], response.context["pill"].label) == (False, "超时未付款")
    assert stall.browser.post(path(asked, "pay/")).url == path(asked)


def test_what_is_paid_shows_its_orders_and_a_statement(stall: Stall) -> None:
    asked = stall.waiting()
    trade.paid(asked, stall.now)
    number = Purchase.objects.get().number
    page = text(stall, asked)
    assert f"/account/orders/{number}-01/" in page
    assert path(asked, "statement/") in page
    paper = stall.browser.get(path(asked, "statement/")).content.decode()
    for part in (number, "黄敏", "在线付款 ¥42.00", "肆拾贰元整"):
        assert part in paper


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("cancelled", "购买已先取消"),
        ("twice", "这次购买已付过款"),
        ("amount", "金额与应付不符"),
        ("sold_out", "货已买不到"),
    ],
)
def test_money_that_bought_nothing_is_shown_until_it_has_gone_back(
    stall: Stall, reason: str, words: str
) -> None:
    asked = stall.waiting()
    if reason == "cancelled":
        requests.withdraw_request(request_id=asked.pk, actor=stall.shopper, now=stall.now)
    if reason == "twice":
        trade.paid(asked, stall.now, transaction="T0")
    if reason == "sold_out":
        type(stall.shoots).objects.filter(pk=stall.shoots.pk).update(offered_until=stall.now)
    payment = trade.paid(asked, stall.now, fen=1 if reason == "amount" else 0)
    assert payment.reason == reason
    page = text(stall, asked)
    assert words in page
    assert "正在原路退回，交易号 T1" in page
    assert [each.title for each in stall.browser.get("/account/orders/").context["todos"]][-1:] == [ANY]
    online.refund_payment(payment_id=payment.pk, now=stall.now)
    assert f"退款号 T1-refund-{payment.pk}" in text(stall, asked)


@override_settings(PAYMENT_GATEWAY="")
def test_where_the_gateway_has_gone_the_page_says_so(stall: Stall) -> None:
    with override_settings(PAYMENT_GATEWAY="marketplace.procurement.gateways.sandbox.SandboxGateway"):
        asked = stall.waiting()
    assert "本站暂未开通在线支付" in text(stall, asked)
    response = stall.browser.post(path(asked, "pay/"))
    assert (response.url, said(response)) == (path(asked), ["本站暂未开通在线支付，没有下单。"])


def test_another_persons_purchase_does_not_exist(stall: Stall, other_browser: Client) -> None:
    waiting, paid = stall.waiting(), stall.order(key="k2").purchase.request
    for asked in (waiting, paid):
        for page in ("", "cancel/", "statement/"):
            assert other_browser.get(path(asked, page)).status_code == 404
        for page in ("pay/", "cancel/"):
            assert other_browser.post(path(asked, page)).status_code == 404
    waiting.refresh_from_db()
    assert waiting.status == Status.PENDING


def test_an_institutions_request_is_none_of_these_pages(stall: Stall, client_of) -> None:
    school = trade.unit()
    asked = trade.submitted(school, {stall.shoots.pk: 300}, stall.now)
    own = client_of(school.requester)
    assert own.get(path(asked)).status_code == 404
    assert own.post(path(asked, "pay/")).status_code == 404
    assert own.get(f"/buyer/requests/{asked.pk}/").status_code == 200
    mine = trade.checked_out(school.requester, {stall.shoots.pk: 1}, stall.now)
    assert own.get(path(mine)).status_code == 200
    assert own.get(f"/buyer/requests/{mine.pk}/").status_code == 404
    assert [each.pk for each in own.get("/buyer/requests/").context["page"]] == [asked.pk]
