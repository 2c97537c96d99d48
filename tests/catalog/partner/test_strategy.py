"""Prices by quantity, and Oscar's strategy on the line's own stock record."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from oscar.core.loading import get_class

from catalog.partner.models import StockRecord
from catalog.partner.pricing import price_for
from catalog.partner.services import Tier
from catalog.partner.strategy import Selector, Strategy
from marketplace.basket.models import Line
from tests.factories import goods

pytestmark = pytest.mark.django_db

TIERS = (Tier(100, Decimal("9.20")), Tier(500, Decimal("8.80")))


def two_records_of_one_product() -> tuple[StockRecord, StockRecord]:
    """A's stock at 10.00 with tiers, and B's stock of the same product at 99.00; both open now."""
    now = timezone.now() - timedelta(minutes=1)
    first = goods.stock_record(price="10.00", tiers=TIERS, in_stock=5, now=now)
    second = goods.stock_record(price="99.00", in_stock=700, of=goods.supplier("乙"), now=now)
    StockRecord.objects.filter(pk=second.pk).update(product=first.product)
    second.refresh_from_db()
    return first, second


@pytest.mark.parametrize(
    ("quantity", "price"),
    [(1, "10.00"), (99, "10.00"), (100, "9.20"), (499, "9.20"), (500, "8.80"), (10_000, "8.80")],
)
def test_a_unit_price_is_that_of_the_highest_tier_reached(quantity: int, price: str) -> None:
    record = goods.stock_record(price="10.00", tiers=TIERS)
    assert price_for(record, record.tiers.all(), quantity) == Decimal(price)


def test_oscar_loads_our_selector() -> None:
    assert get_class("partner.strategy", "Selector") is Selector


@pytest.mark.parametrize(
    ("which", "quantity", "price", "available"),
    [(0, 1, "10.00", 5), (0, 500, "8.80", 5), (1, 1, "99.00", 700)],
)
def test_a_line_has_the_price_and_the_stock_of_its_own_record(
    which: int, quantity: int, price: str, available: int
) -> None:
    records = two_records_of_one_product()
    line = Line(product=records[which].product, stockrecord=records[which], quantity=quantity)
    info = Strategy().fetch_for_line(line)
    assert info.stockrecord == records[which]
    assert (info.price.incl_tax, info.price.excl_tax, info.price.tax) == (Decimal(price), Decimal(price), 0)
    assert info.availability.is_purchase_permitted(available)[0]
    assert not info.availability.is_purchase_permitted(available + 1)[0]


def test_a_product_is_offered_by_its_cheapest_open_record() -> None:
    first, second = two_records_of_one_product()
    assert Strategy().fetch_for_product(first.product).stockrecord == first
    StockRecord.objects.filter(pk=first.pk).update(offered_until=timezone.now())
    assert Strategy().fetch_for_product(second.product).stockrecord == second


def test_what_is_closed_cannot_be_bought() -> None:
    first, _second = two_records_of_one_product()
    first.recognised_until = timezone.now()
    info = Strategy().fetch_for_product(first.product, first)
    assert not info.availability.is_available_to_buy


def test_a_product_without_stock_records_is_unavailable() -> None:
    info = Strategy().fetch_for_product(goods.product())
    assert info.stockrecord is None
    assert not info.availability.is_available_to_buy
    assert not info.price.exists
