"""The main job through the API alone, and what it refuses."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from catalog.partner.models import StockRecord
from marketplace.access_tokens.memberships import Kind
from marketplace.core.periods import Window, shanghai_day
from marketplace.county_figures.verification import differences
from marketplace.procurement.models import PurchaseRequest
from tests.api.conftest import Market, call, problem, read
from tests.factories import trade
from tests.factories.members import Role, join_institution

DELIVERY = {
    "region_code": "445202",
    "address": "黄岐山大道1号",
    "recipient": "李明",
    "recipient_phone": "138 0013 8000",
}


def wanted(*lines: tuple[int, int], **others: Any) -> dict[str, Any]:
    """The body of a request for these sale units of these stock records."""
    return {
        "lines": [{"stock_record_id": pk, "quantity": quantity} for pk, quantity in lines],
        "delivery": DELIVERY,
        "purpose": "食堂采购",
        **others,
    }


def figures(market: Market, token: str, query: str = "") -> Any:
    """揭东's figures of today."""
    today = shanghai_day(timezone.now())
    window = f"from={today}&to={today + timedelta(days=1)}"
    return read(call(token, "GET", f"/figures/445203?{window}{query}"))


def test_the_main_job_moves_the_countys_figure_by_exactly_the_amount(market: Market) -> None:
    record = trade.goods(market.farm, timezone.now())
    requester, approver, receiver, finance = map(
        market.buyer, ("requester", "approver", "receiver", "finance")
    )
    seller, county = market.seller, market.county
    assert figures(market, county)["total"] == {"contracted_fen": 0, "accepted_fen": 0, "paid_fen": 0}

    found = read(call(None, "GET", "/products?q=竹笋&county=445203"))["items"][0]
    body = wanted((found["stock_record_id"], 300))
    request = read(call(requester, "POST", "/requests", body, Idempotency_Key="spring-1"), 201)
    assert (request["status"], request["total_fen"]) == ("pending", 300 * 350)
    assert StockRecord.objects.get(pk=record.pk).net_stock_level == 700

    purchase = read(call(approver, "POST", f"/requests/{request['id']}/approve"))
    assert purchase["total_fen"] == 105_000
    order = f"/orders/{purchase['orders'][0]}"
    assert read(call(seller, "GET", order))["allowed"] == ["confirm", "refuse", "cancel"]
    line = read(call(seller, "POST", f"{order}/confirm", {}))["lines"][0]
    shipped = {
        "carrier": "邮政", "tracking_number": "1", "moved": 0,
        "lines": [{"line_id": line["id"], "quantity": 300}],
    }  # fmt: skip
    assert read(call(seller, "POST", f"{order}/ship", shipped))["status"] == "shipped"
    problem(call(seller, "POST", f"{order}/ship", shipped), 409, "illegal_move")
    judged = {"line_id": line["id"], "accepted": 290, "rejected": 10, "reason": "压坏了"}
    accepted = read(call(receiver, "POST", f"{order}/accept", {"lines": [judged], "moved": 300}))
    assert (accepted["status"], accepted["payable_fen"]) == ("accepted", 290 * 350)
    transfer = {"amount_fen": 101_500, "paid_on": str(shanghai_day(timezone.now())), "bank_reference": "B1"}
    payment = read(call(finance, "POST", f"{order}/payments", transfer), 201)
    assert payment["confirmed_at"] is None
    assert read(call(seller, "GET", "/payments?confirmed=false"))["items"] == [payment]
    assert read(call(seller, "POST", f"/payments/{payment['id']}/confirm"))["confirmed_at"]
    assert read(call(seller, "GET", order))["payment_status"] == "paid"

    counted = {"contracted_fen": 101_500, "accepted_fen": 101_500, "paid_fen": 101_500}
    found = figures(market, county)
    assert found["total"] == counted
    assert found["rows"] == [{"code": "445203001", "name": "曲溪街道", "is_other": False, **counted}]
    back = {"reason": "变质", "lines": [{"line_id": line["id"], "quantity": 40}], "moved": 600}
    assert read(call(receiver, "POST", f"{order}/return", back))["lines"][0]["returned"] == 40
    refund = {**transfer, "amount_fen": 14_000, "bank_reference": "R1"}
    repaid = read(call(seller, "POST", f"{order}/refund", refund), 201)
    assert read(call(finance, "POST", f"/payments/{repaid['id']}/confirm"))["direction"] == "repayment"
    assert figures(market, county)["total"] == {
        "contracted_fen": 101_500, "accepted_fen": 87_500, "paid_fen": 87_500,
    }  # fmt: skip
    assert list(differences(Window.year(shanghai_day(timezone.now())))) == []


