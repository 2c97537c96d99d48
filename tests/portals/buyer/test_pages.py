"""The portal's frame, its front page, and what lists cost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marketplace.institutions import services as institutions
from marketplace.portals.navigation import workplaces_of
from tests.factories import trade, users
from tests.portals.buyer.conftest import Market

LISTS = ("", "baskets/", "requests/", "purchases/", "orders/", "orders/?todo=accept", "orders/?todo=pay")


def test_only_members_get_in(market: Market, client: Client) -> None:
    nobody = market.browser(users.make_user("li-si"))
    for place in LISTS:
        assert client.get(f"/buyer/{place}").status_code == 302
        assert nobody.get(f"/buyer/{place}").status_code == 403
    assert market.browser(market.farm.cadre).get("/buyer/").status_code == 403


def test_who_has_left_is_shut_out(market: Market) -> None:
    browser = market.as_("requester")
    institutions.remove_member(institution=market.school.institution, user=market.school.requester)
    assert browser.get("/buyer/").status_code == 403


def test_the_institution_and_the_roles_stand_on_top(market: Market) -> None:
    page = market.as_("finance").get("/buyer/")
    assert (page.context["organisation_name"], page.context["organisation_note"]) == (
        "示范市第一中学",
        "财务",
    )


def test_the_account_leads_here(market: Market) -> None:
    (place,) = workplaces_of(market.school.requester)
    assert (place.url, place.note) == ("/buyer/", "示范市第一中学")
    assert list(workplaces_of(users.make_user("li-si"))) == []


def test_the_front_page_says_what_waits_for_whom(market: Market) -> None:
    asked = market.request(key="a")
    on_its_way = market.order(10, shipped=10, key="b")
    arrived = market.accepted(20)
    urls = {
        role: [todo.url for todo in market.as_(role).get("/buyer/").context["todos"]]
        for role in ("requester", "approver", "receiver", "finance")
    }
    assert urls == {
        "requester": [],
        "approver": [f"/buyer/requests/{asked.pk}/"],
        "receiver": [f"/buyer/orders/{on_its_way.number}/accept/"],
        "finance": [f"/buyer/orders/{arrived.number}/pay/"],
    }


def test_the_numbers_are_this_years_goods(market: Market, stranger: trade.Unit) -> None:
    market.accepted(300)
    figures = market.as_("approver").get("/buyer/").context["figures"]
    assert (figures.ordered_fen, figures.accepted_fen, figures.paid_fen) == (105_000, 105_000, 0)
    assert market.browser(stranger.approver).get("/buyer/").context["figures"].ordered_fen == 0


def queries(browser: Client, place: str) -> int:
    browser.get(f"/buyer/{place}")
    with CaptureQueriesContext(connection) as found:
        assert browser.get(f"/buyer/{place}").status_code == 200
    return len(found)


@pytest.mark.parametrize("place", LISTS)
def test_a_list_costs_the_same_for_two_and_for_twenty(market: Market, place: str) -> None:
    boss = users.make_user("boss")
    roles = ["approver", "receiver", "finance", "requester"]
    institutions.add_member(institution=market.school.institution, user=boss, roles=roles)
    browser = market.browser(boss)

    def more(numbers: range) -> None:
        for number in numbers:
            market.request(1, f"r{number}")
            market.order(1, shipped=1, key=f"s{number}")
            trade_order = market.order(1, shipped=1, key=f"p{number}")
            browser.post(f"/buyer/orders/{trade_order.number}/accept/", {"all": "1"})

    more(range(2))
    few = queries(browser, place)
    more(range(2, 20))
    assert queries(browser, place) == few


@pytest.mark.parametrize("lines", [2, 20])
def test_pages_of_one_thing_cost_the_same_whatever_the_lines(market: Market, lines: int) -> None:
    wanted = {trade.goods(market.farm, market.now, title=f"产品{n}").pk: 5 for n in range(lines)}
    asked = trade.submitted(market.school, wanted, market.now, "q")
    order = trade.ordered(market.school, wanted, market.now, "o")
    browser = market.as_("approver")
    number = order.purchase.number
    assert {
        "request": queries(browser, f"requests/{asked.pk}/"),
        "purchase": queries(browser, f"purchases/{number}/"),
        "order": queries(browser, f"orders/{order.number}/"),
        "statement": queries(browser, f"purchases/{number}/statement/"),
    } == {"request": 10, "purchase": 7, "order": 17, "statement": 7}
