"""One user per role, and the objects that belong to them or to somebody else.

A new kind of user: add its role here, make the user in `build`, and say in table.py what it may see.
A new kind of object: add it to `objects` under a name, and let rows of table.py take it from there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services import start_offer
from marketplace.accounts import services
from marketplace.accounts.models import User
from marketplace.basket import services as baskets
from marketplace.core.periods import shanghai_day
from marketplace.favourites import services as favourites
from marketplace.procurement.models import Payment
from marketplace.procurement.services import fulfilment, online, payments
from supplier_villages.regions.models import Region
from tests.factories import offers, trade
from tests.factories.messages import make_set_aside
from tests.factories.offices import make_office
from tests.factories.users import make_administrator, make_staff, make_user, session_of

STRANGER = "stranger"
PERSON = "person"  # an individual who belongs to no organisation
OFFICIAL = "official"  # of 揭东's office
CADRE = "cadre"  # of a supplier, as the next two
BOOKKEEPER = "bookkeeper"
SUPPLIER_HEAD = "supplier_head"
REQUESTER = "requester"  # of an institution, as the next five
APPROVER = "approver"
RECEIVER = "receiver"
FINANCE = "finance"
VIEWER = "viewer"
HEAD = "head"
STAFF = "staff"
ADMINISTRATOR = "administrator"
ROLES = (
    STRANGER, PERSON, OFFICIAL, CADRE, BOOKKEEPER, SUPPLIER_HEAD, REQUESTER, APPROVER, RECEIVER, FINANCE,
    VIEWER, HEAD, STAFF, ADMINISTRATOR,
)  # fmt: skip

EVERYBODY = frozenset(ROLES)
MEMBERS = EVERYBODY - {STRANGER}
OPERATORS = frozenset({STAFF, ADMINISTRATOR})
BUYERS = frozenset({REQUESTER, APPROVER, RECEIVER, FINANCE, VIEWER, HEAD})
SELLERS = frozenset({CADRE, BOOKKEEPER, SUPPLIER_HEAD})


@dataclass(frozen=True)
class World:
    """`users` has one user for each role but the stranger, `sessions` what a browser of theirs keeps.

    `objects` is what addresses are made of.
    """

    users: Mapping[str, User]
    sessions: Mapping[str, str]
    objects: Mapping[str, Any]


def build() -> World:
    """A small world in the test's database: an office, a supplier and an institution, and another of each."""
    administrator = make_administrator()
    users = {PERSON: make_user(), STAFF: make_staff(), ADMINISTRATOR: administrator}
    trade.land()
    own_unit, foreign_unit = trade.unit(), trade.unit("另一所中学")
    own_seller, foreign_seller = trade.seller(), trade.seller("另一家合作社")
    official = make_user("official", name="李四")
    offices = make_office("445203", official), make_office("445224", make_user("other-official"))
    somebody = make_user("somebody-else", name="王五", phone="13700137000")
    link = services.issue_password_link(user=somebody, created_by=administrator, now=timezone.now())
    users |= {OFFICIAL: official, CADRE: own_seller.cadre}
    users |= {BOOKKEEPER: own_seller.bookkeeper, SUPPLIER_HEAD: own_seller.head}
    users |= {role: getattr(own_unit, role) for role in BUYERS}
    sold = selling(own_seller, own_unit), selling(foreign_seller, foreign_unit)
    return World(
        users=users,
        sessions={role: session_of(user) for role, user in users.items()},
        objects={
            **sold[0],
            **{f"foreign_{name}": value for name, value in sold[1].items()},
            "category": trade.category().slug,
            "somebody": somebody.pk,
            "token": link.token,
            "set_aside": make_set_aside().pk,
            "office": offices[0].pk,
            "foreign_office": offices[1].pk,
            "official": official.pk,
            "waiting_offer": _waiting_offer(own_seller, official).pk,
            "supplier": own_seller.supplier.pk,
            "foreign_supplier": foreign_seller.supplier.pk,
            "cadre": own_seller.cadre.pk,
            "foreign_cadre": foreign_seller.cadre.pk,
            "institution": own_unit.institution.pk,
            "foreign_institution": foreign_unit.institution.pk,
            **shopping_of(users[PERSON], own_seller, ""),
            **shopping_of(trade.shopper(), foreign_seller, "foreign_"),
            **addresses_of(users[PERSON], own_unit, ""),
            **addresses_of(trade.shopper("neighbour"), foreign_unit, "foreign_"),
            "viewer": own_unit.viewer.pk,
            "foreign_viewer": foreign_unit.viewer.pk,
            **trade_of(own_unit, own_seller, ""),
            **trade_of(foreign_unit, foreign_seller, "foreign_"),
            # Last: what is bought above is bought through the same baskets.
            **wished_for(users[PERSON], own_unit, own_seller),
        },
    )


