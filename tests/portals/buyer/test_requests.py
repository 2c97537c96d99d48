"""Deciding about requests."""

from datetime import timedelta

import pytest

from catalog.partner import services as stock
from marketplace.institutions import services as institutions
from marketplace.order.models import Purchase
from marketplace.procurement.models import Decision, PurchaseRequest
from marketplace.procurement.services import requests
from tests.factories import trade
from tests.factories.members import Role, join_institution
from tests.factories.users import browser_of
from tests.portals.buyer.conftest import Market, errors, said

VERBS = ("approve", "reject", "withdraw")


def status_of(request: PurchaseRequest) -> str:
    return PurchaseRequest.objects.values_list("status", flat=True).get(pk=request.pk)


@pytest.mark.parametrize(
    ("role", "moves"),
    [("requester", {"withdraw"}), ("approver", {"decide"}), ("receiver", set()), ("finance", set())],
)
def test_buttons_are_there_for_who_may(market: Market, role: str, moves: set[str]) -> None:
    asked = market.request()
    response = market.as_(role).get(f"/buyer/requests/{asked.pk}/")
    assert response.context["moves"] == moves
    page = response.content.decode()
    offered = {verb for verb in VERBS if f"/{asked.pk}/{verb}/" in page}
    verbs = {"decide": {"approve", "reject"}, "withdraw": {"withdraw"}}
    assert offered == {verb for move in moves for verb in verbs[move]}


def test_every_page_says_in_full_where_the_goods_go(market: Market) -> None:
    asked = market.request()
    order = market.order(1, key="o")
    purchase = f"purchases/{order.purchase.number}/"
    for place in (f"requests/{asked.pk}/", purchase, f"{purchase}statement/", f"orders/{order.number}/"):
        page = " ".join(market.as_("requester").get(f"/buyer/{place}").content.decode().split())
        assert "广东省 揭阳市 榕城区 黄岐山大道1号" in page


def test_approval_asks_once_and_leads_to_the_purchase(market: Market) -> None:
    asked = market.request()
    browser = market.as_("approver")
    assert "¥1,080.00" in browser.get(f"/buyer/requests/{asked.pk}/approve/").content.decode()
    assert not Purchase.objects.exists()
    response = browser.post(f"/buyer/requests/{asked.pk}/approve/")
    assert response.url == f"/buyer/purchases/{Purchase.objects.get().number}/"
    assert status_of(asked) == "approved"


def test_a_second_approval_leads_to_the_same_purchase(market: Market) -> None:
    asked = market.request()
    browser = market.as_("approver")
    urls = {browser.post(f"/buyer/requests/{asked.pk}/approve/").url for _ in range(2)}
    assert len(urls) == 1
    assert Purchase.objects.count() == 1


def test_a_rejection_needs_a_reason_that_the_requester_reads(market: Market) -> None:
    asked = market.request()
    browser = market.as_("approver")
    refused = browser.post(f"/buyer/requests/{asked.pk}/reject/", {"reason": "  "})
    assert set(errors(refused)) == {"reason"}
    assert status_of(asked) == "pending"
    browser.post(f"/buyer/requests/{asked.pk}/reject/", {"reason": "超出预算"})
    assert status_of(asked) == "rejected"
    assert "超出预算" in market.as_("requester").get(f"/buyer/requests/{asked.pk}/").content.decode()


def test_a_withdrawal_frees_the_stock(market: Market) -> None:
    asked = market.request()
    market.as_("requester").post(f"/buyer/requests/{asked.pk}/withdraw/")
    market.shoots.refresh_from_db()
    assert (status_of(asked), market.shoots.num_allocated) == ("withdrawn", 0)


@pytest.mark.parametrize("verb", ["approve", "reject"])
def test_what_was_withdrawn_can_no_longer_be_decided(market: Market, verb: str) -> None:
    asked = market.request()
    requests.withdraw_request(request_id=asked.pk, actor=market.school.requester, now=market.now)
    response = market.as_("approver").post(f"/buyer/requests/{asked.pk}/{verb}/", {"reason": "不要"})
    assert response.url == f"/buyer/requests/{asked.pk}/"
    assert said(response) == ["这份申请不能再改动：已撤回。"]
    assert not Decision.objects.exists()


@pytest.mark.parametrize("verb", ["approve", "reject"])
def test_what_was_rejected_cannot_be_decided_again(market: Market, verb: str) -> None:
    asked = market.request()
    browser = market.as_("approver")
    browser.post(f"/buyer/requests/{asked.pk}/reject/", {"reason": "超出预算"})
    response = browser.post(f"/buyer/requests/{asked.pk}/{verb}/", {"reason": "又不要"})
    assert response.url == f"/buyer/requests/{asked.pk}/"
    assert said(response)[-1] == "这份申请不能再改动：已驳回。"
    assert [decision.reason for decision in Decision.objects.all()] == ["超出预算"]
    assert not Purchase.objects.exists()


