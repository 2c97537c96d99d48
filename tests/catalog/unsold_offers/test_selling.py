"""Price and stock in two taps, withdrawal, expiry."""

import datetime as dt
from decimal import Decimal

import pytest

from catalog.partner import services as partner
from catalog.partner.models import StockRecord
from catalog.partner.services import Tier
from catalog.recognition.models import Recognition
from catalog.unsold_offers import services
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services import InvalidOffer, WrongStatus
from catalog.unsold_offers.status import Status
from marketplace.core.audit.models import AuditEntry
from marketplace.core.periods import start_of
from tests.factories import offers
from tests.factories.goods import NOW
from tests.factories.offers import Scene
from tests.factories.recognitions import TODAY, certificate

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def scene() -> Scene:
    return offers.scene()


def test_stock_is_changed_beside_what_is_sold(scene: Scene) -> None:
    offer = offers.recognised(scene)
    record = StockRecord.objects.get()
    partner.reserve(source_key="order:1", lines={record.pk: 40}, expires_at=None, now=NOW)
    services.change_stock(offer_id=offer.pk, available=10, seen=260, actor=scene.cadre, now=NOW)
    record.refresh_from_db()
    assert (record.num_in_stock, record.num_allocated) == (50, 40)


def sold(scene: Scene, quantity: int) -> UnsoldOffer:
    """An offer of 300, of which so many were sold, back with its supplier because its price was raised."""
    offer = offers.recognised(scene)
    lines = {StockRecord.objects.get().pk: quantity}
    partner.reserve(source_key="order:1", lines=lines, expires_at=None, now=NOW)
    partner.ship(source_key="order:1", lines=lines, now=NOW)
    services.change_price(offer_id=offer.pk, price=Decimal("6.00"), tiers=[], actor=scene.cadre, now=NOW)
    return services.return_offer(offer_id=offer.pk, reason="太贵", actor=scene.officer, now=NOW)


def described(scene: Scene, offer: UnsoldOffer, quantity: int, seen: int | None) -> UnsoldOffer:
    """The offer after step 2 was gone through again."""
    return services.save_goods(
        offer_id=offer.pk,
        goods=offers.bamboo(scene.category),
        quantity=quantity,
        harvested_on=None,
        seen=seen,
        actor=scene.cadre,
        now=NOW,
    )


def test_what_is_handed_in_again_has_what_is_left(scene: Scene) -> None:
    offer = sold(scene, 200)
    assert (offer.quantity, offer.available) == (300, 100)
    services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW)
    services.recognise_offer(offer_id=offer.pk, certificate=certificate(), actor=scene.officer, now=NOW)
    assert StockRecord.objects.sellable(NOW).get().net_stock_level == 100


def test_what_was_counted_while_it_waited_stays_counted(scene: Scene) -> None:
    offer = offers.submitted(scene)
    services.change_stock(offer_id=offer.pk, available=120, seen=300, actor=scene.cadre, now=NOW)
    services.return_offer(offer_id=offer.pk, reason="照片太暗", actor=scene.officer, now=NOW)
    services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW)
    assert StockRecord.objects.get().net_stock_level == 120


def test_nothing_is_handed_in_again_that_is_sold_out(scene: Scene) -> None:
    offer = sold(scene, 300)
    with pytest.raises(InvalidOffer) as refused:
        services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW)
    assert list(refused.value.errors) == ["quantity"]
    described(scene, offer, 50, seen=0)
    again = services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW)
    assert (again.quantity, again.available) == (50, 50)


@pytest.mark.parametrize("seen", [300, None])
def test_a_step_from_before_the_sale_brings_nothing_back(scene: Scene, seen: int | None) -> None:
    offer = sold(scene, 200)
    with pytest.raises(InvalidOffer) as refused:
        described(scene, offer, 310, seen)
    assert (list(refused.value.errors), refused.value.seen) == (["quantity"], 100)
    assert StockRecord.objects.get().net_stock_level == 100


@pytest.mark.parametrize("price", ["4.00", "5.00"])
def test_a_price_up_to_the_recognised_one_stays_on_sale(scene: Scene, price: str) -> None:
    offer = offers.recognised(scene)
    services.change_price(offer_id=offer.pk, price=Decimal(price), tiers=[], actor=scene.cadre, now=NOW)
    record = StockRecord.objects.sellable(NOW).get()
    assert record.price == Decimal(price)
    assert not record.tiers.exists()
    offer.refresh_from_db()
    assert (offer.status, offer.price, offer.bulk_price) == (Status.RECOGNISED, Decimal(price), None)


