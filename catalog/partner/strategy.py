"""Oscar's price and availability: of the line's own stock record, its windows and tiers; tax included."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from oscar.apps.partner import availability, strategy
from oscar.apps.partner.prices import FixedPrice

from catalog.partner.pricing import price_for

if TYPE_CHECKING:
    from django.http import HttpRequest

    from catalog.catalogue.models import Product
    from catalog.partner.models import StockRecord


class Strategy(strategy.NoTax, strategy.Structured):
    """What a product costs and whether it can be bought, at the moment at which the strategy is made."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)  # type: ignore[no-untyped-call]
        self.now = timezone.now()

    def fetch_for_line(self, line: Any, stockrecord: StockRecord | None = None) -> Any:
        """Price and availability of the line's own stock record at the line's quantity.

        Oscar ignores it and takes the product's first record: stock of one supplier at the price of another.
        """
        record = line.stockrecord
        return strategy.PurchaseInfo(
            price=_fixed_price(price_for(record, record.tiers.all(), line.quantity)),
            availability=self.availability_policy(line.product, record),
            stockrecord=record,
        )

    def select_stockrecord(self, product: Product) -> StockRecord | None:
        """The cheapest record that is open, else the cheapest; None if there is none. Uses a prefetch."""
        records = sorted(
            product.stockrecords.all(),
            key=lambda record: (not record.is_open(self.now), record.price, record.pk),
        )
        return records[0] if records else None

    def availability_policy(self, product: Product, stockrecord: StockRecord | None) -> availability.Base:
        """As many as are left while both windows are open, else nothing."""
        if stockrecord is None or not stockrecord.is_open(self.now):
            return availability.Unavailable()
        return availability.StockRequired(stockrecord.net_stock_level)

    def parent_availability_policy(
        self, product: Product, children_stock: list[tuple[Product, StockRecord | None]]
    ) -> availability.Base:
        """Available if one of the children is."""
        policies = [self.availability_policy(child, record) for child, record in children_stock]
        if any(policy.is_available_to_buy for policy in policies):
            return availability.Available()
        return availability.Unavailable()


class Selector(strategy.Selector):
    """The same strategy for everybody."""

    def strategy(self, request: HttpRequest | None = None, user: object = None, **kwargs: object) -> Strategy:
        return Strategy(request)


def _fixed_price(price: Decimal) -> FixedPrice:
    return FixedPrice(currency="CNY", excl_tax=price, tax=Decimal("0.00"))
