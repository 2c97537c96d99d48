"""Products and their photos, written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _

from catalog.catalogue.models import Category, Product, ProductClass, ProductImage
from catalog.catalogue.photos import InvalidPhoto, RenderedPhoto, all_names
from catalog.catalogue.units import GRAMS_OF_UNIT, SaleUnit, Storage

if TYPE_CHECKING:
    from django.core.files.storage import Storage as FileStorage

    from supplier_villages.regions.models import Region

GOODS_CLASS = "goods"
MAX_PHOTOS = 9
MAX_GRAMS = 1_000_000


class InvalidGoods(ValueError):
    """What is said of a product makes no sense; `field` names it, the message says what to do."""

    def __init__(self, field: str, message: str) -> None:
        self.field = field
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Goods:
    """What a product is: net weight of one sale unit, first and last harvest month, story in plain text."""

    title: str
    category: Category
    sale_unit: SaleUnit
    net_weight_grams: int
    storage: Storage = Storage.AMBIENT
    harvest_first_month: int | None = None
    harvest_last_month: int | None = None
    shelf_life_days: int | None = None
    story: str = ""


@transaction.atomic
def create_product(*, origin_village: Region) -> Product:
    """A new product of the village, not shown to anybody and still without a name."""
    product: Product = Product.objects.create(
        product_class=ProductClass.objects.get(slug=GOODS_CLASS),
        origin_village=origin_village,
        is_public=False,
        slug=GOODS_CLASS,
    )
    return product


@transaction.atomic
def describe_product(*, product: Product, goods: Goods) -> Product:
    """The product with exactly this description, in exactly this category.

    Raises:
        InvalidGoods: names the field that makes no sense.
    """
    _require_sense(goods)
    product.title = goods.title.strip()
    product.description = goods.story.strip()
    product.sale_unit = goods.sale_unit
    product.net_weight_grams = goods.net_weight_grams
    product.storage = goods.storage
    product.harvest_first_month = goods.harvest_first_month
    product.harvest_last_month = goods.harvest_last_month
    product.shelf_life_days = goods.shelf_life_days
    product.save()  # type: ignore[no-untyped-call]
    product.categories.set([goods.category])
    return product


@transaction.atomic
def publish_product(*, product: Product) -> None:
    """The product has a page that everybody can see; whether it can be bought is said by its stock record."""
    Product.objects.filter(pk=product.pk).update(is_public=True)


@transaction.atomic
def add_photo(*, product: Product, photo: RenderedPhoto, caption: str = "") -> ProductImage:
    """The photo, behind those that the product has; its file and its variants are stored.

    Raises:
        InvalidPhoto: one too many.
    """
    Product.objects.select_for_update(of=("self",)).get(pk=product.pk)
    position = product.images.count()
    if position >= MAX_PHOTOS:
        raise InvalidPhoto(_("A product has at most 9 photos. Remove one first."))
    image = ProductImage(product=product, caption=caption, display_order=position)
    variants = dict(photo)
    image.original.save(f"{uuid4().hex}.jpg", ContentFile(variants.pop("")), save=False)
    stem = str(image.original.name).removesuffix(".jpg")
    for suffix, content in variants.items():
        image.original.storage.save(stem + suffix, ContentFile(content))
    image.save()
    return image


@transaction.atomic
def remove_photo(*, image: ProductImage) -> None:
    """The photo is gone; its files follow when that is certain."""
    storage, names = image.original.storage, all_names(str(image.original.name))
    image.delete()
    # A file that stays behind shows nowhere; the row is gone whatever becomes of it.
    transaction.on_commit(partial(_delete_files, storage, names), robust=True)


def _delete_files(storage: FileStorage, names: list[str]) -> None:
    for name in names:
        storage.delete(name)


def _require_sense(goods: Goods) -> None:
    if not 1 <= len(goods.title.strip()) <= 40:
        raise InvalidGoods("title", _("A name has 1 to 40 characters."))
    if not 1 <= goods.net_weight_grams <= MAX_GRAMS:
        raise InvalidGoods("net_weight_grams", _("Say what one sale unit weighs: 1 g to 1,000 kg."))
    if goods.net_weight_grams != GRAMS_OF_UNIT.get(goods.sale_unit, goods.net_weight_grams):
        raise InvalidGoods("net_weight_grams", _("1 jin is 500 g, 1 kilogram is 1,000 g."))
    if not _is_season(goods.harvest_first_month, goods.harvest_last_month):
        raise InvalidGoods("harvest_first_month", _("A harvest has a first and a last month, 1 to 12."))
    if goods.shelf_life_days is not None and not 1 <= goods.shelf_life_days <= 36_500:
        raise InvalidGoods("shelf_life_days", _("A shelf life is 1 day to 100 years."))


def _is_season(first: int | None, last: int | None) -> bool:
    if first is None or last is None:
        return first is last
    return 1 <= first <= 12 and 1 <= last <= 12
