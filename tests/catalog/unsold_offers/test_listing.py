"""From the first step on the phone to the county's queue."""

import datetime as dt
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image
from pytest_django import Settings

from catalog.catalogue.models import Product
from catalog.catalogue.photos import render_photo
from catalog.catalogue.units import SaleUnit
from catalog.partner import services as partner
from catalog.partner.models import PriceTier, StockRecord
from catalog.unsold_offers import queries, services
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services import InvalidOffer, WrongStatus
from catalog.unsold_offers.status import Status
from marketplace.core.audit.models import AuditEntry
from supplier_villages.regions.models import Region
from tests.factories import goods, offers
from tests.factories.goods import NOW
from tests.factories.members import join_supplier
from tests.factories.offers import OTHER_VILLAGE, Scene
from tests.factories.recognitions import TODAY, VILLAGE
from tests.factories.users import make_user, operator

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def scene() -> Scene:
    return offers.scene()


def photo() -> BytesIO:
    target = BytesIO()
    Image.new("RGB", (1000, 800), "green").save(target, "JPEG")
    target.seek(0)
    return target


def test_three_steps_bring_an_offer_into_the_queue_and_not_on_sale(
    scene: Scene, tmp_path: Path, settings: Settings
) -> None:
    settings.MEDIA_ROOT = tmp_path
    offer = offers.draft(scene)
    services.set_photo(offer_id=offer.pk, photo=render_photo(photo()), actor=scene.cadre)
    services.save_goods(
        offer_id=offer.pk,
        goods=offers.bamboo(scene.category, story="山里的笋"),
        quantity=300,
        harvested_on=TODAY,
        actor=scene.cadre,
        now=NOW,
    )
    services.save_terms(offer_id=offer.pk, terms=offers.terms(), actor=scene.cadre, now=NOW)
    done = services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW)

    assert (done.status, done.submitted_at) == (Status.SUBMITTED, NOW)
    record = StockRecord.objects.get()
    assert (record.product, record.partner) == (done.product, scene.supplier)
    assert (record.price, record.num_in_stock, record.num_allocated) == (Decimal("5.00"), 300, 0)
    assert list(PriceTier.objects.values_list("min_quantity", "price")) == [(100, Decimal("4.50"))]
    assert not record.is_open(NOW)
    product = Product.objects.get()
    assert (product.title, product.description, product.is_public) == ("竹笋", "山里的笋", False)
    assert (product.origin_village_id, product.net_weight_grams) == (VILLAGE, 500)
    assert product.images.count() == 1
    actions = AuditEntry.objects.filter(object_type="unsold_offers.unsoldoffer").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "unsold_offers.started",
        "unsold_offers.goods_saved",
        "unsold_offers.terms_saved",
        "unsold_offers.submitted",
    ]


def test_the_same_draft_key_begins_one_offer(scene: Scene) -> None:
    first, second = (
        services.start_offer(
            supplier=scene.supplier, village=scene.village, draft_key="phone-1", actor=scene.cadre, now=NOW
        )
        for _ in range(2)
    )
    assert first == second
    assert Product.objects.count() == 1


def test_submitting_twice_is_submitting_once(scene: Scene) -> None:
    offer = offers.submitted(scene)
    again = services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW + DAY)
    assert again.submitted_at == NOW
    assert AuditEntry.objects.filter(action="unsold_offers.submitted").count() == 1


def test_nobody_lists_for_a_village_that_is_not_the_suppliers_own(scene: Scene) -> None:
    other = Region.objects.get(code=OTHER_VILLAGE)
    with pytest.raises(PermissionDenied):
        services.start_offer(
            supplier=scene.supplier, village=other, draft_key="d", actor=scene.cadre, now=NOW
        )
    assert not UnsoldOffer.objects.exists()
    assert not Product.objects.exists()


def test_a_village_taken_away_meanwhile_stops_the_submission(scene: Scene) -> None:
    offer = offers.filled(scene)
    partner.remove_village(supplier=scene.supplier, village=scene.village)
    with pytest.raises(PermissionDenied):
        services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW)
    offer.refresh_from_db()
    assert offer.status == Status.DRAFT
    assert not StockRecord.objects.exists()


def test_another_suppliers_cadre_can_neither_see_nor_change_an_offer(scene: Scene) -> None:
    offer = offers.filled(scene)
    stranger = make_user("stranger")
    other = goods.supplier("别家")
    join_supplier(other, stranger)
    with pytest.raises(PermissionDenied):
        services.save_terms(
            offer_id=offer.pk, terms=offers.terms(price=Decimal("1.00")), actor=stranger, now=NOW
        )
    with pytest.raises(PermissionDenied):
        services.submit_offer(offer_id=offer.pk, actor=stranger, now=NOW)
    with pytest.raises(PermissionDenied):
        services.withdraw_offer(offer_id=offer.pk, actor=stranger, now=NOW)
    assert list(queries.offers_of(user=stranger, supplier_id=scene.supplier.pk)) == []
    assert list(queries.offers_of(user=scene.cadre, supplier_id=scene.supplier.pk)) == [offer]
    offer.refresh_from_db()
    assert (offer.status, offer.price) == (Status.DRAFT, Decimal("5.00"))


