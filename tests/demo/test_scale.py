"""Copies of a small trade: as many as asked for, sound to the fen, and alive."""

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command
from stdnum.iso7064 import mod_37_36

from catalog.catalogue.models import Category, Product
from catalog.partner.models import StockRecord
from marketplace.demo.scale import large
from marketplace.order.models import Line, Order, Purchase
from marketplace.order.status import Fulfilment
from marketplace.procurement.models import Cancellation, Payment, PurchaseRequest
from marketplace.procurement.services import fulfilment, payments
from marketplace.sales_journal.models import MonthlyTotal, SalesEvent
from tests.factories import trade

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")
LATER = NOW + timedelta(days=5)
GOODS_COPIES, TRADE_COPIES = 2, 5

pytestmark = pytest.mark.django_db


@pytest.fixture
def seller() -> trade.Seller:
    """Of one record 300 units are ordered, 200 shipped, 150 accepted, 10 returned, some paid, 20 cancelled.

    Forty more wait for approval, and a person has bought five.
    """
    trade.land()
    unit, seller = trade.unit(), trade.seller()
    record = trade.goods(seller, NOW)
    order = trade.ordered(unit, {record.pk: 300}, NOW)
    line = order.lines.get()
    who = {"order_id": order.pk, "actor": seller.cadre, "now": NOW}
    fulfilment.confirm_order(**who)
    fulfilment.ship_order(**who, carrier="邮政", tracking_number="1", quantities={line.pk: 200})
    fulfilment.cancel_order(
        **who, kind=Cancellation.Kind.SUPPLIER, reason="采不出货", quantities={line.pk: 20}
    )
    receiving = {"order_id": order.pk, "actor": unit.receiver, "now": LATER}
    judged = fulfilment.Judgement(accepted=150, rejected=0)
    fulfilment.receive_order(**receiving, judgements={line.pk: judged})
    fulfilment.return_goods(**receiving, quantities={line.pk: 10}, reason="部分变质")
    payment = payments.record_payment(
        order_id=order.pk,
        actor=unit.finance,
        direction=Payment.Direction.PAYMENT,
        amount_fen=10_001,
        paid_on=LATER.date(),
        bank_reference="YH1",
        now=LATER,
    )
    payments.confirm_payment(payment_id=payment.pk, actor=seller.cadre, now=LATER)
    trade.submitted(unit, {record.pk: 40}, LATER, "k2")
    trade.own_purchase(trade.shopper(), {record.pk: 5}, LATER)
    return seller


@pytest.fixture
def told(seller: trade.Seller) -> list[str]:
    """The trade copied; what was told of it."""
    told: list[str] = []
    plan = large.planned(goods_copies=GOODS_COPIES, trade_copies=TRADE_COPIES)
    large.copy_all(plan, told.append)
    return told


def test_there_are_as_many_copies_as_asked_for(seller: trade.Seller) -> None:
    before = MonthlyTotal.objects.get()
    told: list[str] = []
    large.copy_all(large.planned(goods_copies=GOODS_COPIES, trade_copies=TRADE_COPIES), told.append)
    assert f"order_line: {2 * TRADE_COPIES}" in told
    assert f"catalogue_product: {GOODS_COPIES}" in told
    assert Line.objects.count() == 2 * (1 + TRADE_COPIES)
    assert Product.objects.count() == 1 + GOODS_COPIES
    after = MonthlyTotal.objects.get()
    assert after.accepted_fen == 6 * before.accepted_fen > 0
    assert after.paid_fen == 6 * before.paid_fen > 0


@pytest.mark.usefixtures("told")
def test_figures_and_stock_are_sound() -> None:
    call_command("verify_sales")
    call_command("verify_stock")


@pytest.mark.usefixtures("told")
def test_copies_have_names_of_their_own() -> None:
    for purchase in Purchase.objects.all():
        assert mod_37_36.is_valid(purchase.transfer_reference)
        assert [order.number for order in purchase.orders.all()] == [f"{purchase.number}-01"]
    assert PurchaseRequest.objects.filter(key__startswith="k2-").count() == TRADE_COPIES
    assert SalesEvent.objects.filter(key__endswith="#5").exists()


def test_the_copies_of_the_trade_share_out_those_of_the_goods(told: list[str]) -> None:
    original, first, second = StockRecord.objects.order_by("pk")
    sold = [record.order_lines.count() for record in (original, first, second)]
    assert (sold, bool(told)) == ([2, 6, 4], True)
    held = original.num_allocated
    assert [first.num_allocated, second.num_allocated] == [3 * held, 2 * held]


@pytest.mark.usefixtures("told")
def test_a_copied_order_goes_on(seller: trade.Seller) -> None:
    order = Order.objects.filter(status=Fulfilment.PART_ACCEPTED).latest("pk")
    shipped = fulfilment.ship_order(
        order_id=order.pk, actor=seller.cadre, carrier="邮政", tracking_number="2", now=LATER
    )
    assert shipped.lines.get().quantity == 80
    test_figures_and_stock_are_sound()


@pytest.mark.usefixtures("seller")
def test_copies_go_round_the_categories_below_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "CATEGORIES", 3)
    plan = large.planned(goods_copies=GOODS_COPIES, trade_copies=GOODS_COPIES)
    large.copy_all(plan, lambda _: None)
    assert large.spread_over_categories() == 2
    root, *below = Category.objects.order_by("path")
    assert [child.get_parent() for child in below] == [root, root]
    assert [category.product_set.count() for category in (root, *below)] == [1, 1, 1]
