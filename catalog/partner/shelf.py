"""What is on sale, read for listings and product pages: a fixed number of queries whatever is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, ExpressionWrapper, F, OuterRef, Q, Subquery, Sum
from django.db.models.fields import BigIntegerField, DecimalField
from django.db.models.functions import Cast, JSONObject, Round
from django.db.models.lookups import GreaterThanOrEqual, LessThanOrEqual

from catalog.catalogue import photos
from catalog.catalogue.models import Product, ProductCategory, ProductImage
from catalog.partner.models import PriceTier, StockMovement, StockRecord
from catalog.partner.querysets import ENDS_AT
from marketplace.core.periods import shanghai_day, start_of
from marketplace.core.templatetags.formats import quantity
from supplier_villages.regions.codes import code_range
from supplier_villages.regions.committees import village_name
from supplier_villages.regions.models import UPWARDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from django.db.models import Exists, QuerySet

    from catalog.catalogue.queries import CategoryTree
    from catalog.partner.querysets import StockRecordQuerySet
    from supplier_villages.regions.models import Region

# Village, town, county, city, province: joined, so that a place costs no query of its own.
VILLAGE = "product__origin_village"
COUNTY = f"{VILLAGE}__parent__parent"
MOST_WORDS = 5


class Sort(StrEnum):
    """In which order goods are listed."""

    SOONEST = "soonest"
    CHEAPEST = "cheapest"
    MOST = "most"
    NEWEST = "newest"


@dataclass(frozen=True, slots=True)
class Unsold:
    """What is left of an offer: text with unit, whole days after today, per cent of all that was stocked."""

    quantity_left: str
    days_left: int
    percent_left: int


@dataclass(frozen=True, slots=True)
class Bulk:
    """A unit price, CNY with tax, from a quantity on."""

    from_quantity: int
    price: Decimal


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo at the widths in which it is kept."""

    url: str
    srcset: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A village of origin as people call it, with what it lies in; `path` has the committee's full name.

    Empty for goods whose village is not known.
    """

    village: str = ""
    village_code: str = ""
    county: str = ""
    county_code: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """A product in a listing, as components/product_card.html takes it."""

    stock_record_id: int
    product_id: int
    url: str
    name: str
    village: str
    county: str
    place: str
    category: str
    photo: Photo | None
    price: Decimal
    unit: str
    net_weight_grams: int | None
    unsold: Unsold
    bulk: Bulk | None

    @property
    def photo_url(self) -> str:
        """The photo at a middle width, "" without one."""
        return self.photo.url if self.photo else ""

    @property
    def photo_srcset(self) -> str:
        """The photo at every width, "" without one."""
        return self.photo.srcset if self.photo else ""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a row shows of a product: where it is from, its first photo, or its category's drawing."""

    place: Place
    photo: Photo | None
    drawing: str


@dataclass(frozen=True, slots=True)
class CountyGoods:
    """A county with goods on sale: how many, and the grams that are left of them."""

    code: str
    name: str
    city: str
    offers: int
    grams: int


@dataclass(frozen=True, slots=True)
class VillageGoods:
    """A village with goods on sale, as people call it, and the town that it lies in."""

    code: str
    name: str
    town: str
    offers: int


@dataclass(frozen=True, slots=True)
class Offer:
    """One supplier's offer of a product; `last_day` is the last on which it is sold."""

    stock_record_id: int
    supplier: str
    freight: Decimal
    price: Decimal
    tiers: tuple[Bulk, ...]
    available: int
    is_on_sale: bool
    last_day: date | None
    unsold: Unsold | None


@dataclass(frozen=True)
class ProductPage:
    """All that a product's page says of it; offers that are on sale first, the cheapest of them foremost."""

    product: Product
    place: Place
    photos: tuple[Photo, ...]
    category_id: int | None
    offers: tuple[Offer, ...]

    @property
    def on_sale(self) -> list[Offer]:
        """The offers that can be bought now."""
        return [offer for offer in self.offers if offer.is_on_sale]


