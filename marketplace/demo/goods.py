"""The demo's products on sale: every specialty at its county's supplier, recognised, with a photo."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from random import Random

from catalog.catalogue.models import Category
from catalog.catalogue.services import Goods
from catalog.partner.models import StockRecord
from catalog.recognition.models import Recognition
from catalog.recognition.services import Certificate
from catalog.unsold_offers import services as offers
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services import Terms
from catalog.unsold_offers.status import Status
from marketplace.accounts.models import User
from marketplace.core.periods import shanghai_day
from marketplace.demo import pictures, rows
from marketplace.demo.organisations import Seller
from marketplace.demo.rows import Specialty
from supplier_villages.regions.models import Region

Directory = Recognition.Directory
QUEUE_COUNTY = "445203"

DRAWINGS = {
    "水果": "fruit", "蔬菜": "vegetables", "水产": "seafood", "加工食品": "processed", "粮油": "grain-oil",
    "茶叶": "tea", "手工艺品": "crafts", "肉禽蛋": "meat-eggs", "调味": "seasoning",
    "干货菌菇": "dried-mushrooms", "坚果": "nuts", "蜂产品": "honey", "中药材": "other",
}  # fmt: skip


@dataclass(frozen=True)
class OnSale:
    """A stock record of the demo with what the purchases need to know of it."""

    record: StockRecord
    county_code: str
    bulk_quantity: int


def categories() -> dict[str, Category]:
    """Name → category; fresh goods need a compliance certificate."""
    fresh = {row.category for row in rows.specialties() if row.needs_certificate}
    return {name: category(name, drawing, name in fresh) for name, drawing in DRAWINGS.items()}


def category(name: str, drawing: str, needs_certificate: bool) -> Category:
    """The category of this name."""
    found = Category.objects.filter(name=name).first()
    if found:
        return found
    facts = {"drawing": drawing, "needs_compliance_certificate": needs_certificate}
    made: Category = Category.add_root(name=name, **facts)  # type: ignore[no-untyped-call]
    return made


def on_sale(
    sellers: Mapping[str, Seller],
    officers: Mapping[str, User],
    random: Random,
    start: datetime,
    now: datetime,
) -> list[OnSale]:
    """Every specialty, offered and recognised at `start`; what is there already stays as it is."""
    found = categories()
    goods = []
    for row in rows.specialties():
        seller = sellers[row.county_code]
        village, last_day = random.choice(seller.villages), day_of_end(row, random, now)
        record = known(row, seller) or listed(
            row, Listing(seller, village, found[row.category], last_day), officers[row.county_code], start
        )
        goods.append(OnSale(record, row.county_code, row.bulk_quantity))
    return goods


@dataclass(frozen=True)
class Listing:
    """Who offers a specialty, from which village, filed where, and until which day."""

    seller: Seller
    village: Region
    filed: Category
    sell_by: date


def known(row: Specialty, seller: Seller) -> StockRecord | None:
    """The specialty's stock record at the seller, if an earlier load came that far."""
    return StockRecord.objects.filter(
        partner=seller.supplier, product__title=row.title, recognised_from__isnull=False
    ).first()


def day_of_end(row: Specialty, random: Random, now: datetime) -> date:
    """The last day of sale: some days from today, as the shelf life allows."""
    return shanghai_day(now) + timedelta(days=random.randint(2, max(3, min(row.shelf_life_days, 120))))


def listed(row: Specialty, listing: Listing, officer: User, start: datetime) -> StockRecord:
    """The specialty offered by its supplier and recognised by the county's office at `start`."""
    offer = submitted(row, listing, start, quantity=row.bulk_quantity * 60)
    first = shanghai_day(start)
    certificate = Certificate(
        directory=Directory.GUANGDONG if row.county_code.startswith("44") else Directory.LOCAL,
        valid_from=first,
        valid_until=first + timedelta(days=730),
        number=f"演示{row.county_code}{offer.pk:05d}",
    )
    done = offers.recognise_offer(offer_id=offer.pk, certificate=certificate, actor=officer, now=start)
    return StockRecord.objects.get(unsold_offers=done)


def submitted(row: Specialty, listing: Listing, at: datetime, *, quantity: int) -> UnsoldOffer:
    """The specialty's offer, waiting for the county's office."""
    seller, actor = listing.seller, listing.seller.cadre
    offer = offers.start_offer(
        supplier=seller.supplier,
        village=listing.village,
        draft_key=f"demo-{row.county_code}-{row.title}-{at:%j}",
        actor=actor,
        now=at,
    )
    if offer.status != Status.DRAFT:
        return offer
    picture = pictures.picture_of(row.title)
    if picture and not offer.product.images.exists():
        offers.set_photo(offer_id=offer.pk, photo=picture, actor=actor)
    offers.save_goods(
        offer_id=offer.pk,
        goods=described(row, listing.filed),
        quantity=quantity,
        harvested_on=None,
        actor=actor,
        now=at,
    )
    terms = Terms(row.price, listing.sell_by, row.bulk_quantity, row.bulk_price)
    offers.save_terms(offer_id=offer.pk, terms=terms, actor=actor, now=at)
    return offers.submit_offer(offer_id=offer.pk, actor=actor, now=at)


def described(row: Specialty, filed: Category) -> Goods:
    """What the listing says of the specialty."""
    return Goods(
        title=row.title,
        category=filed,
        sale_unit=row.sale_unit,
        net_weight_grams=row.net_weight_grams,
        storage=row.storage,
        harvest_first_month=row.first_month,
        harvest_last_month=row.last_month,
        shelf_life_days=row.shelf_life_days,
        story="村里合作社统一收购、分拣、发货。图片为示意图，价格为演示数据。",
    )


def waiting(sellers: Mapping[str, Seller], officer: User, now: datetime) -> None:
    """New offers in 揭东's queue: some waiting for hours or days, one returned, one withdrawn."""
    found = categories()
    seller = sellers[QUEUE_COUNTY]
    wanted = [row for row in rows.specialties() if row.county_code == QUEUE_COUNTY][:6]
    for number, row in enumerate(wanted):
        at = now - timedelta(hours=7 + 13 * number)
        last_day = shanghai_day(now) + timedelta(days=3 + 2 * number)
        fresh = replace(row, title=f"{row.title}（新）")
        listing = Listing(
            seller, seller.villages[number % len(seller.villages)], found[row.category], last_day
        )
        offer = submitted(fresh, listing, at, quantity=row.bulk_quantity * 4)
        if offer.status != Status.SUBMITTED:
            continue
        if number == 4:
            offers.return_offer(offer_id=offer.pk, reason="照片看不清，请重拍一张", actor=officer, now=now)
        elif number == 5:
            offers.withdraw_offer(offer_id=offer.pk, actor=seller.cadre, now=now)
