"""A campaign's goods: those picked by hand and those that its rule finds, as they can be bought now."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING

from django.db.models import Q

from catalog.catalogue.models import ProductCategory
from catalog.partner import shelf
from catalog.unsold_offers.queries import among_unsold
from supplier_villages.regions.codes import code_range

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from catalog.catalogue.models import Category
    from catalog.partner.querysets import StockRecordQuerySet
    from marketplace.campaigns.models import Campaign


def goods_on_sale(campaign: Campaign, now: datetime) -> StockRecordQuerySet:
    """The campaign's goods that can be bought now, unordered; what cannot be sold is absent by itself.

    One query for the counties (none if the rule is off), one for the goods once they are read.
    """
    picked = Q(product__in=campaign.products.through.objects.filter(campaign=campaign).values("product"))
    on_sale = shelf.on_sale(now)
    if not campaign.takes_goods_by_rule:
        return on_sale.filter(picked)
    return on_sale.filter(
        picked | Q(pk__in=found_by_rule(campaign, county_codes(campaign), now).values("pk"))
    )


def county_codes(campaign: Campaign) -> list[str]:
    """The codes of the counties taking part; one query."""
    return list(campaign.counties.order_by("code").values_list("code", flat=True))


def found_by_rule(campaign: Campaign, codes: Collection[str], now: datetime) -> StockRecordQuerySet:
    """What is on sale from these counties, of the rule's category and unsold where it says so; no query."""
    records = from_counties(shelf.on_sale(now), codes)
    if campaign.rule_category is not None:
        records = of_category(records, campaign.rule_category)
    return among_unsold(records, unsold=True) if campaign.rule_takes_unsold_only else records


def from_counties(records: StockRecordQuerySet, codes: Collection[str]) -> StockRecordQuerySet:
    """Those from villages of one of the counties."""
    if not codes:
        return records.none()
    ranges = (code_range(code) for code in codes)
    field = "product__origin_village_id"
    return records.filter(
        reduce(or_, (Q(**{f"{field}__gte": first, f"{field}__lt": last}) for first, last in ranges))
    )


def of_category(records: StockRecordQuerySet, category: Category) -> StockRecordQuerySet:
    """Those of products in the category or below it."""
    filed = ProductCategory.objects.filter(category__path__startswith=category.path)
    return records.filter(product_id__in=filed.values("product_id"))