def on_sale(now: datetime) -> StockRecordQuerySet:
    """Stock records that can be bought now, of products that have a page."""
    return StockRecord.objects.sellable(now).filter(product__is_public=True)


def matching(records: StockRecordQuerySet, text: str) -> StockRecordQuerySet:
    """Those of which the name, the village or the county holds every word of the text."""
    for word in text.split()[:MOST_WORDS]:
        records = records.filter(
            Q(product__title__icontains=word)
            | Q(**{f"{VILLAGE}__name__icontains": word})
            | Q(**{f"{COUNTY}__name__icontains": word})
        )
    return records


def of_categories(records: StockRecordQuerySet, keys: Sequence[int]) -> StockRecordQuerySet:
    """Those of products in one of the categories."""
    filed = ProductCategory.objects.filter(category_id__in=keys).values("product_id")
    return records.filter(product_id__in=filed)


def from_region(records: StockRecordQuerySet, code: str) -> StockRecordQuerySet:
    """Those from villages of the region."""
    first, last = code_range(code)
    return records.filter(product__origin_village_id__gte=first, product__origin_village_id__lt=last)


def priced_per_kg(
    records: StockRecordQuerySet, *, at_least_fen: int | None = None, at_most_fen: int | None = None
) -> StockRecordQuerySet:
    """Those whose price per kilogram, half up to the fen as it is shown, lies between the two.

    Goods without a known weight have no such price: they are left out where a limit is given.
    """
    if at_least_fen is None and at_most_fen is None:
        return records
    per_kg = ExpressionWrapper(F("price") * 100_000 / F("product__net_weight_grams"), DecimalField())
    fen_per_kg = Round(per_kg)
    if at_least_fen is not None:
        records = records.filter(GreaterThanOrEqual(fen_per_kg, at_least_fen))
    return records if at_most_fen is None else records.filter(LessThanOrEqual(fen_per_kg, at_most_fen))


def ending_within(records: StockRecordQuerySet, days: int, now: datetime) -> StockRecordQuerySet:
    """Those of which the last day of sale is at most this many days after today."""
    end = start_of(shanghai_day(now) + timedelta(days=days + 1))
    return records.filter(LessThanOrEqual(ENDS_AT, end))


def in_order(records: StockRecordQuerySet, sort: Sort) -> StockRecordQuerySet:
    """The same, sorted; ending in the key, so that pages neither repeat nor miss one."""
    per_gram = ExpressionWrapper(F("price") / F("product__net_weight_grams"), DecimalField())
    by: dict[Sort, Any] = {
        Sort.SOONEST: ENDS_AT,
        Sort.CHEAPEST: per_gram.asc(nulls_last=True),
        Sort.MOST: _grams_left().desc(nulls_last=True),
        Sort.NEWEST: F("offered_from").desc(),
    }
    return records.order_by(by[sort], "pk")


def for_lists(records: StockRecordQuerySet) -> StockRecordQuerySet:
    """The same with supplier, place, tiers and `category_key`, in two queries: what another system reads."""
    return (
        records.select_related("partner", f"{VILLAGE}__{UPWARDS}")
        .defer("product__description")
        .prefetch_related("tiers")
        .annotate(category_key=Subquery(leaf_category(OuterRef("product"))))
    )


def cards(records: QuerySet[StockRecord], tree: CategoryTree, now: datetime) -> list[Card]:
    """Cards of a page of records, in its order; one query."""
    return [_card(record, tree, now) for record in _for_cards(records)]


def counties_on_sale(now: datetime) -> list[CountyGoods]:
    """Counties (and cities without counties) with goods on sale, most weight first; one query."""
    rows = (
        on_sale(now)
        .filter(**{f"{COUNTY}__isnull": False})
        .values_list(COUNTY, f"{COUNTY}__name", f"{COUNTY}__parent__name")
        .annotate(offers=Count("pk"), grams=Sum(_grams_left()))
    )
    found = [
        CountyGoods(code=code, name=name, city=city, offers=offers, grams=grams or 0)
        for code, name, city, offers, grams in rows
    ]
    return sorted(found, key=lambda county: (-county.grams, county.code))


