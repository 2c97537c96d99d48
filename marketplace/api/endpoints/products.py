"""/products: what is on sale."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from catalog.catalogue.queries import category_tree
from catalog.partner import shelf
from catalog.partner.querysets import StockRecordQuerySet
from catalog.unsold_offers.queries import among_unsold
from marketplace.api import cursors
from marketplace.api.fen import fen
from marketplace.api.schemas.products import ProductFilters, ProductOut, ProductPage, TierOut
from marketplace.campaigns.goods import goods_on_sale
from marketplace.campaigns.queries import running_campaigns
from marketplace.core.money.unit_prices import price_per_kg

router = Router(tags=[_("Products")])


@router.get("", response=ProductPage, summary=_("What is on sale"))
def products(request: HttpRequest, filters: Query[ProductFilters]) -> ProductPage:
    """By the stock record's key, so that going through all pages misses and repeats none."""
    now = timezone.now()
    rows, cursor = cursors.page(
        shelf.for_lists(_matching(filters, now)),
        cursor=filters.cursor,
        limit=filters.limit,
        query={"list": "products", **filters.narrowing},
    )
    return ProductPage(items=[_product(row) for row in rows], next_cursor=cursor)


def _matching(filters: ProductFilters, now: datetime) -> StockRecordQuerySet:
    records = shelf.matching(shelf.on_sale(now), filters.q)
    if filters.county:
        records = shelf.from_region(records, filters.county)
    if filters.category:
        tree = category_tree()
        entry = tree.get(filters.category)
        records = shelf.of_categories(records, tree.keys_within(entry) if entry else [])
    if filters.campaign:
        running = running_campaigns(now).filter(pk=filters.campaign).first()
        own = goods_on_sale(running, now) if running else records.none()
        records = records.filter(pk__in=own.values("pk"))
    if filters.unsold is not None:
        records = among_unsold(records, unsold=filters.unsold)
    return shelf.priced_per_kg(
        records, at_least_fen=filters.min_price_per_kg_fen, at_most_fen=filters.max_price_per_kg_fen
    )


def _product(record: Any) -> ProductOut:
    product, supplier = record.product, record.partner
    grams = product.net_weight_grams
    return ProductOut(
        stock_record_id=record.pk,
        product_id=product.pk,
        name=product.title,
        supplier_id=supplier.pk,
        supplier=supplier.name,
        village_code=product.origin_village_id,
        place=shelf.place_of(product.origin_village).path,
        category_id=record.category_key,
        sale_unit=product.sale_unit,
        net_weight_grams=grams,
        unit_price_fen=fen(record.price),
        price_per_kg_fen=fen(price_per_kg(record.price, grams)) if grams else None,
        tiers=[
            TierOut(from_quantity=tier.min_quantity, unit_price_fen=fen(tier.price))
            for tier in sorted(record.tiers.all(), key=lambda tier: tier.min_quantity)
        ],
        available=record.net_stock_level,
        last_day=shelf.last_day(record),
        freight_fen=fen(supplier.flat_freight),
    )
