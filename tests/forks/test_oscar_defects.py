"""What goes wrong in an unforked Oscar and cannot here: see docs/oscar-defects.md for all of it."""

from __future__ import annotations

import ast
import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.mail.backends.locmem import EmailBackend
from django.db import IntegrityError, transaction
from django.db.models import F, ProtectedError
from django.urls import NoReverseMatch, reverse
from oscar.apps.offer.models import Benefit, Condition, ConditionalOffer, Range
from oscar.apps.order.exceptions import InvalidLineStatus, InvalidOrderStatus
from oscar.apps.order.signals import order_placed, order_status_changed
from oscar.apps.order.utils import OrderCreator

from catalog.partner.strategy import Strategy
from marketplace.basket import services as baskets
from marketplace.basket.models import Basket
from marketplace.core.periods import Window
from marketplace.order import numbers
from marketplace.order.models import Line, Order
from marketplace.outbox import relay
from marketplace.outbox.models import OutboxMessage
from marketplace.procurement.supplier_work import supplier_figures
from tests.factories import trade
from tests.factories.deals import DAY, NOW, Deal

UNIT_PRICES = ("unit_price_incl_tax", "unit_price_excl_tax")
LINE_PRICES = (
    "line_price_incl_tax",
    "line_price_excl_tax",
    "line_price_before_discounts_incl_tax",
    "line_price_before_discounts_excl_tax",
)
ROOT = Path(__file__).parents[2]
DEFECTS = 30
ROW = re.compile(r"^\| (\d+) \| .+ \| .+ \| (.+) \|$", re.MULTILINE)
TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")

pytestmark = pytest.mark.django_db


def test_each_defect_has_a_test_that_exists() -> None:
    rows = dict(ROW.findall((ROOT / "docs" / "oscar-defects.md").read_text(encoding="utf-8")))
    assert [int(number) for number in rows] == list(range(1, DEFECTS + 1))
    for number, proof in rows.items():
        named = TEST.findall(proof)
        assert named, number
        for path, name in named:
            tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
            found = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)}
            assert name in found, f"{number}: {path}::{name}"


def test_a_number_is_never_given_twice_even_if_what_it_was_for_never_happened() -> None:
    with transaction.atomic():
        given = numbers.next_purchase_serial()
        transaction.set_rollback(True)
    assert numbers.next_purchase_serial() > given
    first, second = Deal(), Deal()
    assert first.order.number != second.order.number
    assert first.order.number == f"{first.order.purchase.number}-01"


