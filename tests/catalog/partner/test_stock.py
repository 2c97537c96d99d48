"""Stock and prices as the supplier sets them, and what explains every number."""

from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.db.utils import DatabaseError

from catalog.partner import services
from catalog.partner.models import PriceTier, StockAlert, StockMovement, StockRecord
from catalog.partner.queries import StockDifference, stock_differences
from catalog.partner.services import InvalidPrice, InvalidQuantity, StockChanged, Tier
from marketplace.core.audit.models import AuditEntry
from tests.factories import goods
from tests.factories.goods import NOW
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db


def test_setting_stock_leaves_what_is_reserved() -> None:
    record = goods.stock_record(in_stock=10)
    cadre = make_user()
    services.reserve(source_key="order:1", lines={record.pk: 4}, expires_at=None, now=NOW)
    services.set_stock(stock_record=record, available=0, now=NOW, actor=cadre)
    assert (record.num_in_stock, record.num_allocated, record.net_stock_level) == (4, 4, 0)
    services.set_stock(stock_record=record, available=100, now=NOW, actor=cadre)
    assert (record.num_in_stock, record.num_allocated, record.net_stock_level) == (104, 4, 100)
    moved = StockMovement.objects.filter(actor_id=cadre.pk).order_by("pk")
    assert list(moved.values_list("reason", "delta_in_stock")) == [("counted", -6), ("counted", 100)]


def test_what_is_sold_while_somebody_counts_does_not_come_back() -> None:
    record, cadre = goods.stock_record(in_stock=300), make_user()
    services.reserve(source_key="order:1", lines={record.pk: 30}, expires_at=None, now=NOW)
    with pytest.raises(StockChanged) as refused:
        services.set_stock(stock_record=record, available=300, seen=300, now=NOW, actor=cadre)
    assert refused.value.available == 270
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (300, 30)
    for _twice in range(2):
        services.set_stock(stock_record=record, available=250, seen=270, now=NOW, actor=cadre)
    assert (record.num_in_stock, record.num_allocated) == (280, 30)
    assert StockMovement.objects.filter(actor_id=cadre.pk).count() == 1


def test_setting_the_same_stock_again_leaves_no_trace() -> None:
    record = goods.stock_record(in_stock=10)
    services.set_stock(stock_record=record, available=10, now=NOW, actor=make_user())
    assert StockMovement.objects.count() == 1
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("available", [-1, 1.5, 10**30, "5"])
def test_stock_is_a_whole_number_within_reason(available: object) -> None:
    record = goods.stock_record(in_stock=10)
    with pytest.raises(InvalidQuantity):
        services.set_stock(stock_record=record, available=available, now=NOW, actor=make_user())  # type: ignore[arg-type]
    record.refresh_from_db()
    assert record.num_in_stock == 10


def test_setting_the_price_replaces_the_bulk_prices_and_leaves_the_rest() -> None:
    record = goods.stock_record(in_stock=10, tiers=[Tier(50, Decimal("9.50"))])
    services.reserve(source_key="order:1", lines={record.pk: 4}, expires_at=None, now=NOW)
    services.set_price(
        stock_record=record,
        price=Decimal("12.00"),
        tiers=[Tier(100, Decimal("11.00")), Tier(500, Decimal("10.50"))],
        now=NOW,
        actor=make_user(),
    )
    record.refresh_from_db()
    assert (record.price, record.num_in_stock, record.num_allocated) == (Decimal("12.00"), 10, 4)
    assert record.is_open(NOW)
    tiers = PriceTier.objects.order_by("min_quantity").values_list("min_quantity", "price")
    assert list(tiers) == [(100, Decimal("11.00")), (500, Decimal("10.50"))]
    entry = AuditEntry.objects.get()
    assert entry.before == {"price": "10.00", "tiers": [[50, "9.50"]]}
    assert entry.after == {"price": "12.00", "tiers": [[100, "11.00"], [500, "10.50"]]}


@pytest.mark.parametrize(
    ("price", "tiers"),
    [
        ("0", []),
        ("-1", []),
        ("NaN", []),
        ("1.005", []),
        ("1000000.01", []),
        ("10", [(1, "9")]),
        ("10", [(100, "10")]),
        ("10", [(100, "11")]),
        ("10", [(100, "0")]),
        ("10", [(100, "9"), (100, "8")]),
        ("10", [(100, "8"), (500, "9")]),
    ],
)
def test_a_price_that_makes_no_sense_is_refused(price: str, tiers: list[tuple[int, str]]) -> None:
    record = goods.stock_record(price="10.00")
    wanted = [Tier(quantity, Decimal(text)) for quantity, text in tiers]
    with pytest.raises(InvalidPrice):
        services.set_price(
            stock_record=record, price=Decimal(price), tiers=wanted, now=NOW, actor=make_user()
        )
    record.refresh_from_db()
    assert record.price == Decimal("10.00")


def test_opening_stock_twice_gives_the_same_record() -> None:
    product, supplier, cadre = goods.product(), goods.supplier(), make_user()
    first, second = (
        services.open_stock(product=product, supplier=supplier, price=Decimal(price), now=NOW, actor=cadre)
        for price in ("10.00", "9.00")
    )
    assert first.pk == second.pk
    assert StockRecord.objects.get().price == Decimal("9.00")
    assert not second.is_open(NOW)


def test_movements_are_never_changed_or_deleted() -> None:
    goods.stock_record(in_stock=10)
    with pytest.raises(DatabaseError), transaction.atomic():
        StockMovement.objects.update(delta_in_stock=99)
    with pytest.raises(DatabaseError), transaction.atomic():
        StockMovement.objects.all().delete()
    assert StockMovement.objects.get().delta_in_stock == 10


def test_each_number_that_does_not_add_up_is_named() -> None:
    good, record = goods.stock_records(2, in_stock=10)
    services.reserve(source_key="order:1", lines={good.pk: 4, record.pk: 4}, expires_at=None, now=NOW)
    services.ship(source_key="order:1", lines={good.pk: 1}, now=NOW)
    assert stock_differences() == []
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE partner_stockrecord SET num_in_stock = 9, num_allocated = 3 WHERE id = %s", [record.pk]
        )
    assert stock_differences() == [
        StockDifference(record.pk, "num_allocated against movements", 3, 4),
        StockDifference(record.pk, "num_allocated against reservations", 3, 4),
        StockDifference(record.pk, "num_in_stock against movements", 9, 10),
    ]


def test_a_supplier_or_product_that_has_stock_cannot_be_deleted() -> None:
    record = goods.stock_record()
    for owner in (record.partner, record.product, record):
        with pytest.raises(ProtectedError):
            owner.delete()


def test_oscars_unguarded_ways_to_move_stock_are_closed() -> None:
    record = goods.stock_record()
    for verb in (record.allocate, record.consume_allocation, record.cancel_allocation):
        with pytest.raises(NotImplementedError):
            verb(1)


def test_open_stock_alerts_are_in_nobodys_way() -> None:
    """Oscar: two open alerts of a stock record make every later save of it fail."""
    record = goods.stock_record()
    for _ in range(2):
        StockAlert.objects.create(stockrecord=record, threshold=5)
    record.save()
    services.reserve(source_key="order:1", lines={record.pk: 4}, expires_at=None, now=NOW)
    record.refresh_from_db()
    assert record.num_allocated == 4