def selling(seller: trade.Seller, unit: trade.Unit) -> dict[str, Any]:
    """The number of an order that waits for the seller, a payment for it, and the draft of an offer."""
    now = timezone.now()
    order = trade.ordered(unit, {trade.goods(seller, now).pk: 300}, now)
    payment = payments.record_payment(
        order_id=order.pk,
        actor=unit.finance,
        direction=Payment.Direction.PAYMENT,
        amount_fen=100,
        paid_on=shanghai_day(now),
        bank_reference="B1",
        now=now,
    )
    offer = start_offer(
        supplier=seller.supplier,
        village=Region.objects.get(code=trade.VILLAGE),
        draft_key="draft",
        actor=seller.cadre,
        now=now,
    )
    return {"order": order.number, "payment": payment.pk, "offer": offer.pk}


def _waiting_offer(seller: trade.Seller, official: User) -> UnsoldOffer:
    """What the seller offers from its village, in the queue of the county's office."""
    now = timezone.now()
    village = Region.objects.get(code=trade.VILLAGE)
    scene = offers.Scene(seller.supplier, village, seller.cadre, official, trade.category())
    terms = offers.terms(sell_by=shanghai_day(now) + timedelta(days=7))
    return offers.submitted(scene, now=now, asked=terms)


def trade_of(unit: trade.Unit, seller: trade.Seller, prefix: str) -> dict[str, Any]:
    """A request that waits for a decision, and an order of which half is on its way."""
    now = timezone.now()
    record = trade.goods(seller, now)
    order = trade.ordered(unit, {record.pk: 10}, now, "delivered")
    fulfilment.confirm_order(order_id=order.pk, actor=seller.cadre, now=now)
    fulfilment.ship_order(
        order_id=order.pk,
        actor=seller.cadre,
        carrier="邮政",
        tracking_number="1",
        quantities={order.lines.get().pk: 5},
        now=now,
    )
    return {
        f"{prefix}request": trade.submitted(unit, {record.pk: 10}, now, "asked").pk,
        f"{prefix}delivery": order.number,
        f"{prefix}purchase": order.purchase.number,
        f"{prefix}product": record.product_id,
    }


def shopping_of(person: User, seller: trade.Seller, prefix: str) -> dict[str, Any]:
    """What an individual is to pay and the way to pay it, and a paid order of which half is on its way."""
    now = timezone.now()
    record = trade.goods(seller, now)
    waiting = trade.checked_out(person, {record.pk: 2}, now, "waiting")
    way = online.start_payment(request_id=waiting.pk, user=person, return_url="/account/", now=now)
    order = trade.own_purchase(person, {record.pk: 4}, now, "paid").orders.get()
    fulfilment.confirm_order(order_id=order.pk, actor=seller.cadre, now=now)
    fulfilment.ship_order(
        order_id=order.pk,
        actor=seller.cadre,
        carrier="邮政",
        tracking_number="1",
        quantities={order.lines.get().pk: 2},
        now=now,
    )
    return {
        f"{prefix}unpaid": waiting.pk,
        f"{prefix}ticket": way.split("/")[-2],
        f"{prefix}paid": order.purchase.request.pk,
        f"{prefix}own_delivery": order.number,
    }


def addresses_of(person: User, unit: trade.Unit, prefix: str) -> dict[str, Any]:
    """An address of the person's own, and one of the institution's."""
    now = timezone.now()
    return {
        f"{prefix}own_address": trade.address(person, None, now).pk,
        f"{prefix}address": trade.address(unit.requester, unit.institution, now).pk,
    }


def wished_for(person: User, unit: trade.Unit, seller: trade.Seller) -> dict[str, Any]:
    """Something in the person's basket and in the institution's; and favourites, one of which is sold out."""
    now = timezone.now()
    record, gone = trade.goods(seller, now, title="橄榄"), trade.goods(seller, now, title="笋干", available=0)
    for user, institution in ((person, None), (unit.requester, unit.institution)):
        baskets.set_quantities(user=user, institution=institution, quantities={record.pk: 3}, now=now)
    for each in (gone, record):
        favourites.mark(user=person, product_id=each.product_id)
    return {"favourite": record.product_id}
