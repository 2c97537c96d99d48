"""Copies of a small trade: as many as asked for, sound to the fen, and alive."""

import pytest
from django.core.management import call_command
from stdnum.iso7064 import mod_37_36

from catalog.catalogue.models import Category, Product
from catalog.partner.models import StockRecord
from marketplace.demo.scale import large
from marketplace.demo.scale.copying import Plan
from marketplace.order.models import Line, Order, Purchase
from marketplace.order.status import Fulfilment
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import fulfilment
from marketplace.sales_journal.models import MonthlyTotal, SalesEvent
from supplier_villages.regions.models import PairedAssistance
from tests.factories import regions, trade
from tests.factories.deals import NOW, Deal

GOODS_COPIES, TRADE_COPIES = 2, 5
PLAN = Plan(goods_copies=GOODS_COPIES, trade_copies=TRADE_COPIES)

pytestmark = pytest.mark.django_db


@pytest.fixture
def deal() -> Deal:
    """Of one record 300 units are ordered, 200 shipped, 150 accepted, 10 returned, some paid, 20 cancelled.

    A pair began between the last five acceptances and those before: the return has two rows in the journal.
    Forty more wait for approval, and a person has bought five.
    """
    deal = Deal()
    deal.confirm()
    deal.ship(200)
    deal.cancel(20)
    deal.accept(145)
    regions.dongguan()
    PairedAssistance.objects.create(
        helper_id="441900", helped_id="445203", kind="east_west", level="county", confidence="high",
        valid_from=NOW.date(),
    )  # fmt: skip
    deal.accept(5)
    deal.give_back(10)
    deal.pay(10_001)
    trade.submitted(deal.school, {deal.record.pk: 40}, NOW, "k2")
    trade.own_purchase(trade.shopper(), {deal.record.pk: 5}, NOW)
    return deal


@pytest.fixture
def told(deal: Deal) -> list[str]:
    """The trade copied; what was told of it."""
    told: list[str] = []
    large.copy_all(PLAN, told.append)
    return told


@pytest.mark.usefixtures("deal")
def test_there_are_as_many_copies_as_asked_for() -> None:
    before = MonthlyTotal.objects.get()
    told: list[str] = []
    large.copy_all(PLAN, told.append)
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
def test_a_copied_order_goes_on(deal: Deal) -> None:
    order = Order.objects.filter(status=Fulfilment.PART_ACCEPTED).latest("pk")
    shipped = fulfilment.ship_order(
        order_id=order.pk, actor=deal.farm.cadre, carrier="邮政", tracking_number="2", now=NOW
    )
    assert shipped.lines.get().quantity == 80
    test_figures_and_stock_are_sound()


@pytest.mark.usefixtures("deal")
def test_copies_go_round_the_categories_below_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large, "CATEGORIES", 3)
    plan = Plan(goods_copies=GOODS_COPIES, trade_copies=GOODS_COPIES)
    large.copy_all(plan, lambda _: None)
    assert large.spread_over_categories() == 2
    root, *below = Category.objects.order_by("path")
    assert [child.get_parent() for child in below] == [root, root]
    assert [category.product_set.count() for category in (root, *below)] == [1, 1, 1]
