"""The demo's individual: every purchase ends as its fate says, and the figures stay provable."""

from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command

from catalog.partner import services as stock
from marketplace.demo import shopping
from marketplace.demo.goods import OnSale
from marketplace.demo.organisations import Seller
from marketplace.demo.year import HOME_COUNTY
from marketplace.order.models import Order
from marketplace.procurement.models import OnlinePayment, Payment, PurchaseRequest
from marketplace.procurement.services.requests import payment_period
from tests.factories import trade

NOW = datetime.fromisoformat("2020-11-20T10:00:00+08:00")
BEGINNING = NOW - timedelta(days=375)


def shelf(count: int = 6) -> list[OnSale]:
    records = [SimpleNamespace(pk=number, partner_id=1) for number in range(count)]
    return [OnSale(record, HOME_COUNTY, 100) for record in records]


def test_the_same_seed_and_day_give_the_same_purchases() -> None:
    assert shopping.plans(7, shelf(), [], NOW) == shopping.plans(7, shelf(), [], NOW)
    assert shopping.plans(7, shelf(), [], NOW) != shopping.plans(8, shelf(), [], NOW)


def test_what_waits_is_within_its_reservation_and_nothing_lies_ahead() -> None:
    for plan in shopping.plans(7, shelf(), [], NOW):
        assert plan.at < NOW
        if plan.fate == "waiting":
            assert plan.at + payment_period() > NOW
    days = {fate: days for days, fate in shopping.PURCHASES}
    for fate in ("returned", "cancelled", "rejected_goods", shopping.UNCONFIRMED):
        assert timedelta(days=days[fate] - 1) > shopping.REPAID_AFTER


@pytest.mark.django_db
def test_every_purchase_comes_to_its_fate_and_a_repeat_changes_nothing() -> None:
    trade.land()
    shopper, farm = trade.shopper(), trade.seller(flat_freight="30.00")
    records = [trade.goods(farm, BEGINNING, title=f"笋{number}") for number in range(4)]
    for record in records:
        for window in (stock.set_recognised_window, stock.set_offered_window):
            end = NOW + timedelta(days=9)
            window(stock_record_id=record.pk, start=BEGINNING, end=end, now=BEGINNING)
    plans = shopping.plans(7, [OnSale(record, HOME_COUNTY, 100) for record in records], [], NOW)
    sellers = {farm.supplier.pk: Seller(farm.supplier, farm.cadre, [])}
    for _time in range(2):
        shopping.tell_all(plans, shopper, sellers)
    asked = PurchaseRequest.objects.values_list("key", "status")
    fates = {plan.key: plan.fate for plan in plans}
    ended = {fates[key]: status for key, status in asked}
    assert (ended.pop("unpaid"), ended.pop("late"), ended.pop("waiting")) == (
        "expired",
        "withdrawn",
        "pending",
    )
    assert set(ended.values()) == {"paid"}
    assert Order.objects.count() == len(plans) - 3
    assert set(Order.objects.values_list("status", flat=True)) >= {
        "contracted", "confirmed", "shipped", "accepted", "cancelled",
    }  # fmt: skip
    assert OnlinePayment.objects.get(reason="cancelled").outcome == "refunded"
    waiting = Payment.objects.filter(confirmed_at=None)
    assert [each.order.purchase.request.key for each in waiting] == [
        key for key, fate in fates.items() if fate == shopping.UNCONFIRMED
    ]
    call_command("verify_sales")
    call_command("verify_stock")