def test_figures_are_asked_for_by_basis_split_and_level(market: Market) -> None:
    record = trade.goods(market.farm, timezone.now())
    trade.ordered(market.school, {record.pk: 100}, timezone.now())
    county = market.county
    assert figures(market, county, "&basis=contracted&split=none") | {"from": "", "to": ""} == {
        "region": "445203",
        "name": "揭东区",
        "level": "county",
        "from": "",
        "to": "",
        "total": {"contracted_fen": 40_000, "accepted_fen": None, "paid_fen": None},
        "rows": [],
    }
    villages = figures(market, county, "&basis=contracted&level=village")["rows"]
    assert {row["code"]: row["contracted_fen"] for row in villages} == {
        "445203001001": 0, "445203001201": 0, "445203001204": 40_000,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2020-01-01", "to"),
        ("from=2020-01-01&to=2020-01-01", "to"),
        ("from=2020-02-30&to=2020-03-01", "from"),
        ("from=20200101&to=2020-03-01", "from"),
        ("from=0001-01-01&to=2020-03-01", "from"),
        ("from=2020-01-01&to=2020-03-01&basis=both", "basis"),
        ("from=2020-01-01&to=2020-03-01&level=county", "level"),
        ("from=2020-01-01&to=2020-03-01&split=buyer", "split"),
        ("from=2020-01-01&to=2020-03-01&first_day=1", "first_day"),
    ],
)
def test_a_window_that_makes_no_sense_is_refused_by_its_field(market: Market, query: str, field: str) -> None:
    assert list(problem(call(market.county, "GET", f"/figures/445203?{query}"), 422, "invalid")) == [field]


def test_figures_of_another_county_do_not_exist(market: Market) -> None:
    for code in ("445224", "445200", "000000"):
        answer = call(market.county, "GET", f"/figures/{code}?from=2020-01-01&to=2020-02-01")
        problem(answer, 404, "not_found")


def test_a_key_makes_one_request(market: Market) -> None:
    record = trade.goods(market.farm, timezone.now())
    token = market.buyer("requester")
    body = wanted((record.pk, 10))
    first = call(token, "POST", "/requests", body, Idempotency_Key="k")
    again = call(token, "POST", "/requests", body, Idempotency_Key="k")
    assert (first.status_code, first.content) == (again.status_code, again.content)
    for other in (wanted((record.pk, 11)), wanted((record.pk, 10), purpose="慰问品")):
        problem(call(token, "POST", "/requests", other, Idempotency_Key="k"), 409, "key_reused")
    assert PurchaseRequest.objects.count() == 1
    assert StockRecord.objects.get(pk=record.pk).net_stock_level == 990
    assert list(problem(call(token, "POST", "/requests", body), 422, "invalid")) == ["Idempotency-Key"]