def test_a_dead_mail_server_gives_no_basket_back_and_undoes_no_purchase(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_arguments: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    deal = Deal()
    relay.relay_batch(clock=lambda: NOW)
    assert OutboxMessage.objects.filter(delivered_at__isnull=True, attempts=1).exists()
    assert list(Basket.objects.values_list("status", flat=True)) == [Basket.SUBMITTED]
    assert deal.state == ("contracted", "unpaid")


def test_no_receiver_of_oscars_signals_is_asked() -> None:
    def fail(**_said: object) -> None:
        raise RuntimeError

    signals = (order_placed, order_status_changed)
    for signal in signals:
        signal.connect(fail)
    try:
        Deal().confirm()
    finally:
        for signal in signals:
            signal.disconnect(fail)


def test_oscars_way_to_set_a_status_is_closed() -> None:
    deal = Deal()
    with pytest.raises(InvalidOrderStatus):
        deal.order.set_status("confirmed")
    with pytest.raises(InvalidLineStatus):
        deal.line.set_status("shipped")
    assert deal.state == ("contracted", "unpaid")


def test_what_was_sold_keeps_its_names_and_origin_and_cannot_be_deleted() -> None:
    deal = Deal()
    product, supplier = deal.record.product, deal.farm.supplier
    for owner in (deal.record, product, supplier, deal.order.purchase, deal.order):
        with pytest.raises(ProtectedError):
            owner.delete()
    product.title, product.origin_village_id = "别的名字", "445202007203"
    product.save()
    supplier.name = "别的合作社"
    supplier.save()
    line = deal.line
    assert (line.title, line.partner_name, line.village_code) == (
        "埔田竹笋", "埔田竹笋专业合作社", trade.VILLAGE,
    )  # fmt: skip


def test_an_offer_in_oscars_tables_changes_no_price() -> None:
    half = Benefit.objects.create(
        range=(everything := Range.objects.create(name="all", slug="all", includes_all_products=True)),
        type=Benefit.PERCENTAGE,
        value=50,
    )
    condition = Condition.objects.create(range=everything, type=Condition.COUNT, value=1)
    ConditionalOffer.objects.create(name="half price", slug="half", condition=condition, benefit=half)
    deal = Deal()
    assert (deal.order.total_incl_tax, deal.line.line_price_incl_tax) == (1080, 1050)


def test_oscars_way_to_place_a_discounted_line_is_refused() -> None:
    """20.00 for three of 7.00 each: Oscar stores a line of 20.00 whose units add up to 20.01."""
    deal = Deal()
    record = trade.goods(deal.farm, NOW, title="丝苗米", price="7.00", tiers=())
    basket = baskets.set_quantities(
        user=trade.shopper(), institution=None, quantities={record.pk: 3}, now=NOW
    )
    basket.strategy = Strategy()
    line = basket.all_lines().get()
    line.discount(Decimal("1.00"), 3)
    stored = [(round(unit, 2), quantity) for unit, _untaxed, quantity in line.get_price_breakdown()]
    assert (line.line_price_incl_tax_incl_discounts, stored) == (20, [(Decimal("6.67"), 3)])
    with pytest.raises(IntegrityError, match="order_line_has_one_price"), transaction.atomic():
        OrderCreator().create_line_models(deal.order, line)
    assert Line.objects.get() == deal.line


@pytest.mark.parametrize("fen", [-1, 1])
def test_a_line_that_is_one_fen_off_is_refused_by_the_database(fen: int) -> None:
    deal = Deal()
    off = Decimal(fen) / 100
    for changes, refused_by in (
        ({name: F(name) + off for name in LINE_PRICES}, "order_line_is_unit_price_times_quantity"),
        ({name: F(name) + off for name in UNIT_PRICES}, "order_line_is_unit_price_times_quantity"),
        ({"quantity": F("quantity") + fen}, "order_line_is_unit_price_times_quantity"),
        *(({name: F(name) + off}, "order_line_has_one_price") for name in UNIT_PRICES + LINE_PRICES),
        ({"unit_price_excl_tax": None}, "order_line_has_one_price"),
    ):
        with pytest.raises(IntegrityError, match=refused_by), transaction.atomic():
            Line.objects.update(**changes)
    assert {getattr(deal.line, name) for name in UNIT_PRICES} == {Decimal("3.50")}
    assert {getattr(deal.line, name) for name in LINE_PRICES} == {Decimal("1050.00")}


def test_a_seller_sees_the_money_of_its_own_lines_only() -> None:
    """One school buys of both at once for 20.00 and 1,000.00."""
    trade.land()
    school, small, large = trade.unit(), trade.seller("小合作社"), trade.seller("大合作社")
    records = [
        trade.goods(small, NOW, price="20.00", tiers=()),
        trade.goods(large, NOW, price="1000.00", tiers=()),
    ]
    trade.bought(school, {record.pk: 1 for record in records}, NOW)
    month = Window.month(DAY)
    assert supplier_figures(small.supplier, month).ordered_fen == 2_000
    assert supplier_figures(large.supplier, month).ordered_fen == 100_000
    assert set(Line.objects.filter(order__supplier=small.supplier).values_list("partner", flat=True)) == {
        small.supplier.pk
    }
    assert Order.objects.count() == 2


@pytest.mark.parametrize("name", ["anon-order", "order-note", "order-list", "alerts-list", "wishlists-list"])
def test_oscars_pages_of_customers_have_no_address(name: str) -> None:
    """Among them that of an order whose address never expires, and those that change data when looked at."""
    with pytest.raises(NoReverseMatch):
        reverse(f"customer:{name}")
