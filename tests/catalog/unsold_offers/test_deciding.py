"""The county's queue, and what its office decides."""

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from catalog.partner.models import StockRecord
from catalog.recognition.models import Recognition
from catalog.unsold_offers import permissions, queries, services
from catalog.unsold_offers.services import InvalidOffer, WrongStatus
from catalog.unsold_offers.status import Status
from marketplace.core.periods import start_of
from tests.factories import offers
from tests.factories.goods import NOW
from tests.factories.members import join_supplier
from tests.factories.offers import CITY, COUNTY, OTHER_COUNTY, Scene
from tests.factories.recognitions import TODAY, VILLAGE, certificate

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(days=1)


@pytest.fixture
def scene() -> Scene:
    return offers.scene()


def test_a_recognised_offer_is_on_sale_to_the_end_of_its_last_day(scene: Scene) -> None:
    offer = offers.recognised(scene)
    record = StockRecord.objects.get()
    end = start_of(TODAY + 8 * DAY)
    assert (offer.status, offer.decided_at, offer.product.is_public) == (Status.RECOGNISED, NOW, False)
    offer.product.refresh_from_db()
    assert offer.product.is_public
    assert (record.offered_from, record.offered_until) == (NOW, end)
    assert list(StockRecord.objects.sellable(NOW)) == [record]
    assert list(StockRecord.objects.sellable(end - dt.timedelta(seconds=1))) == [record]
    assert list(StockRecord.objects.sellable(end)) == []
    assert Recognition.objects.get().stock_record == record


def test_a_recognition_that_ends_earlier_ends_the_sale(scene: Scene) -> None:
    offer = offers.submitted(scene)
    services.recognise_offer(
        offer_id=offer.pk, certificate=certificate(valid_until=TODAY + DAY), actor=scene.officer, now=NOW
    )
    assert StockRecord.objects.sellable(NOW).exists()
    assert not StockRecord.objects.sellable(start_of(TODAY + DAY)).exists()


def test_a_returned_offer_tells_why_and_is_submitted_again(scene: Scene) -> None:
    offer = offers.submitted(scene)
    services.return_offer(offer_id=offer.pk, reason=" 照片不清楚 ", actor=scene.officer, now=NOW)
    offer.refresh_from_db()
    assert (offer.status, offer.reason, offer.decided_at) == (Status.RETURNED, "照片不清楚", NOW)
    assert not StockRecord.objects.open(NOW).exists()
    services.save_terms(
        offer_id=offer.pk, terms=offers.terms(price=Decimal("4.80")), actor=scene.cadre, now=NOW
    )
    again = services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW + DAY)
    assert (again.status, again.reason, again.submitted_at) == (Status.SUBMITTED, "", NOW + DAY)
    assert StockRecord.objects.get().price == Decimal("4.80")


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_return_needs_a_reason(scene: Scene, reason: str) -> None:
    offer = offers.submitted(scene)
    with pytest.raises(InvalidOffer) as refused:
        services.return_offer(offer_id=offer.pk, reason=reason, actor=scene.officer, now=NOW)
    assert list(refused.value.errors) == ["reason"]
    offer.refresh_from_db()
    assert offer.status == Status.SUBMITTED


@pytest.mark.parametrize("region", [OTHER_COUNTY, CITY, "445203001"])
def test_only_the_countys_own_office_decides(scene: Scene, region: str) -> None:
    offer = offers.submitted(scene)
    other = offers.officer(region, "other")
    for work in (
        lambda: services.recognise_offer(offer_id=offer.pk, certificate=certificate(), actor=other, now=NOW),
        lambda: services.return_offer(offer_id=offer.pk, reason="no", actor=other, now=NOW),
    ):
        with pytest.raises(PermissionDenied):
            work()
    offer.refresh_from_db()
    assert offer.status == Status.SUBMITTED
    assert not Recognition.objects.exists()


def test_nobody_recognises_what_they_offer_themselves(scene: Scene) -> None:
    offer = offers.submitted(scene)
    join_supplier(scene.supplier, scene.officer)
    assert not permissions.can_decide(scene.officer, offer)


def test_the_cadre_cannot_recognise(scene: Scene) -> None:
    offer = offers.submitted(scene)
    with pytest.raises(PermissionDenied):
        services.recognise_offer(offer_id=offer.pk, certificate=certificate(), actor=scene.cadre, now=NOW)