@pytest.mark.parametrize(("expected_fen", "expected"), [(3_999, "¥39.99"), (4_001, "¥40.01")])
def test_another_total_than_expected_is_told_and_nothing_is_reserved(
    market: Market, expected_fen: int, expected: str
) -> None:
    record = trade.goods(market.farm, timezone.now())
    token = market.buyer("requester")
    body = wanted((record.pk, 10), expected_total_fen=expected_fen)
    answer = call(token, "POST", "/requests", body, Idempotency_Key="k")
    assert problem(answer, 409, "prices_changed") == {
        "expected_total_fen": (
            f"The total has changed: you saw {expected}, now it is ¥40.00. Nothing has been "
            "submitted or reserved. Check the present prices and freight, then submit again."
        )
    }
    assert not PurchaseRequest.objects.exists()
    assert StockRecord.objects.get(pk=record.pk).net_stock_level == 1000
    body["expected_total_fen"] = 4_000
    made = read(call(token, "POST", "/requests", body, Idempotency_Key="k"), 201)
    assert (made["total_fen"], made["status"]) == (4_000, "pending")
    # The key is known by what it asked for, whatever the sender expects now.
    body["expected_total_fen"] = expected_fen
    assert read(call(token, "POST", "/requests", body, Idempotency_Key="k"), 201) == made


def test_what_cannot_be_had_is_named_by_its_line(market: Market) -> None:
    now = timezone.now()
    some, few = trade.goods(market.farm, now), trade.goods(market.farm, now, title="少", available=3)
    token = market.buyer("requester")
    body = wanted((some.pk, 1), (few.pk, 4))
    short = problem(call(token, "POST", "/requests", body, Idempotency_Key="a"), 409, "not_sellable")
    assert short == {"lines.1.quantity": "Only 3 left."}
    body = wanted((some.pk, 1), (999_999, 4))
    unknown = problem(call(token, "POST", "/requests", body, Idempotency_Key="b"), 409, "not_for_sale")
    assert unknown == {"lines.1.stock_record_id": "There are no such goods on sale."}
    body = wanted((some.pk, 1), (some.pk, 2))
    twice = problem(call(token, "POST", "/requests", body, Idempotency_Key="c"), 422, "invalid")
    assert twice == {"lines.1.stock_record_id": "Name each one once only."}
    assert PurchaseRequest.objects.count() == 0
    assert StockRecord.objects.get(pk=some.pk).net_stock_level == 1000


def test_more_than_an_order_holds_is_named_by_its_line(market: Market) -> None:
    some, dear = (
        trade.goods(market.farm, timezone.now(), title=title, price=price, tiers=())
        for title, price in (("笋", "4.00"), ("虫草", "1000000.00"))
    )
    token = market.buyer("requester")
    body = wanted((some.pk, 1), (dear.pk, 10_000))
    too_much = problem(call(token, "POST", "/requests", body, Idempotency_Key="a"), 422, "invalid")
    assert too_much == {
        "lines.1.quantity": (
            "This comes to ¥10,000,000,000.00; ¥9,999,999,999.99 is the most for one line. "
            "Order less here, and the rest separately."
        )
    }
    assert not PurchaseRequest.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"lines": []}, "lines"),
        ({"lines": "all"}, "lines"),
        ({"lines": [{"stock_record_id": "1", "quantity": 1}]}, "lines.0.stock_record_id"),
        ({"lines": [{"stock_record_id": 1, "quantity": 1.5}]}, "lines.0.quantity"),
        ({"lines": [{"stock_record_id": 1, "quantity": True}]}, "lines.0.quantity"),
        ({"lines": [{"stock_record_id": 1, "quantity": 0}]}, "lines.0.quantity"),
        ({"lines": [{"stock_record_id": 2**70, "quantity": 1}]}, "lines.0.stock_record_id"),
        ({"lines": [{"stock_record_id": 1, "quantity": 1, "price": 1}]}, "lines.0.price"),
        ({"purpose": None}, "purpose"),
        ({"purpose": " "}, "purpose"),
        ({"purpose": "a\0b"}, "purpose"),
        ({"purpose": "字" * 201}, "purpose"),
        ({"purpse": "食堂"}, "purpse"),
        ({"wanted_on": "2020-03-15"}, "wanted_on"),
        ({"wanted_on": 1}, "wanted_on"),
        ({"expected_total_fen": 0}, "expected_total_fen"),
        ({"expected_total_fen": "400"}, "expected_total_fen"),
        ({"expected_total_fen": 2**70}, "expected_total_fen"),
        ({"delivery": None}, "delivery"),
        ({"delivery": {**DELIVERY, "region_code": "440000"}}, "delivery.region_code"),
        ({"delivery": {**DELIVERY, "recipient_phone": "12"}}, "delivery.recipient_phone"),
    ],
)
def test_a_body_is_refused_by_its_field(market: Market, change: dict[str, Any], field: str) -> None:
    record = trade.goods(market.farm, timezone.now())
    body = wanted((record.pk, 1)) | change
    answer = call(market.buyer("requester"), "POST", "/requests", body, Idempotency_Key="k")
    assert list(problem(answer, 422, "invalid")) == [field]
    assert not PurchaseRequest.objects.exists()