def villages_on_sale(code: str, now: datetime) -> list[VillageGoods]:
    """The region's villages with goods on sale, most offers first; one query."""
    rows = (
        from_region(on_sale(now), code)
        .values_list(VILLAGE, f"{VILLAGE}__name", f"{VILLAGE}__parent__name")
        .annotate(offers=Count("pk"))
    )
    found = [VillageGoods(key, village_name(name), town, offers) for key, name, town, offers in rows]
    return sorted(found, key=lambda village: (-village.offers, village.code))


def product_page(
    product_id: int, now: datetime, marks: Mapping[str, Exists] | None = None
) -> ProductPage | None:
    """A public product with its offers; None if there is none; two queries.

    `marks` annotate the product with what those above ask of it.
    """
    images = ProductImage.objects.filter(product=OuterRef("pk")).order_by("display_order", "pk")
    product = (
        Product.objects.filter(pk=product_id, is_public=True)
        .select_related(f"origin_village__{UPWARDS}")
        .annotate(
            photo_list=ArraySubquery(images.values(json=JSONObject(name="original", caption="caption"))),
            category_key=Subquery(leaf_category(OuterRef("pk"))),
            **(marks or {}),
        )
        .first()
    )
    if product is None:
        return None
    return ProductPage(
        product=product,
        place=place_of(product.origin_village),
        photos=tuple(_photo(image["name"], image["caption"]) for image in product.photo_list),
        category_id=product.category_key,
        offers=tuple(_offers(product, now)),
    )


def sights(product_ids: Iterable[int], tree: CategoryTree) -> dict[int, Sight]:
    """Product → what a row shows of it; one query."""
    first_photo = ProductImage.objects.filter(product=OuterRef("pk")).order_by("display_order", "pk")
    products = (
        Product.objects.filter(pk__in=list(product_ids))
        .select_related(f"origin_village__{UPWARDS}")
        .defer("description")
        .annotate(
            photo_name=Subquery(first_photo.values("original")[:1]),
            category_key=Subquery(leaf_category(OuterRef("pk"))),
        )
    )
    return {
        product.pk: Sight(
            place=place_of(product.origin_village),
            photo=_photo(product.photo_name) if product.photo_name else None,
            drawing=tree.drawing_of(product.category_key),
        )
        for product in products
    }


def place_of(village: Region | None) -> Place:
    """The village with what it lies in; needs its parents loaded."""
    if village is None:
        return Place()
    above = village.above
    county = above[-2] if len(above) > 1 else None
    return Place(
        village=village_name(village.name),
        village_code=village.pk,
        county=county.name if county else "",
        county_code=county.pk if county else "",
        path=" ".join(region.name for region in [*above, village]),
    )


def last_day(record: StockRecord) -> date:
    """The last day in Asia/Shanghai of which a part lies before the end of both windows."""
    ends = [end for end in (record.offered_until, record.recognised_until) if end is not None]
    return shanghai_day(min(ends) - timedelta.resolution)


def photo_of(image: ProductImage) -> Photo:
    """The photo's addresses; no query."""
    widths = ", ".join(f"{photos.photo_url(image, width)} {width}w" for width in photos.WIDTHS)
    return Photo(url=photos.photo_url(image, 640), srcset=widths, caption=image.caption)


def _photo(name: str, caption: str = "") -> Photo:
    return photo_of(ProductImage(original=name, caption=caption))


def _grams_left() -> ExpressionWrapper[Any]:
    left = F("num_in_stock") - F("num_allocated")
    return ExpressionWrapper(left * F("product__net_weight_grams"), BigIntegerField())


def leaf_category(product: OuterRef) -> Any:
    """The key of a product's deepest category, for a subquery; NULL for one in none."""
    filed = ProductCategory.objects.filter(product=product).order_by("-category__depth", "category__path")
    return filed.values("category")[:1]


