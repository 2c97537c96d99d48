"""Suppliers, products and stock in a given state, as the services leave them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from catalog.catalogue.models import Product, ProductClass
from catalog.catalogue.units import SaleUnit
from catalog.partner.models import Partner, PriceTier, StockMovement, StockRecord
from catalog.partner.services.ledger import Move, move
from catalog.partner.services.stock import Tier

NOW = datetime(2020, 3, 16, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
MONTH = timedelta(days=30)


def supplier(name: str = "港美村合作社", **fields: object) -> Partner:
    """A saved supplier, not admitted."""
    made: Partner = Partner.objects.create(name=name, **fields)
    return made


def product(title: str = "竹笋", **fields: object) -> Product:
    """A saved product, sold by the 斤."""
    values = {
        "product_class": ProductClass.objects.get(slug="goods"),
        "sale_unit": SaleUnit.JIN,
        "net_weight_grams": 500,
        "slug": "p",
        **fields,
    }
    made: Product = Product.objects.create(title=title, **values)
    return made


def stock_records(
    count: int = 1,
    *,
    in_stock: int = 10,
    price: str = "10.00",
    of: Partner | None = None,
    now: datetime = NOW,
) -> list[StockRecord]:
    """Stock records of one supplier, each of its own product, on sale from now for a month."""
    owner = of or supplier()
    kind = ProductClass.objects.get(slug="goods")
    products = Product.objects.bulk_create(
        Product(title=f"竹笋 {number}", slug="p", product_class=kind, net_weight_grams=500)  # type: ignore[no-untyped-call]
        for number in range(count)
    )
    records = StockRecord.objects.bulk_create(
        StockRecord(
            product=each,
            partner=owner,
            partner_sku=f"P{each.pk}",
            price=Decimal(price),
            recognised_from=now,
            recognised_until=now + MONTH,
            offered_from=now,
            offered_until=now + MONTH,
        )
        for each in products
    )
    if in_stock:
        moves = [Move(record.pk, "", in_stock=in_stock) for record in records]
        move(moves, reason=StockMovement.Reason.COUNTED, now=now)
    for record in records:
        record.refresh_from_db()
    return records


def stock_record(
    *,
    in_stock: int = 10,
    price: str = "10.00",
    tiers: Sequence[Tier] = (),
    of: Partner | None = None,
    now: datetime = NOW,
) -> StockRecord:
    """One stock record on sale from now for a month."""
    record = stock_records(in_stock=in_stock, price=price, of=of, now=now)[0]
    PriceTier.objects.bulk_create(
        PriceTier(stock_record=record, min_quantity=tier.min_quantity, price=tier.price) for tier in tiers
    )
    return record