@pytest.mark.parametrize("quantity", [0, -1])
def test_a_quantity_below_one_is_told_the_least_in_the_callers_language(
    market: Market, quantity: int
) -> None:
    asked = {"Idempotency_Key": "k", "Accept_Language": "zh-hans"}
    answer = call(market.buyer("requester"), "POST", "/requests", wanted((1, quantity)), **asked)
    assert problem(answer, 422, "invalid") == {"lines.0.quantity": "不能小于 1。"}


def test_what_belongs_to_others_does_not_exist(market: Market) -> None:
    now = timezone.now()
    record = trade.goods(market.farm, now)
    request = trade.submitted(market.school, {record.pk: 1}, now, "asked")
    order = trade.ordered(market.school, {record.pk: 1}, now, "bought")
    other_school, other_farm = trade.unit("另一所中学"), trade.seller("另一家合作社")
    buyer = market.token(other_school.approver, Kind.INSTITUTION, other_school.institution.pk)
    seller = market.token(other_farm.cadre, Kind.SUPPLIER, other_farm.supplier.pk)
    for token, method, path in (
        (buyer, "GET", f"/requests/{request.pk}"),
        (buyer, "POST", f"/requests/{request.pk}/approve"),
        (buyer, "POST", f"/requests/{request.pk}/withdraw"),
        (buyer, "GET", f"/orders/{order.number}"),
        (seller, "GET", f"/orders/{order.number}"),
        (seller, "POST", "/payments/1/confirm"),
    ):
        problem(call(token, method, path), 404, "not_found")
    moves = ("confirm", {}), ("refuse", {"reason": "没有货"}), ("cancel", {"reason": "没有货", "moved": 0})
    for path, body in moves:
        problem(call(seller, "POST", f"/orders/{order.number}/{path}", body), 404, "not_found")


def test_a_token_sees_one_organisation_of_its_user_only(market: Market) -> None:
    """The cadre of the farm who also approves for a school."""
    now = timezone.now()
    record = trade.goods(market.farm, now)
    other = trade.unit("另一所中学")
    other.institution.memberships.create(user=market.farm.cadre, role="approver")
    bought = trade.ordered(market.school, {record.pk: 1}, now, "a")
    theirs = trade.ordered(other, {record.pk: 1}, now, "b")
    buyer = market.token(market.farm.cadre, Kind.INSTITUTION, other.institution.pk)
    assert [each["number"] for each in read(call(buyer, "GET", "/orders"))["items"]] == [theirs.number]
    both = read(call(market.seller, "GET", "/orders"))["items"]
    assert [each["number"] for each in both] == [theirs.number, bought.number]
    problem(call(buyer, "POST", f"/orders/{theirs.number}/confirm", {}), 403, "not_allowed")
    problem(call(market.seller, "POST", f"/orders/{theirs.number}/accept", {"moved": 0}), 403, "not_allowed")