def _with_ever_stocked(records: StockRecordQuerySet) -> StockRecordQuerySet:
    """Shipping lowers the stock, so what is left is measured by all that the supplier ever counted in."""
    counted = StockMovement.objects.filter(stock_record=OuterRef("pk"), reason=StockMovement.Reason.COUNTED)
    total = counted.order_by().values("stock_record").annotate(total=Sum("delta_in_stock")).values("total")
    return records.annotate(ever_stocked=Subquery(total))


def _for_cards(records: QuerySet[StockRecord]) -> StockRecordQuerySet:
    """The same, a page of them, with all that a card shows, in the one query.

    The page is chosen first: what is joined to sort ten thousand rows for twenty-four takes most of the time.
    """
    chosen = StockRecord.objects.filter(pk__in=records.values("pk")).order_by(*records.query.order_by)
    first_tier = PriceTier.objects.filter(stock_record=OuterRef("pk")).order_by("min_quantity")
    first_photo = ProductImage.objects.filter(product=OuterRef("product")).order_by("display_order", "pk")
    return (
        _with_ever_stocked(chosen)
        .select_related(f"{VILLAGE}__{UPWARDS}")
        .defer("product__description")
        .annotate(
            photo_name=Subquery(first_photo.values("original")[:1]),
            category_key=Subquery(leaf_category(OuterRef("product"))),
            bulk_quantity=Subquery(first_tier.values("min_quantity")[:1]),
            bulk_price=Subquery(first_tier.values("price")[:1]),
        )
    )


def _card(record: Any, tree: CategoryTree, now: datetime) -> Card:
    product, place = record.product, place_of(record.product.origin_village)
    return Card(
        stock_record_id=record.pk,
        product_id=product.pk,
        url=product.get_absolute_url(),
        name=product.title,
        village=place.village,
        county=place.county,
        place=place.path,
        category=tree.drawing_of(record.category_key),
        photo=_photo(record.photo_name) if record.photo_name else None,
        price=record.price,
        unit=product.get_sale_unit_display(),
        net_weight_grams=product.net_weight_grams,
        unsold=_unsold(record, product, now),
        bulk=Bulk(record.bulk_quantity, record.bulk_price) if record.bulk_quantity else None,
    )


def _unsold(record: Any, product: Product, now: datetime) -> Unsold:
    left = record.net_stock_level
    ever = max(record.ever_stocked or 0, left, 1)
    return Unsold(
        quantity_left=quantity(left, product.get_sale_unit_display()),
        days_left=(last_day(record) - shanghai_day(now)).days,
        percent_left=left * 100 // ever,
    )


def _offers(product: Product, now: datetime) -> list[Offer]:
    tiers = PriceTier.objects.filter(stock_record=OuterRef("pk")).order_by("min_quantity")
    # JSON knows no decimals: the price travels as text.
    pair = JSONObject(quantity="min_quantity", price=Cast("price", CharField()))
    records = (
        _with_ever_stocked(StockRecord.objects.filter(product=product))
        .select_related("partner")
        .annotate(tier_list=ArraySubquery(tiers.values(json=pair)))
    )
    offers = [_offer(record, product, now) for record in records]
    return sorted(offers, key=lambda offer: (not offer.is_on_sale, offer.price, offer.stock_record_id))


def _offer(record: Any, product: Product, now: datetime) -> Offer:
    is_open = record.is_open(now)
    return Offer(
        stock_record_id=record.pk,
        supplier=record.partner.name,
        freight=record.partner.flat_freight,
        price=record.price,
        tiers=tuple(Bulk(tier["quantity"], Decimal(tier["price"])) for tier in record.tier_list),
        available=record.net_stock_level,
        is_on_sale=is_open and record.net_stock_level > 0,
        last_day=last_day(record) if is_open else None,
        unsold=_unsold(record, product, now) if is_open else None,
    )
