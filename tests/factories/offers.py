"""A village with its supplier, cadre and county office, and offers in a given state."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from catalog.catalogue.models import Category
from catalog.catalogue.services import Goods
from catalog.catalogue.units import SaleUnit
from catalog.partner import services as partner
from catalog.partner.models import Partner, SupplierVillage
from catalog.unsold_offers import services
from catalog.unsold_offers.models import UnsoldOffer
from marketplace.accounts.models import User
from supplier_villages.regions.models import Region
from tests.factories import goods, regions
from tests.factories.goods import NOW
from tests.factories.members import join_supplier
from tests.factories.offices import make_office
from tests.factories.recognitions import TODAY, VILLAGE, certificate
from tests.factories.users import make_user

OTHER_VILLAGE = "445203001204"
COUNTY, CITY, OTHER_COUNTY = "445203", "445200", "445202"

_keys = count(1)


@dataclass(frozen=True)
class Scene:
    """港美村: the supplier that sells for it, its cadre, and who decides in the county's office."""

    supplier: Partner
    village: Region
    cadre: User
    officer: User
    category: Category


def officer(region_code: str, username: str) -> User:
    """Who works in the office of a region, which is made."""
    user = make_user(username)
    make_office(region_code, user)
    return user


def scene() -> Scene:
    """An admitted supplier with one village and one cadre, and the county's office with one officer."""
    regions.jieyang()
    decider = officer(COUNTY, "officer")
    cadre = make_user("cadre")
    supplier = goods.supplier()
    partner.admit_supplier(supplier=supplier, actor=decider, now=NOW)
    join_supplier(supplier, cadre)
    SupplierVillage.objects.create(partner=supplier, village_id=VILLAGE)
    return Scene(
        supplier, Region.objects.get(code=VILLAGE), cadre, decider, Category.add_root(name="蔬菜", slug="v")
    )


def bamboo(category: Category, **changes: object) -> Goods:
    """竹笋 by the 斤, good for ten days."""
    values = {
        "title": "竹笋",
        "category": category,
        "sale_unit": SaleUnit.JIN,
        "net_weight_grams": 500,
        "shelf_life_days": 10,
        **changes,
    }
    return Goods(**values)  # type: ignore[arg-type]


def terms(**changes: object) -> services.Terms:
    """5.00, from 100 on 4.50, on sale for the next eight days."""
    values = {
        "price": Decimal("5.00"),
        "sell_by": TODAY + dt.timedelta(days=7),
        "bulk_min_quantity": 100,
        "bulk_price": Decimal("4.50"),
        **changes,
    }
    return services.Terms(**values)  # type: ignore[arg-type]


def draft(scene: Scene, *, now: dt.datetime = NOW) -> UnsoldOffer:
    """An empty draft."""
    return services.start_offer(
        supplier=scene.supplier,
        village=scene.village,
        draft_key=f"d{next(_keys)}",
        actor=scene.cadre,
        now=now,
    )


def filled(
    scene: Scene,
    *,
    quantity: int = 300,
    harvested_on: dt.date | None = None,
    asked: services.Terms | None = None,
    now: dt.datetime = NOW,
    **changes: object,
) -> UnsoldOffer:
    """A draft of 300 斤 with all three steps done."""
    offer = draft(scene, now=now)
    services.save_goods(
        offer_id=offer.pk,
        goods=bamboo(scene.category, **changes),
        quantity=quantity,
        harvested_on=harvested_on,
        actor=scene.cadre,
        now=now,
    )
    return services.save_terms(offer_id=offer.pk, terms=asked or terms(), actor=scene.cadre, now=now)


def submitted(scene: Scene, *, now: dt.datetime = NOW, **changes: object) -> UnsoldOffer:
    """An offer in the county's queue."""
    offer = filled(scene, now=now, **changes)  # type: ignore[arg-type]
    return services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=now)


def recognised(scene: Scene, *, now: dt.datetime = NOW, **changes: object) -> UnsoldOffer:
    """An offer on sale."""
    offer = submitted(scene, now=now, **changes)
    return services.recognise_offer(
        offer_id=offer.pk, certificate=certificate(), actor=scene.officer, now=now
    )
