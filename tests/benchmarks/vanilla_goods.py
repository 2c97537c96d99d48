"""The goods of an unforked Oscar: as many, as dear and as plentiful as ours, of as many sellers."""

from decimal import Decimal
from itertools import cycle
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from oscar.core.loading import get_model

from tests.benchmarks.measuring import CATEGORIES, IN_STOCK, PRICE, QUANTITY, SELLERS

Basket = get_model("basket", "Basket")
Category = get_model("catalogue", "Category")
Country = get_model("address", "Country")
Line = get_model("basket", "Line")
Partner = get_model("partner", "Partner")
Product = get_model("catalogue", "Product")
ProductClass = get_model("catalogue", "ProductClass")
StockRecord = get_model("partner", "StockRecord")


def first(count: int) -> list[Any]:
    """So many products, the oldest first."""
    return list(Product.objects.order_by("pk")[:count])


def stock_up(products: int) -> None:
    """Makes what is missing until so many products are on sale."""
    kind = product_class()
    known = Product.objects.count()
    titles = [f"竹笋 {number}" for number in range(known, products)]
    made = Product.objects.bulk_create(
        Product(title=title, slug=f"p-{title[3:]}", product_class=kind) for title in titles
    )
    partners, categories = cycle(Partner.objects.order_by("pk")), cycle(Category.objects.order_by("pk"))
    Product.categories.through.objects.bulk_create(
        Product.categories.through(product=each, category=next(categories)) for each in made
    )
    StockRecord.objects.bulk_create(
        StockRecord(
            product=each,
            partner=next(partners),
            partner_sku=f"P{each.pk}",
            price=Decimal(PRICE),
            num_in_stock=IN_STOCK,
        )
        for each in made
    )


def product_class() -> Any:
    """The one kind of goods, whose stock is kept; at first with sellers, categories and a country."""
    try:
        return ProductClass.objects.get()
    except ObjectDoesNotExist:
        Country.objects.create(iso_3166_1_a2="CN", printable_name="中国", is_shipping_country=True)
        for number in range(CATEGORIES):
            Category.add_root(name=f"蔬菜 {number}", slug=f"c-{number}")
        Partner.objects.bulk_create(
            Partner(name=f"合作社 {number}", code=f"s-{number}") for number in range(SELLERS)
        )
        return ProductClass.objects.create(name="农产品", slug="goods", requires_shipping=True)


def fill_baskets(owners: list[Any], lines: int) -> None:
    """So many lines in each one's basket, each basket with other goods than the ones before it."""
    records = list(StockRecord.objects.order_by("pk"))
    for number, owner in enumerate(owners):
        begin = number * lines % (len(records) - lines + 1)
        basket = Basket.objects.create(owner=owner)
        Line.objects.bulk_create(
            Line(
                basket=basket,
                line_reference=f"{record.product_id}_{record.pk}",
                product_id=record.product_id,
                stockrecord=record,
                quantity=QUANTITY,
                price_currency=record.price_currency,
                price_excl_tax=record.price,
                price_incl_tax=record.price,
            )
            for record in records[begin : begin + lines]
        )
