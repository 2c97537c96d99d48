"""Submitting, deciding and ending purchase requests."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from catalog.partner import services as stock
from catalog.partner.models import StockRecord
from marketplace.basket import services as baskets
from marketplace.basket.queries import open_basket
from marketplace.order.models import Order, Purchase
from marketplace.outbox.models import OutboxMessage
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import placing, requests
from marketplace.procurement.services.delivery import InvalidDelivery
from marketplace.sales_journal.models import JournalEntry
from tests.factories import trade

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")
Status = PurchaseRequest.Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> trade.Unit:
    trade.land()
    return trade.unit()


@pytest.fixture
def farm(school: trade.Unit) -> trade.Seller:
    return trade.seller(flat_freight="30.00")


@pytest.fixture
def shoots(farm: trade.Seller) -> StockRecord:
    return trade.goods(farm, NOW)


def allocated(record: StockRecord) -> int:
    return StockRecord.objects.values_list("num_allocated", flat=True).get(pk=record.pk)


def test_submission_freezes_prices_and_reserves_for_72_hours(school: trade.Unit, shoots: StockRecord) -> None:
    request = trade.submitted(school, {shoots.pk: 300}, NOW)
    line = request.lines.get()
    assert (line.quantity, line.unit_price, line.line_fen) == (300, Decimal("3.50"), 105_000)
    assert (request.goods_fen, request.freight_fen, request.total_fen) == (105_000, 3_000, 108_000)
    assert request.expires_at == NOW + timedelta(hours=72)
    assert allocated(shoots) == 300
    assert open_basket(school.requester, school.institution) is None


def test_the_same_key_again_is_the_same_request(school: trade.Unit, shoots: StockRecord) -> None:
    first = trade.submitted(school, {shoots.pk: 300}, NOW)
    second = trade.submitted(school, {shoots.pk: 5}, NOW, key="k1")
    assert second.pk == first.pk
    assert PurchaseRequest.objects.count() == 1
    assert allocated(shoots) == 300


def test_an_empty_basket_cannot_be_submitted(school: trade.Unit) -> None:
    with pytest.raises(requests.EmptyBasket):
        requests.submit_request(
            user=school.requester,
            institution=school.institution,
            key="k",
            delivery=trade.delivery(),
            now=NOW,
        )


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"wanted_on": date(2020, 3, 14)}, {"wanted_on"}),
        ({"delivery_region_id": "445200"}, {"delivery_region"}),
        ({"delivery_region_id": "999999"}, {"delivery_region"}),
        ({"delivery_region_id": "440000", "wanted_on": date(2019, 1, 1)}, {"delivery_region", "wanted_on"}),
    ],
)
def test_an_impossible_delivery_is_named_and_nothing_is_reserved(
    school: trade.Unit, shoots: StockRecord, change: dict[str, Any], fields: set[str]
) -> None:
    asked = replace(trade.delivery(), **change)
    with pytest.raises(InvalidDelivery) as refused:
        trade.submitted(school, {shoots.pk: 300}, NOW, to=asked)
    assert set(refused.value.problems) == fields
    assert allocated(shoots) == 0
    assert not PurchaseRequest.objects.exists()


def test_today_is_a_day_by_which_goods_can_be_wanted(school: trade.Unit, shoots: StockRecord) -> None:
    today = replace(trade.delivery(), wanted_on=date(2020, 3, 15))
    assert trade.submitted(school, {shoots.pk: 300}, NOW, to=today).wanted_on == date(2020, 3, 15)


def test_the_same_key_is_the_same_request_when_its_day_is_over(
    school: trade.Unit, shoots: StockRecord
) -> None:
    today = replace(trade.delivery(), wanted_on=date(2020, 3, 15))
    first = trade.submitted(school, {shoots.pk: 300}, NOW, to=today)
    assert trade.submitted(school, {shoots.pk: 300}, NOW + timedelta(days=1), to=today).pk == first.pk


def test_only_a_requester_submits(school: trade.Unit, shoots: StockRecord) -> None:
    baskets.set_quantities(
        user=school.finance, institution=school.institution, quantities={shoots.pk: 5}, now=NOW
    )
    with pytest.raises(PermissionDenied):
        requests.submit_request(
            user=school.finance,
            institution=school.institution,
            key="k",
            delivery=trade.delivery(),
            now=NOW,
        )
    assert allocated(shoots) == 0


def test_more_than_there_is_reserves_nothing_at_all(
    school: trade.Unit, farm: trade.Seller, shoots: StockRecord
) -> None:
    scarce = trade.goods(farm, NOW, title="埔田笋干", available=3)
    with pytest.raises(stock.NotSellable) as error:
        trade.submitted(school, {shoots.pk: 10, scarce.pk: 4}, NOW)
    assert str(scarce.pk) in str(vars(error.value)) or "3" in str(error.value)
    assert (allocated(shoots), allocated(scarce)) == (0, 0)
    assert not PurchaseRequest.objects.exists()


def test_approval_makes_one_order_per_supplier(
    school: trade.Unit, farm: trade.Seller, shoots: StockRecord
) -> None:
    other = trade.seller("坪上茶叶合作社")
    tea = trade.goods(other, NOW, title="坪上炒茶", price="55.00", tiers=((30, "49.50"),))
    purchase = trade.bought(school, {shoots.pk: 300, tea.pk: 30}, NOW)
    orders = list(purchase.orders.order_by("number"))
    assert [order.number for order in orders] == [f"{purchase.number}-01", f"{purchase.number}-02"]
    assert [order.total_incl_tax for order in orders] == [Decimal("1080.00"), Decimal("1485.00")]
    assert (purchase.goods_fen, purchase.freight_fen) == (253_500, 3_000)
    assert purchase.approved_by == school.approver
    assert {order.status for order in orders} == {"contracted"}


def test_approval_posts_contracted_by_exactly_the_goods(school: trade.Unit, shoots: StockRecord) -> None:
    trade.bought(school, {shoots.pk: 300}, NOW)
    entry = JournalEntry.objects.get()
    assert (entry.kind, entry.amount_fen, entry.weight_grams) == ("contracted", 105_000, 150_000)
    assert (entry.village_code, entry.county_code) == (trade.VILLAGE, "445203")
    assert entry.buyer_id == school.institution.pk


def test_approval_takes_over_the_reservation(school: trade.Unit, shoots: StockRecord) -> None:
    order = trade.ordered(school, {shoots.pk: 300}, NOW)
    held = shoots.reservations.get()
    assert (held.source_key, held.quantity, held.expires_at) == (order.stock_key, 300, None)
    assert allocated(shoots) == 300


def test_a_second_approval_is_the_same_purchase(school: trade.Unit, shoots: StockRecord) -> None:
    request = trade.submitted(school, {shoots.pk: 300}, NOW)
    first = placing.approve_request(request_id=request.pk, approver=school.approver, now=NOW)
    second = placing.approve_request(request_id=request.pk, approver=school.approver, now=NOW)
    assert first == second
    assert (Purchase.objects.count(), JournalEntry.objects.count()) == (1, 1)


def test_the_requester_never_approves_even_as_approver(school: trade.Unit, shoots: StockRecord) -> None:
    school.institution.memberships.create(user=school.requester, role="approver")
    request = trade.submitted(school, {shoots.pk: 300}, NOW)
    with pytest.raises(PermissionDenied):
        placing.approve_request(request_id=request.pk, approver=school.requester, now=NOW)
    assert not Purchase.objects.exists()


def test_another_institutions_approver_cannot_decide(school: trade.Unit, shoots: StockRecord) -> None:
    stranger = trade.unit("示范市第一人民医院")
    request = trade.submitted(school, {shoots.pk: 300}, NOW)
    with pytest.raises(PermissionDenied):
        placing.approve_request(request_id=request.pk, approver=stranger.approver, now=NOW)
    with pytest.raises(PermissionDenied):
        requests.reject_request(request_id=request.pk, approver=stranger.approver, reason="不要", now=NOW)
    request.refresh_from_db()
    assert request.status == Status.PENDING


def test_rejection_frees_the_stock_and_tells_why(school: trade.Unit, shoots: StockRecord) -> None:
    request = trade.submitted(school, {shoots.pk: 300}, NOW)
    requests.reject_request(request_id=request.pk, approver=school.approver, reason="超出预算", now=NOW)
    request.refresh_from_db()
    assert (request.status, request.decisions.get().reason) == (Status.REJECTED, "超出预算")
    assert allocated(shoots) == 0
    mail = OutboxMessage.objects.get(dedupe_key__startswith=f"request:rejected:{request.pk}")
    assert (mail.payload["to"], mail.payload["context"]["reason"]) == (school.requester.email, "超出预算")


def test_withdrawal_frees_the_stock(school: trade.Unit, shoots: StockRecord) -> None:
    request = trade.submitted(school, {shoots.pk: 300}, NOW)
    requests.withdraw_request(request_id=request.pk, actor=school.requester, now=NOW)
    assert allocated(shoots) == 0
    with pytest.raises(requests.NotPending) as error:
        placing.approve_request(request_id=request.pk, approver=school.approver, now=NOW)
    assert error.value.status == Status.WITHDRAWN


def test_a_request_expires_exactly_at_its_hour(school: trade.Unit, shoots: StockRecord) -> None:
    request = trade.submitted(school, {shoots.pk: 300}, NOW)
    before = NOW + timedelta(hours=72) - timedelta(microseconds=1)
    assert requests.expire_requests(now=before) == 0
    assert requests.expire_requests(now=NOW + timedelta(hours=72)) == 1
    assert requests.expire_requests(now=NOW + timedelta(hours=72)) == 0
    request.refresh_from_db()
    assert (request.status, allocated(shoots)) == (Status.EXPIRED, 0)


def test_an_overdue_request_expires_on_sight(school: trade.Unit, shoots: StockRecord) -> None:
    request = trade.submitted(school, {shoots.pk: 300}, NOW)
    with pytest.raises(requests.NotPending) as error:
        placing.approve_request(
            request_id=request.pk, approver=school.approver, now=NOW + timedelta(hours=73)
        )
    assert error.value.status == Status.EXPIRED
    assert allocated(shoots) == 0


def test_approval_checks_again_that_each_line_can_be_sold(school: trade.Unit, shoots: StockRecord) -> None:
    request = trade.submitted(school, {shoots.pk: 300}, NOW)
    stock.set_recognised_window(stock_record_id=shoots.pk, start=NOW, end=NOW, now=NOW)
    with pytest.raises(stock.NotSellable):
        placing.approve_request(request_id=request.pk, approver=school.approver, now=NOW)
    assert not Order.objects.exists()
    request.refresh_from_db()
    assert request.status == Status.PENDING