def test_a_token_confirms_what_its_own_side_received_only(market: Market) -> None:
    """The bookkeeper of the farm who also keeps the school's books, with a token for each."""
    now, both = timezone.now(), market.farm.bookkeeper
    join_institution(market.school.institution, both, Role.FINANCE)
    sells = market.token(both, Kind.SUPPLIER, market.farm.supplier.pk)
    buys = market.token(both, Kind.INSTITUTION, market.school.institution.pk)
    order = trade.ordered(market.school, {trade.goods(market.farm, now).pk: 10}, now)
    path = f"/orders/{order.number}"
    transfer = {"amount_fen": 4_000, "paid_on": str(shanghai_day(now)), "bank_reference": "B1"}
    payment = read(call(market.buyer("finance"), "POST", f"{path}/payments", transfer), 201)
    problem(call(buys, "POST", f"/payments/{payment['id']}/confirm"), 403, "not_allowed")
    assert read(call(sells, "POST", f"/payments/{payment['id']}/confirm"))["confirmed_at"]
    read(call(market.seller, "POST", f"{path}/refuse", {"reason": "没有货"}))
    repayment = read(call(market.seller, "POST", f"{path}/refund", transfer), 201)
    problem(call(sells, "POST", f"/payments/{repayment['id']}/confirm"), 403, "not_allowed")
    assert read(call(buys, "POST", f"/payments/{repayment['id']}/confirm"))["confirmed_at"]


def test_a_membership_may_what_its_role_may(market: Market) -> None:
    now = timezone.now()
    record = trade.goods(market.farm, now)
    request = trade.submitted(market.school, {record.pk: 1}, now)
    problem(call(market.buyer("requester"), "POST", f"/requests/{request.pk}/approve"), 403, "not_allowed")
    body = wanted((record.pk, 1))
    answer = call(market.buyer("finance"), "POST", "/requests", body, Idempotency_Key="k")
    problem(answer, 403, "not_allowed")
    rejected = read(
        call(market.buyer("approver"), "POST", f"/requests/{request.pk}/reject", {"reason": "太贵"})
    )
    assert (rejected["status"], rejected["decisions"][0]["reason"]) == ("rejected", "太贵")
    problem(call(market.buyer("approver"), "POST", f"/requests/{request.pk}/approve"), 409, "not_pending")
    problem(call(market.buyer("requester"), "POST", f"/requests/{request.pk}/withdraw"), 409, "not_pending")


def test_a_call_that_is_sent_twice_moves_goods_once(market: Market) -> None:
    now = timezone.now()
    record = trade.goods(market.farm, now)
    order = trade.ordered(market.school, {record.pk: 10}, now)
    line, seller = order.lines.get(), market.seller
    read(call(seller, "POST", f"/orders/{order.number}/confirm", {}))
    part = {
        "carrier": "邮政", "tracking_number": "1", "lines": [{"line_id": line.pk, "quantity": 5}], "moved": 0,
    }  # fmt: skip
    assert read(call(seller, "POST", f"/orders/{order.number}/ship", part))["moved"] == 5
    problem(call(seller, "POST", f"/orders/{order.number}/ship", part), 409, "order_changed")
    line.refresh_from_db()
    assert line.quantity_shipped == 5


@pytest.mark.parametrize(
    ("move", "body"),
    [
        ("ship", {"carrier": "邮政", "tracking_number": "1"}),
        ("accept", {}),
        ("cancel", {"reason": "没有货"}),
        ("return", {"reason": "变质", "lines": [{"line_id": 1, "quantity": 1}]}),
    ],
)
def test_whoever_moves_goods_says_how_the_order_was(market: Market, move: str, body: dict[str, Any]) -> None:
    """Without it a part that was moved could be moved again by a call that is sent a second time."""
    for said in ({}, {"moved": None}):
        assert refused(market.seller, f"/orders/1/{move}", {**body, **said}) == ["moved"]


def refused(token: str, path: str, body: dict[str, Any]) -> list[str]:
    """The fields for which the call is refused."""
    return list(problem(call(token, "POST", path, body), 422, "invalid"))


