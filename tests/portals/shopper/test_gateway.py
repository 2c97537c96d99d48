"""The door through which gateways tell of payments, and the sandbox's own page."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client, override_settings
from django.utils import timezone

from marketplace.order.models import Purchase
from marketplace.procurement.gateways import Charge
from marketplace.procurement.gateways.sandbox import (
    NOTIFICATION_SALT,
    SandboxGateway,
    notification_of,
    ticket_of,
)
from marketplace.procurement.models import OnlinePayment, PurchaseRequest
from marketplace.procurement.services import online, requests
from tests.portals.shopper.conftest import Stall

NOTIFY = "/payments/notify/"


def way_to_pay(stall: Stall, asked: PurchaseRequest) -> str:
    return online.start_payment(
        request_id=asked.pk, user=stall.shopper, return_url=f"/account/purchases/{asked.pk}/", now=stall.now
    )


def notification(stall: Stall, asked: PurchaseRequest) -> bytes:
    return notification_of(ticket_of(way_to_pay(stall, asked).split("/")[-2]))


def test_a_genuine_notification_buys_and_twice_equals_once(stall: Stall, client: Client) -> None:
    asked = stall.waiting()
    told = notification(stall, asked)
    for _time in range(2):
        answer = client.post(NOTIFY, told, content_type="text/plain")
        assert (answer.status_code, answer.content) == (200, b"success")
    asked.refresh_from_db()
    assert (asked.status, Purchase.objects.count(), OnlinePayment.objects.count()) == ("paid", 1, 1)


def test_a_notification_needs_no_token_of_a_form(stall: Stall) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post(NOTIFY, notification(stall, stall.waiting()), content_type="text/plain")
    assert answer.status_code == 200


def forged(values: dict[str, object], **how: str) -> bytes:
    return signing.dumps(values, **{"salt": NOTIFICATION_SALT, **how}).encode()


@pytest.mark.parametrize(
    "kind", ["", "text", "bytes", "other_key", "other_salt", "changed", "foreign", "negative"]
)
def test_a_forged_notification_changes_nothing(stall: Stall, client: Client, kind: str) -> None:
    asked = stall.waiting()
    genuine = notification(stall, asked)
    values = {"reference": online.reference_of(asked), "transaction": "T1", "amount_fen": asked.total_fen}
    bodies = {
        "": b"",
        "text": b"paid",
        "bytes": b"\xff\x00:\xfe",
        "other_key": forged(values, key="guessed"),
        "other_salt": forged(values, salt="procurement.sandbox.page"),
        "changed": genuine[:10] + b"A" + genuine[11:],
        "foreign": forged({**values, "reference": "request-0"}),
        "negative": forged({**values, "amount_fen": -1}),
    }
    answer = client.post(NOTIFY, bodies[kind], content_type="text/plain")
    assert answer.status_code == 400
    assert not OnlinePayment.objects.exists()
    assert not Purchase.objects.exists()


@override_settings(PAYMENT_GATEWAY="")
def test_without_a_gateway_there_is_nothing_to_tell(client: Client, db: None) -> None:
    assert client.post(NOTIFY, b"x", content_type="text/plain").status_code == 404


def test_the_sandbox_says_what_it_is_and_pays_once(stall: Stall) -> None:
    asked = stall.waiting()
    way = way_to_pay(stall, asked)
    page = stall.browser.get(way).content.decode()
    for part in ("这是沙箱，不会产生真实扣款", "¥42.00", "SANDBOX-", "乡村农产品 1 种"):
        assert part in page
    for _click in range(2):
        assert stall.browser.post(way, {"pay": "1"}).url == f"/account/purchases/{asked.pk}/"
    asked.refresh_from_db()
    assert (asked.status, OnlinePayment.objects.count()) == ("paid", 1)


def test_going_back_without_paying_pays_nothing(stall: Stall) -> None:
    asked = stall.waiting()
    answer = stall.browser.post(way_to_pay(stall, asked), {"cancel": "1"})
    assert answer.url == f"/account/purchases/{asked.pk}/"
    asked.refresh_from_db()
    assert (asked.status, OnlinePayment.objects.count()) == ("pending", 0)


def test_two_ways_to_pay_that_are_both_paid_are_one_purchase_and_one_refund(stall: Stall) -> None:
    asked = stall.waiting()
    for way in [way_to_pay(stall, asked), way_to_pay(stall, asked)]:
        stall.browser.post(way, {"pay": "1"})
    assert sorted(OnlinePayment.objects.values_list("outcome", flat=True)) == ["bought", "to_refund"]
    assert Purchase.objects.count() == 1


def test_the_sandbox_takes_nothing_after_the_time_to_pay(stall: Stall) -> None:
    charge = Charge(
        reference=online.reference_of(stall.waiting()),
        amount_fen=4_200,
        subject="竹笋",
        expires_at=timezone.now() - timedelta(seconds=1),
        return_url="/account/",
    )
    way = SandboxGateway().start(charge)
    assert "付款时间已过" in stall.browser.get(way).content.decode()
    assert stall.browser.post(way, {"pay": "1"}).url == "/account/"
    assert not OnlinePayment.objects.exists()


def test_paying_what_was_cancelled_in_another_window_is_kept_to_be_paid_back(stall: Stall) -> None:
    asked = stall.waiting()
    way = way_to_pay(stall, asked)
    requests.withdraw_request(request_id=asked.pk, actor=stall.shopper, now=stall.now)
    answer = stall.browser.post(way, {"pay": "1"}, follow=True)
    assert "购买已先取消" in answer.content.decode()
    assert OnlinePayment.objects.get().outcome == "to_refund"


@pytest.mark.parametrize("token", ["x", "a:b:c", "\0", "９"])
def test_a_forged_way_to_the_sandbox_is_not_found(stall: Stall, token: str) -> None:
    assert stall.browser.get(f"/payments/sandbox/{token}/").status_code == 404
    assert stall.browser.post(f"/payments/sandbox/{token}/", {"pay": "1"}).status_code == 404