def test_a_member_who_has_left_lists_no_more(scene: Scene) -> None:
    partner.remove_member(supplier=scene.supplier, user=scene.cadre, actor=operator())
    with pytest.raises(PermissionDenied):
        offers.draft(scene)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "笋" * 41}, "title"),
        ({"net_weight_grams": 0}, "net_weight_grams"),
        ({"net_weight_grams": 400}, "net_weight_grams"),
        ({"sale_unit": SaleUnit.BOX, "net_weight_grams": 10**30}, "net_weight_grams"),
        ({"harvest_first_month": 3}, "harvest_first_month"),
        ({"harvest_first_month": 0, "harvest_last_month": 4}, "harvest_first_month"),
        ({"shelf_life_days": 0}, "shelf_life_days"),
    ],
)
def test_goods_that_make_no_sense_are_refused_with_their_field(
    scene: Scene, changes: dict[str, object], field: str
) -> None:
    offer = offers.draft(scene)
    with pytest.raises(InvalidOffer) as refused:
        services.save_goods(
            offer_id=offer.pk,
            goods=offers.bamboo(scene.category, **changes),
            quantity=1,
            harvested_on=None,
            actor=scene.cadre,
            now=NOW,
        )
    assert list(refused.value.errors) == [field]
    assert Product.objects.get().title == ""


@pytest.mark.parametrize("quantity", [0, -1, 1.5, 10**30, "300"])
def test_a_quantity_is_a_whole_number_from_one_on(scene: Scene, quantity: object) -> None:
    offer = offers.draft(scene)
    with pytest.raises(InvalidOffer) as refused:
        services.save_goods(
            offer_id=offer.pk,
            goods=offers.bamboo(scene.category),
            quantity=quantity,  # type: ignore[arg-type]
            harvested_on=None,
            actor=scene.cadre,
            now=NOW,
        )
    assert list(refused.value.errors) == ["quantity"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"price": Decimal(0)}, "price"),
        ({"price": Decimal("5.001")}, "price"),
        ({"sell_by": TODAY - DAY}, "sell_by"),
        ({"sell_by": TODAY + 1001 * DAY}, "sell_by"),
        ({"bulk_price": Decimal("5.00")}, "bulk_price"),
        ({"bulk_price": None}, "bulk_price"),
        ({"bulk_min_quantity": 1}, "bulk_price"),
    ],
)
def test_terms_that_make_no_sense_are_refused_with_their_field(
    scene: Scene, changes: dict[str, object], field: str
) -> None:
    offer = offers.draft(scene)
    with pytest.raises(InvalidOffer) as refused:
        services.save_terms(offer_id=offer.pk, terms=offers.terms(**changes), actor=scene.cadre, now=NOW)
    assert list(refused.value.errors) == [field]
    offer.refresh_from_db()
    assert offer.price is None


def test_today_is_the_earliest_last_day_of_sale(scene: Scene) -> None:
    offer = offers.filled(scene, asked=offers.terms(sell_by=TODAY))
    assert offer.sell_by == TODAY


def test_an_offer_names_everything_that_is_missing(scene: Scene) -> None:
    offer = offers.draft(scene)
    with pytest.raises(InvalidOffer) as refused:
        services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW)
    assert sorted(refused.value.errors) == ["net_weight_grams", "price", "quantity", "sell_by", "title"]


def test_a_draft_whose_last_day_has_passed_is_not_submitted(scene: Scene) -> None:
    offer = offers.filled(scene)
    with pytest.raises(InvalidOffer) as refused:
        services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW + 8 * DAY)
    assert list(refused.value.errors) == ["sell_by"]


def test_what_is_submitted_is_no_longer_edited(scene: Scene) -> None:
    offer = offers.submitted(scene)
    with pytest.raises(WrongStatus) as refused:
        services.save_terms(offer_id=offer.pk, terms=offers.terms(), actor=scene.cadre, now=NOW)
    assert refused.value.status == Status.SUBMITTED


def test_a_product_that_was_on_sale_is_offered_again_on_its_own_stock_record(scene: Scene) -> None:
    first = offers.recognised(scene)
    services.withdraw_offer(offer_id=first.pk, actor=scene.cadre, now=NOW)
    again = services.start_offer(
        supplier=scene.supplier,
        village=scene.village,
        draft_key="next-season",
        actor=scene.cadre,
        now=NOW,
        product=first.product,
    )
    step = {"offer_id": again.pk, "actor": scene.cadre, "now": NOW}
    services.save_goods(goods=offers.bamboo(scene.category), quantity=50, harvested_on=None, **step)  # type: ignore[arg-type]
    services.save_terms(terms=offers.terms(price=Decimal("6.00")), **step)  # type: ignore[arg-type]
    done = services.submit_offer(**step)  # type: ignore[arg-type]
    assert done.stock_record == first.stock_record
    record = StockRecord.objects.get()
    assert (record.price, record.net_stock_level) == (Decimal("6.00"), 50)


def test_a_suppliers_product_is_offered_by_nobody_else(scene: Scene) -> None:
    other = goods.product("别家的笋", origin_village=scene.village)
    with pytest.raises(PermissionDenied):
        services.start_offer(
            supplier=scene.supplier,
            village=scene.village,
            draft_key="x",
            actor=scene.cadre,
            now=NOW,
            product=other,
        )