def test_quantities_reasons_and_certificates_are_asked_for(market: Market) -> None:
    now = timezone.now()
    fresh = trade.goods(market.farm, now, kind=trade.category("鲜菜", needs_certificate=True))
    order = trade.ordered(market.school, {fresh.pk: 10}, now)
    line, path, seller = order.lines.get().pk, f"/orders/{order.number}", market.seller
    much = {"lines": [{"line_id": line, "quantity": 11}]}
    assert refused(seller, f"{path}/confirm", much) == ["lines.0.quantity"]
    less = {"lines": [{"line_id": line, "quantity": 9}]}
    assert refused(seller, f"{path}/confirm", less) == ["reason"]
    read(call(seller, "POST", f"{path}/confirm", {**less, "reason": "只有九斤"}))
    parcel = {"carrier": "邮政", "tracking_number": "1", "moved": 1}
    assert refused(seller, f"{path}/ship", parcel) == ["certificates"]
    certificate = {
        "line_id": line, "product_name": "竹笋", "weight": "4.5 公斤", "producer": "合作社",
        "origin": "圩埔村", "contact": "13800138000", "issued_on": "2020-03-16", "promise": "我承诺",
    }  # fmt: skip
    read(call(seller, "POST", f"{path}/ship", {**parcel, "certificates": [certificate]}))
    read(call(market.buyer("receiver"), "POST", f"{path}/accept", {"moved": 10}))
    finance = market.buyer("finance")
    transfer = {"amount_fen": 10**9, "paid_on": "2020-03-16", "bank_reference": "B1"}
    assert refused(finance, f"{path}/payments", transfer) == ["amount_fen"]
    late = {**transfer, "amount_fen": 1, "paid_on": "2999-01-01"}
    assert refused(finance, f"{path}/payments", late) == ["paid_on"]
    once = {**transfer, "amount_fen": 1}
    read(call(finance, "POST", f"{path}/payments", once), 201)
    problem(call(finance, "POST", f"{path}/payments", once), 409, "already_recorded")


def test_an_individual_follows_and_accepts_what_they_bought(market: Market) -> None:
    now = timezone.now()
    record = trade.goods(market.farm, now)
    shopper = trade.shopper()
    order = trade.own_purchase(shopper, {record.pk: 10}, now).orders.get()
    trade.ordered(market.school, {record.pk: 1}, now)
    token = market.token(shopper, Kind.INDIVIDUAL)
    assert [each["number"] for each in read(call(token, "GET", "/orders"))["items"]] == [order.number]
    asked = read(call(token, "GET", "/requests"))["items"]
    assert [(each["status"], each["institution"]) for each in asked] == [("paid", None)]
    assert read(call(token, "GET", f"/requests/{asked[0]['id']}"))["lines"][0]["quantity"] == 10
    assert asked[0]["institution_id"] is None
    read(call(market.seller, "POST", f"/orders/{order.number}/confirm", {}))
    parcel = {"carrier": "邮政", "tracking_number": "1", "moved": 0}
    read(call(market.seller, "POST", f"/orders/{order.number}/ship", parcel))
    accepted = read(call(token, "POST", f"/orders/{order.number}/accept", {"moved": 10}))
    assert accepted["status"] == "accepted"


def test_a_supplier_reads_no_private_buyers_name(market: Market) -> None:
    """As on its pages: only as much as tells orders apart; the goods go to whom the buyer has named."""
    now = timezone.now()
    record = trade.goods(market.farm, now)
    shopper = trade.shopper(name="黄敏")
    order = trade.own_purchase(shopper, {record.pk: 10}, now).orders.get()
    trade.ordered(market.school, {record.pk: 1}, now)
    found = read(call(market.seller, "GET", "/orders"))["items"]
    assert [each["buyer"] for each in found] == ["示范市第一中学", "黄** (private buyer)"]
    assert read(call(market.seller, "GET", f"/orders/{order.number}"))["buyer"] == "黄** (private buyer)"
    own = market.token(shopper, Kind.INDIVIDUAL)
    assert read(call(own, "GET", f"/orders/{order.number}"))["buyer"] == "黄敏"