def test_a_price_above_the_recognised_one_goes_back_to_the_queue(scene: Scene) -> None:
    offer = offers.recognised(scene)
    later = NOW + DAY
    services.change_price(
        offer_id=offer.pk,
        price=Decimal("5.01"),
        tiers=[Tier(100, Decimal("4.90"))],
        actor=scene.cadre,
        now=later,
    )
    offer.refresh_from_db()
    assert (offer.status, offer.submitted_at, offer.decided_at) == (Status.SUBMITTED, later, None)
    assert (offer.price, offer.bulk_price) == (Decimal("5.01"), Decimal("4.90"))
    assert not StockRecord.objects.open(later).exists()
    assert Recognition.objects.get().revocation_reason == "price raised"
    services.recognise_offer(offer_id=offer.pk, certificate=certificate(), actor=scene.officer, now=later)
    assert StockRecord.objects.sellable(later).get().price == Decimal("5.01")


def test_a_price_lowered_and_raised_again_up_to_the_recognised_one_stays_on_sale(scene: Scene) -> None:
    offer = offers.recognised(scene)
    for price in ("3.00", "5.00"):
        services.change_price(offer_id=offer.pk, price=Decimal(price), tiers=[], actor=scene.cadre, now=NOW)
    assert StockRecord.objects.sellable(NOW).exists()


def test_a_price_that_makes_no_sense_changes_nothing(scene: Scene) -> None:
    offer = offers.recognised(scene)
    with pytest.raises(InvalidOffer) as refused:
        services.change_price(offer_id=offer.pk, price=Decimal(0), tiers=[], actor=scene.cadre, now=NOW)
    assert list(refused.value.errors) == ["price"]
    assert StockRecord.objects.sellable(NOW).get().price == Decimal("5.00")


@pytest.mark.parametrize("available", [-1, 10**30])
def test_a_stock_that_makes_no_sense_changes_nothing(scene: Scene, available: int) -> None:
    offer = offers.recognised(scene)
    with pytest.raises(InvalidOffer) as refused:
        services.change_stock(offer_id=offer.pk, available=available, seen=300, actor=scene.cadre, now=NOW)
    assert list(refused.value.errors) == ["quantity"]


def test_a_withdrawn_offer_is_off_sale_at_once_and_keeps_its_orders(scene: Scene) -> None:
    offer = offers.recognised(scene)
    record = StockRecord.objects.get()
    partner.reserve(source_key="order:1", lines={record.pk: 40}, expires_at=None, now=NOW)
    for _ in range(2):
        services.withdraw_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW)
    record.refresh_from_db()
    assert not record.is_open(NOW)
    assert record.num_allocated == 40
    partner.ship(source_key="order:1", lines={record.pk: 40}, now=NOW)
    assert AuditEntry.objects.filter(action="unsold_offers.withdrawn").count() == 1
    with pytest.raises(WrongStatus):
        services.change_stock(offer_id=offer.pk, available=1, seen=260, actor=scene.cadre, now=NOW)


def test_offers_expire_by_themselves_after_their_last_day(scene: Scene) -> None:
    on_sale = offers.recognised(scene)
    waiting = offers.submitted(scene)
    draft = offers.filled(scene)
    longer = offers.recognised(scene, asked=offers.terms(sell_by=TODAY + 30 * DAY))
    end = start_of(TODAY + 8 * DAY)
    assert services.expire_offers(now=end - dt.timedelta(seconds=1)) == 0
    assert services.expire_offers(now=end) == 2
    assert services.expire_offers(now=end) == 0
    for offer, status in (
        (on_sale, Status.EXPIRED),
        (waiting, Status.EXPIRED),
        (draft, Status.DRAFT),
        (longer, Status.RECOGNISED),
    ):
        offer.refresh_from_db()
        assert offer.status == status
    assert list(StockRecord.objects.sellable(end)) == [longer.stock_record]


def test_an_expired_offer_is_not_withdrawn(scene: Scene) -> None:
    offer = offers.recognised(scene)
    services.expire_offers(now=NOW + 8 * DAY)
    with pytest.raises(WrongStatus):
        services.withdraw_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW + 8 * DAY)
