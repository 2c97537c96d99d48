"""A cadre's forms about an unsold product, and the office's decisions on it."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from catalog.partner.models import PriceTier, StockMovement
from catalog.recognition.models import Recognition
from catalog.unsold_offers.models import UnsoldOffer
from tests.concurrency.clicks.click import Click, click, trail
from tests.concurrency.clicks.market import COUNTY, Market
from tests.factories import offers


def photo() -> SimpleUploadedFile:
    content = BytesIO()
    Image.new("RGB", (80, 60), "green").save(content, "JPEG")
    return SimpleUploadedFile("photo.jpg", content.getvalue(), "image/jpeg")


def path(offer: UnsoldOffer, step: str) -> str:
    return f"/supplier/offers/{offer.pk}/{step}/"


def seen(offer: UnsoldOffer, *names: str) -> tuple[object, ...]:
    """These values of the offer as they are now."""
    values: tuple[object, ...] = UnsoldOffer.objects.values_list(*names).get(pk=offer.pk)
    return values


@click("supplier/offers/new/")
def begin(market: Market) -> Click:
    village = market.farm.supplier.supplier_villages.get()
    data = {"village": village.pk, "draft_key": "clicked", "photo": photo}
    photos = UnsoldOffer.objects.filter(draft_key="clicked").values_list("product__images__display_order")
    return Click(market.farm.cadre, "/supplier/offers/new/", lambda: list(photos.all()), [(0,)], data)


@click("supplier/offers/<int:pk>/photo/")
def change_photo(market: Market) -> Click:
    offer = market.offer(offers.draft)
    return Click(market.farm.cadre, path(offer, "photo"), offer.product.images.count, 1, {"photo": photo})


@click("supplier/offers/<int:pk>/goods/")
def describe(market: Market) -> Click:
    offer, category = market.offer(offers.draft), market.scene.category
    data = {
        "title": "竹笋",
        "category": category.pk,
        "sale_unit": "jin",
        "quantity": "300",
        "storage": "cool",
    }

    def effect() -> object:
        return seen(offer, "quantity", "product__title"), list(offer.product.categories.all())

    return Click(market.farm.cadre, path(offer, "goods"), effect, ((300, "竹笋"), [category]), data)


@click("supplier/offers/<int:pk>/terms/")
def set_terms(market: Market) -> Click:
    offer, until = market.offer(offers.draft), market.today + timedelta(days=7)
    data = {"price": "5.00", "sell_by": until.isoformat()}
    once = (Decimal("5.00"), until)
    return Click(market.farm.cadre, path(offer, "terms"), lambda: seen(offer, "price", "sell_by"), once, data)


@click("supplier/offers/<int:pk>/check/")
def submit(market: Market) -> Click:
    offer = market.offer(offers.filled)
    counted = StockMovement.objects.filter(stock_record__product=offer.product).values_list("delta_in_stock")

    def effect() -> object:
        return seen(offer, "status"), list(counted.all())

    return Click(market.farm.cadre, path(offer, "check"), effect, (("submitted",), [(300,)]))


@click("supplier/offers/<int:pk>/price/")
def change_price(market: Market) -> Click:
    offer = market.on_sale()
    tiers = PriceTier.objects.filter(stock_record=offer.stock_record).values_list("min_quantity", "price")
    data = {"price": "4.80", "bulk_min_quantity": "50", "bulk_price": "4.20"}

    def effect() -> object:
        return seen(offer, "status", "price"), list(tiers.all())

    once = (("recognised", Decimal("4.80")), [(50, Decimal("4.20"))])
    return Click(market.farm.cadre, path(offer, "price"), effect, once, data)


@click("supplier/offers/<int:pk>/stock/")
def change_stock(market: Market) -> Click:
    offer = market.on_sale()
    counted = StockMovement.objects.filter(stock_record=offer.stock_record).order_by("pk")
    changes = counted.values_list("delta_in_stock", flat=True)
    data = {"quantity": "500", "seen": "300"}
    return Click(market.farm.cadre, path(offer, "stock"), lambda: list(changes.all()), [300, 200], data)


@click("supplier/offers/<int:pk>/withdraw/")
def withdraw(market: Market) -> Click:
    offer = market.on_sale()
    return Click(market.farm.cadre, path(offer, "withdraw"), trail("unsold_offers.withdrawn", offer), 1)


@click("office/<slug:code>/offers/<int:pk>/recognise/")
def recognise(market: Market) -> Click:
    offer = market.offer(offers.submitted)
    recognitions = Recognition.objects.filter(stock_record=offer.stock_record)
    data = {
        "seen": offer.revision,
        "directory": "local",
        "valid_until": (market.today + timedelta(days=99)).isoformat(),
    }
    return Click(
        market.official, f"/office/{COUNTY}/offers/{offer.pk}/recognise/", recognitions.count, 1, data
    )


@click("office/<slug:code>/offers/<int:pk>/return/")
def send_back(market: Market) -> Click:
    offer = market.offer(offers.submitted)
    address, effect = f"/office/{COUNTY}/offers/{offer.pk}/return/", trail("unsold_offers.returned", offer)
    return Click(market.official, address, effect, 1, {"reason": "照片太暗", "seen": offer.revision})
