"""A small market: suppliers with goods on sale, and an institution with people in every role."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal

from catalog.catalogue.models import Category, Product, ProductClass
from catalog.partner import services as stock
from catalog.partner.models import Partner, StockRecord, SupplierVillage
from marketplace.accounts.models import User
from marketplace.basket import services as baskets
from marketplace.institutions.models import Institution
from marketplace.order.models import Order, Purchase
from marketplace.procurement.gateways import Paid
from marketplace.procurement.models import DeliveryAddress, OnlinePayment, PurchaseRequest
from marketplace.procurement.services import addresses, online, placing, requests
from marketplace.procurement.services.delivery import Delivery, Destination
from tests.factories import regions, users
from tests.factories.members import Role, SupplierRole, join_institution, join_supplier

VILLAGE = "445203001204"


@dataclass(frozen=True)
class Unit:
    """An institution and one person per role."""

    institution: Institution
    requester: User
    approver: User
    receiver: User
    finance: User
    viewer: User
    head: User


@dataclass(frozen=True)
class Seller:
    """A supplier and one person per role."""

    supplier: Partner
    cadre: User
    bookkeeper: User
    head: User


def unit(name: str = "示范市第一中学") -> Unit:
    """An institution in 揭阳 with one person in each role."""
    institution = Institution.objects.create(name=name, kind=Institution.Kind.BUDGET_UNIT, region_id="445200")
    people = {}
    for role in Role:
        user = users.make_user(
            f"{role.value}-{institution.pk}", email=f"{role.value}-{institution.pk}@example.com"
        )
        people[role.value] = join_institution(institution, user, role)
    return Unit(institution, **people)


def seller(name: str = "埔田竹笋专业合作社", *, flat_freight: str = "0.00") -> Seller:
    """An admitted supplier that may list for 圩埔村, with one person in each role; mails reach the cadre."""
    supplier = Partner.objects.create(
        name=name,
        region_id="445203",
        flat_freight=Decimal(flat_freight),
        admitted_at=datetime.fromisoformat("2020-01-01T00:00:00+08:00"),
        admitted_by=users.operator(),
    )
    SupplierVillage.objects.create(partner=supplier, village_id=VILLAGE)
    people = {}
    for role in SupplierRole:
        name = f"supplier-{role.value}-{supplier.pk}"
        email = f"{name}@example.com" if role == SupplierRole.CADRE else None
        people[role.value] = join_supplier(supplier, users.make_user(name, email=email), role)
    return Seller(supplier, **people)


def category(name: str = "蔬菜", *, needs_certificate: bool = False) -> Category:
    """A top-level category."""
    found = Category.objects.filter(name=name).first()
    return found or Category.add_root(name=name, needs_compliance_certificate=needs_certificate)  # type: ignore[no-untyped-call]


def goods(
    by: Seller,
    now: datetime,
    *,
    title: str = "埔田竹笋",
    price: str = "4.00",
    tiers: tuple[tuple[int, str], ...] = ((200, "3.50"),),
    available: int = 1000,
    kind: Category | None = None,
    village: str = VILLAGE,
) -> StockRecord:
    """A product of the seller, 500 g a unit, on sale for 30 days from `now`."""
    product_class, _ = ProductClass.objects.get_or_create(name="农产品")
    product = Product.objects.create(
        title=title,
        slug=f"p-{Product.objects.count()}",
        product_class=product_class,
        origin_village_id=village,
        net_weight_grams=500,
    )
    product.categories.add(kind or category())
    record = stock.open_stock(
        product=product,
        supplier=by.supplier,
        price=Decimal(price),
        tiers=[stock.Tier(quantity, Decimal(tier)) for quantity, tier in tiers],
        now=now,
        actor=by.cadre,
    )
    stock.set_stock(stock_record=record, available=available, now=now, actor=by.cadre)
    record.recognised_from = record.offered_from = now
    record.recognised_until = record.offered_until = now + timedelta(days=30)
    record.save(update_fields=["recognised_from", "recognised_until", "offered_from", "offered_until"])
    record.refresh_from_db()
    return record


def delivery() -> Delivery:
    """Where the demo school wants its goods."""
    return Delivery(
        purpose="食堂采购",
        recipient="李明",
        recipient_phone="13800138000",
        delivery_region_id="445202",
        delivery_address="黄岐山大道1号",
    )


def address(by: User, institution: Institution | None, now: datetime, **changes: str) -> DeliveryAddress:
    """An address in the institution's book, or (None) in the person's own: 黄岐山大道1号 unless changed."""
    place = {name: value for name, value in vars(delivery()).items() if name not in ("purpose", "wanted_on")}
    return addresses.save_address(
        actor=by, institution=institution, destination=Destination(**place | changes), is_default=False,
        now=now,
    )  # fmt: skip


def own_delivery() -> Delivery:
    """Where an individual wants their goods; what for is their own affair."""
    return replace(delivery(), purpose="")


def submitted(
    by: Unit, quantities: dict[int, int], now: datetime, key: str = "k1", to: Delivery | None = None
) -> PurchaseRequest:
    """A request for these sale units of these stock records, through the basket."""
    baskets.set_quantities(user=by.requester, institution=by.institution, quantities=quantities, now=now)
    return requests.submit_request(
        user=by.requester, institution=by.institution, key=key, delivery=to or delivery(), now=now
    )


def bought(by: Unit, quantities: dict[int, int], now: datetime, key: str = "k1") -> Purchase:
    """An approved purchase of these sale units."""
    request = submitted(by, quantities, now, key)
    return placing.approve_request(request_id=request.pk, approver=by.approver, now=now)


def ordered(by: Unit, quantities: dict[int, int], now: datetime, key: str = "k1") -> Order:
    """The one order of a purchase from one supplier."""
    return bought(by, quantities, now, key).orders.get()


def shopper(username: str = "shopper", *, name: str = "黄敏") -> User:
    """An individual who buys for themselves."""
    return users.make_user(username, name=name, email=f"{username}@example.com")


def checked_out(by: User, quantities: dict[int, int], now: datetime, key: str = "k1") -> PurchaseRequest:
    """What an individual is to pay: these sale units, through their own basket."""
    baskets.set_quantities(user=by, institution=None, quantities=quantities, now=now)
    return requests.check_out(user=by, key=key, delivery=own_delivery(), now=now)


def paid(request: PurchaseRequest, now: datetime, *, transaction: str = "T1", fen: int = 0) -> OnlinePayment:
    """What became of a payment for the request: of what it comes to, or of another amount."""
    said = Paid(online.reference_of(request), transaction, fen or request.total_fen)
    return online.take_payment(gateway="sandbox", paid=said, now=now)


def own_purchase(by: User, quantities: dict[int, int], now: datetime, key: str = "k1") -> Purchase:
    """An individual's paid purchase of these sale units."""
    request = checked_out(by, quantities, now, key)
    paid(request, now, transaction=f"T-{by.pk}-{key}")
    request.refresh_from_db()
    assert request.purchase is not None
    return request.purchase


def land() -> None:
    """The regions that all of this lies in."""
    regions.jieyang()
