"""Delivery addresses: whose they are, the one to begin with, their limit, and what they leave alone."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from marketplace.institutions.models import Institution
from marketplace.procurement.address_books import book_of
from marketplace.procurement.models import DeliveryAddress
from marketplace.procurement.services import addresses
from marketplace.procurement.services.delivery import Destination, InvalidDelivery
from tests.factories import trade

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(db: None) -> trade.Unit:
    trade.land()
    return trade.unit()


def streets(user: User, institution: Institution | None = None) -> list[tuple[str, bool]]:
    """The book's addresses in their order, and which forms begin with."""
    return [(each.delivery_address, each.is_default) for each in book_of(user, institution)]


def to(street: str, region: str = "445202") -> Destination:
    return Destination("李明", "13800138000", region, street)


def test_the_first_is_the_default_until_another_is(school: trade.Unit) -> None:
    user = trade.shopper()
    first = trade.address(user, None, NOW, delivery_address="一")
    second = trade.address(user, None, NOW, delivery_address="二")
    trade.address(user, None, NOW, delivery_address="三")
    assert streets(user) == [("一", True), ("三", False), ("二", False)]
    addresses.make_default(actor=user, institution=None, address_id=second.pk)
    assert streets(user) == [("二", True), ("三", False), ("一", False)]
    addresses.delete_address(actor=user, institution=None, address_id=second.pk)
    assert streets(user) == [("三", True), ("一", False)]
    who = {"actor": user, "institution": None, "address_id": first.pk}
    addresses.change_address(**who, destination=to("一号"), is_default=True, now=NOW)
    assert streets(user) == [("一号", True), ("三", False)]


def test_the_same_address_is_kept_once(school: trade.Unit) -> None:
    user = trade.shopper()
    first = trade.address(user, None, NOW, delivery_address="一")
    second = trade.address(user, None, NOW, delivery_address="二")
    assert trade.address(user, None, NOW, delivery_address="一") == first
    with pytest.raises(addresses.SameAddress):
        addresses.change_address(
            actor=user, institution=None, address_id=second.pk, destination=to("一"), is_default=True, now=NOW
        )
    assert streets(user) == [("一", True), ("二", False)]


def test_a_book_has_an_end(school: trade.Unit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "MOST_ADDRESSES", 2)
    user = trade.shopper()
    for street in ("一", "二"):
        trade.address(user, None, NOW, delivery_address=street)
    with pytest.raises(addresses.BookFull, match="2"):
        trade.address(user, None, NOW, delivery_address="三")
    assert trade.address(user, None, NOW, delivery_address="二").delivery_address == "二"
    trade.address(trade.shopper("another"), None, NOW, delivery_address="三")
    assert len(streets(user)) == 2


@pytest.mark.parametrize("region", ["440000", "999999"])
def test_nothing_is_kept_where_nothing_can_be_delivered(school: trade.Unit, region: str) -> None:
    user = trade.shopper()
    with pytest.raises(InvalidDelivery) as caught:
        trade.address(user, None, NOW, delivery_region_id=region)
    assert list(caught.value.problems) == ["delivery_region"]
    assert streets(user) == []


def test_an_institutions_are_its_members_and_only_who_asks_for_goods_keeps_them(school: trade.Unit) -> None:
    address = trade.address(school.requester, school.institution, NOW)
    assert streets(school.approver, school.institution) == [("黄岐山大道1号", True)]
    assert streets(school.requester) == []
    for person in (school.approver, school.receiver, school.finance, school.viewer, school.head):
        who = {"actor": person, "institution": school.institution}
        with pytest.raises(PermissionDenied):
            addresses.save_address(**who, destination=to("二"), is_default=True, now=NOW)
        for change in (addresses.delete_address, addresses.make_default):
            with pytest.raises(PermissionDenied):
                change(**who, address_id=address.pk)
    assert streets(school.viewer, school.institution) == [("黄岐山大道1号", True)]


def test_a_foreign_address_cannot_be_touched(school: trade.Unit) -> None:
    other = trade.shopper("another")
    theirs = trade.address(other, None, NOW)
    ours = trade.address(school.requester, school.institution, NOW)
    me = {"actor": trade.shopper(), "institution": None}
    for address in (theirs, ours):
        with pytest.raises(DeliveryAddress.DoesNotExist):
            addresses.make_default(**me, address_id=address.pk)
        with pytest.raises(DeliveryAddress.DoesNotExist):
            addresses.change_address(
                **me, address_id=address.pk, destination=to("二"), is_default=False, now=NOW
            )
        addresses.delete_address(**me, address_id=address.pk)
    assert streets(other) == streets(school.requester, school.institution) == [("黄岐山大道1号", True)]


def test_what_is_ordered_keeps_its_address(school: trade.Unit) -> None:
    address = trade.address(school.requester, school.institution, NOW)
    order = trade.ordered(school, {trade.goods(trade.seller(), NOW).pk: 1}, NOW)
    who = {"actor": school.requester, "institution": school.institution, "address_id": address.pk}
    addresses.change_address(**who, destination=to("别处"), is_default=True, now=NOW)
    addresses.delete_address(**who)
    order.purchase.refresh_from_db()
    assert (order.purchase.delivery_address, order.purchase.request.delivery_address) == (
        "黄岐山大道1号", "黄岐山大道1号",
    )  # fmt: skip


def test_the_institutions_trail_says_so_with_a_masked_phone_and_a_persons_says_nothing(
    school: trade.Unit,
) -> None:
    address = trade.address(school.requester, school.institution, NOW)
    trade.address(trade.shopper(), None, NOW)
    who = {"actor": school.requester, "institution": school.institution, "address_id": address.pk}
    addresses.change_address(**who, destination=to("别处"), is_default=True, now=NOW)
    addresses.delete_address(**who)
    entries = list(AuditEntry.objects.filter(action__startswith="procurement.address").order_by("pk"))
    assert [each.action.rpartition("_")[2] for each in entries] == ["added", "changed", "deleted"]
    assert {each.object_id for each in entries} == {str(school.institution.pk)}
    kept = entries[1].after
    assert kept is not None
    assert (kept["delivery_address"], kept["recipient_phone"]) == ("别处", "138****8000")


@pytest.mark.parametrize("both", [True, False])
def test_an_address_has_exactly_one_buyer(school: trade.Unit, both: bool) -> None:
    owner, institution = (school.requester, school.institution) if both else (None, None)
    with pytest.raises(IntegrityError, match="delivery_address_has_one_buyer"):
        DeliveryAddress.objects.create(owner=owner, institution=institution, **vars(to("一")))