def test_an_offer_is_decided_once(scene: Scene) -> None:
    offer = offers.recognised(scene)
    with pytest.raises(WrongStatus) as refused:
        services.return_offer(offer_id=offer.pk, reason="late", actor=scene.officer, now=NOW)
    assert refused.value.status == Status.RECOGNISED
    with pytest.raises(WrongStatus):
        services.recognise_offer(offer_id=offer.pk, certificate=certificate(), actor=scene.officer, now=NOW)
    assert Recognition.objects.count() == 1


def test_nobody_decides_on_what_they_have_not_seen(scene: Scene) -> None:
    offer = offers.submitted(scene)
    seen = offer.revision
    services.change_price(offer_id=offer.pk, price=Decimal("50.00"), tiers=[], actor=scene.cadre, now=NOW)
    for decide in (
        partial(services.recognise_offer, certificate=certificate()),
        partial(services.return_offer, reason="太贵"),
    ):
        with pytest.raises(InvalidOffer) as refused:
            decide(offer_id=offer.pk, seen=seen, actor=scene.officer, now=NOW)
        assert refused.value.seen == seen + 1
    assert not Recognition.objects.exists()
    services.recognise_offer(
        offer_id=offer.pk, certificate=certificate(), seen=seen + 1, actor=scene.officer, now=NOW
    )
    assert Recognition.objects.get().recognised_price == Decimal("50.00")


def test_an_offer_that_came_back_changed_is_another_one(scene: Scene) -> None:
    offer = offers.submitted(scene)
    services.return_offer(offer_id=offer.pk, reason="照片不清楚", actor=scene.officer, now=NOW)
    services.submit_offer(offer_id=offer.pk, actor=scene.cadre, now=NOW)
    with pytest.raises(InvalidOffer):
        services.recognise_offer(
            offer_id=offer.pk,
            certificate=certificate(),
            seen=offer.revision,
            actor=scene.officer,
            now=NOW,
        )


def test_what_has_passed_is_not_recognised(scene: Scene) -> None:
    offer = offers.submitted(scene)
    late = NOW + 8 * DAY
    with pytest.raises(InvalidOffer) as refused:
        services.recognise_offer(
            offer_id=offer.pk,
            certificate=certificate(valid_from=TODAY, valid_until=TODAY + 99 * DAY),
            actor=scene.officer,
            now=late,
        )
    assert list(refused.value.errors) == ["sell_by"]


def test_a_certificate_that_has_run_out_changes_nothing(scene: Scene) -> None:
    offer = offers.submitted(scene)
    with pytest.raises(InvalidOffer) as refused:
        services.recognise_offer(
            offer_id=offer.pk, certificate=certificate(valid_until=TODAY), actor=scene.officer, now=NOW
        )
    assert list(refused.value.errors) == ["valid_until"]
    assert not StockRecord.objects.open(NOW).exists()


def test_the_queue_begins_with_what_spoils_first(scene: Scene) -> None:
    later = offers.submitted(scene, asked=offers.terms(sell_by=TODAY + 20 * DAY))
    sooner = offers.submitted(scene, asked=offers.terms(sell_by=TODAY + 5 * DAY))
    harvested = offers.submitted(
        scene, asked=offers.terms(sell_by=TODAY + 20 * DAY), harvested_on=TODAY - 8 * DAY
    )
    offers.filled(scene)
    offers.recognised(scene)
    rows = queries.queue(region_code=COUNTY, now=NOW + dt.timedelta(hours=26))
    assert [row.offer for row in rows] == [harvested, sooner, later]
    assert [row.days_left for row in rows] == [1, 4, 19]
    assert {row.waiting_hours for row in rows} == {26}


@pytest.mark.parametrize(
    ("region", "expected"),
    [("440000", 1), (CITY, 1), (COUNTY, 1), ("445203001", 1), (VILLAGE, 1), (OTHER_COUNTY, 0)],
)
def test_a_queue_holds_what_lies_in_its_region(scene: Scene, region: str, expected: int) -> None:
    offers.submitted(scene)
    assert len(queries.queue(region_code=region, now=NOW)) == expected


@pytest.mark.parametrize("count", [1, 20])
def test_the_queue_costs_the_same_whatever_its_length(
    scene: Scene, django_assert_num_queries: Any, count: int
) -> None:
    for _ in range(count):
        offers.submitted(scene)
    with django_assert_num_queries(3):
        rows = queries.queue(region_code=COUNTY, now=NOW)
        for row in rows:
            _touched = (
                row.offer.supplier.name,
                row.offer.village.name,
                list(row.offer.product.images.all()),
                list(row.offer.product.categories.all()),
                row.offer.stock_record and row.offer.stock_record.price,
            )
    assert len(rows) == count