@pytest.mark.parametrize("verb", ["approve", "reject"])
def test_the_requester_is_told_that_another_must_decide(market: Market, verb: str) -> None:
    join_institution(market.school.institution, market.school.requester, Role.APPROVER)
    asked = market.request()
    path = f"/buyer/requests/{asked.pk}/{verb}/"
    response = market.as_("requester").post(path, {"reason": "不要"})
    assert response.status_code == 403
    assert "自己的申请不能自己审批，请本单位的另一位审批人办理。" in response.content.decode()
    assert status_of(asked) == "pending"
    assert not Decision.objects.exists()


def test_what_was_approved_can_no_longer_be_withdrawn(market: Market) -> None:
    asked = market.request()
    market.as_("approver").post(f"/buyer/requests/{asked.pk}/approve/")
    response = market.as_("requester").post(f"/buyer/requests/{asked.pk}/withdraw/")
    assert response.url == f"/buyer/requests/{asked.pk}/"
    assert said(response) == ["这份申请不能再改动：已同意。"]
    assert status_of(asked) == "approved"


def test_an_overdue_request_reads_expired_and_has_no_buttons(market: Market) -> None:
    long_ago = market.now - timedelta(hours=72)
    early = trade.goods(market.farm, long_ago, title="早笋")
    asked = trade.submitted(market.school, {early.pk: 300}, long_ago)
    browser = market.as_("approver")
    response = browser.get(f"/buyer/requests/{asked.pk}/")
    assert (response.context["pill"].label, response.context["moves"]) == ("已到期", set())
    response = browser.post(f"/buyer/requests/{asked.pk}/approve/")
    assert response.url == f"/buyer/requests/{asked.pk}/"
    assert (status_of(asked), Purchase.objects.count()) == ("expired", 0)


def test_approval_names_the_line_that_can_no_longer_be_sold(market: Market) -> None:
    asked = market.request()
    stock.set_recognised_window(
        stock_record_id=market.shoots.pk, start=market.now, end=market.now, now=market.now
    )
    response = market.as_("approver").post(f"/buyer/requests/{asked.pk}/approve/")
    assert response.status_code == 200
    assert response.context["problems"] == ["埔田竹笋：目前不在售。"]
    assert status_of(asked) == "pending"


@pytest.mark.parametrize(
    ("role", "verb"),
    [
        ("requester", "approve"),
        ("requester", "reject"),
        ("receiver", "approve"),
        ("finance", "reject"),
        ("approver", "withdraw"),
        ("finance", "withdraw"),
    ],
)
def test_who_may_not_changes_nothing(market: Market, role: str, verb: str) -> None:
    asked = market.request()
    browser = market.as_(role)
    path = f"/buyer/requests/{asked.pk}/{verb}/"
    assert browser.get(path).status_code == 403
    assert browser.post(path, {"reason": "不要"}).status_code == 403
    assert status_of(asked) == "pending"
    assert not Decision.objects.exists()


def test_a_removed_approver_decides_no_more(market: Market) -> None:
    asked = market.request()
    browser = market.as_("approver")
    institutions.remove_member(
        institution=market.school.institution, user=market.school.approver, actor=market.school.head
    )
    response = browser.post(f"/buyer/requests/{asked.pk}/approve/")
    assert response.status_code == 403
    assert "您不是采购单位的成员。" in response.content.decode()
    assert status_of(asked) == "pending"
    assert not Purchase.objects.exists()


def test_another_institutions_request_is_not_found(market: Market, stranger: trade.Unit) -> None:
    asked = market.request()
    for person in (stranger.requester, stranger.approver):
        browser = browser_of(person)
        assert browser.get(f"/buyer/requests/{asked.pk}/").status_code == 404
        for verb in VERBS:
            assert browser.get(f"/buyer/requests/{asked.pk}/{verb}/").status_code == 404
            path = f"/buyer/requests/{asked.pk}/{verb}/"
            assert browser.post(path, {"reason": "不要"}).status_code == 404
        assert list(browser.get("/buyer/requests/").context["page"]) == []
    assert status_of(asked) == "pending"
    assert browser_of(stranger.approver).get(f"/buyer/requests/{'9' * 30}/").status_code == 404


def test_the_list_is_narrowed_by_status_and_counts_each(market: Market) -> None:
    first, second = market.request(10, "a"), market.request(20, "b")
    requests.withdraw_request(request_id=first.pk, actor=market.school.requester, now=market.now)
    browser = market.as_("requester")
    response = browser.get("/buyer/requests/?status=pending")
    assert [each.pk for each in response.context["page"]] == [second.pk]
    assert [tab["count"] for tab in response.context["tabs"]] == [2, 1, 0, 0, 1, 0]
    assert len(browser.get("/buyer/requests/?status=nonsense&page=x").context["page"]) == 2
