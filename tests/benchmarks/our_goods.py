"""Our goods in bulk: recognised, from a village, of several sellers, as the services would leave them."""

import datetime as dt
from decimal import Decimal

from django.utils import timezone

from catalog.catalogue.models import Product, ProductCategory
from catalog.partner.models import StockRecord
from catalog.recognition.models import Recognition
from tests.benchmarks.measuring import CATEGORIES, IN_STOCK, PRICE, QUANTITY, SELLERS
from tests.factories import goods, trade, users


class OurGoods:
    """What is on sale; `records` in the order in which the sellers take turns."""

    def __init__(self) -> None:
        self.sellers = [trade.seller(f"合作社 {number}").supplier for number in range(SELLERS)]
        self.categories = [trade.category(f"蔬菜 {number}") for number in range(CATEGORIES)]
        self.records: list[StockRecord] = []

    def first(self, count: int) -> dict[int, int]:
        """The quantity of a line for each of so many stock records."""
        return {record.pk: QUANTITY for record in self.records[:count]}

    def turn(self, number: int, count: int) -> dict[int, int]:
        """The same for the records of one order among many, each of other goods than the ones before it."""
        begin = number * count % (len(self.records) - count + 1)
        return {record.pk: QUANTITY for record in self.records[begin : begin + count]}

    def stock_up(self, products: int) -> None:
        """Makes what is missing until so many products are on sale."""
        missing = products - len(self.records)
        count = -(-missing // SELLERS)
        shelves = [
            goods.stock_records(count, in_stock=IN_STOCK, price=PRICE, of=seller, now=timezone.now())
            for seller in self.sellers
        ]
        made = [record for turn in zip(*shelves, strict=True) for record in turn]
        self._file(made)
        recognise(made)
        self.records += made

    def _file(self, records: list[StockRecord]) -> None:
        keys = [record.product_id for record in records]
        Product.objects.filter(pk__in=keys).update(origin_village_id=trade.VILLAGE)
        ProductCategory.objects.bulk_create(
            ProductCategory(product_id=key, category=self.categories[number % CATEGORIES])
            for number, key in enumerate(keys)
        )


def recognise(records: list[StockRecord]) -> None:
    """Each product in the provincial directory for a year."""
    now, officer = timezone.now(), users.operator()
    Recognition.objects.bulk_create(
        Recognition(
            product_id=record.product_id,
            supplier_id=record.partner_id,
            stock_record=record,
            county_id=trade.VILLAGE[:6],
            village_code=trade.VILLAGE,
            directory=Recognition.Directory.GUANGDONG,
            valid_from=now.date(),
            valid_until=now.date() + dt.timedelta(days=365),
            recognised_price=Decimal(PRICE),
            decided_by=officer,
            decided_at=now,
        )
        for record in records
    )
