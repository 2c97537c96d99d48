"""The portal's frame, its front page, and what lists cost."""

from collections.abc import Mapping

import pytest
from django.contrib.sites.models import Site
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from marketplace.accounts.models import User
from marketplace.basket import services as baskets
from marketplace.institutions import services as institutions
from marketplace.order.models import Order
from marketplace.portals.navigation import workplaces_of
from marketplace.procurement.services import fulfilment
from tests.factories import trade, users
from tests.factories.members import Role, join_institution
from tests.factories.users import browser_of
from tests.portals.buyer.conftest import Market
from tests.portals.buyer.test_submit import DELIVERY

# With what each costs, in queries.
LISTS = {
    "": 13,
    "baskets/": 5,
    "requests/": 7,
    "purchases/": 7,
    "orders/": 6,
    "orders/?todo=accept": 6,
    "orders/?todo=pay": 8,
}


def test_only_members_get_in(market: Market, client: Client) -> None:
    nobody = browser_of(users.make_user("li-si"))
    for place in LISTS:
        assert client.get(f"/buyer/{place}").status_code == 302
        assert nobody.get(f"/buyer/{place}").status_code == 403
    assert browser_of(market.farm.cadre).get("/buyer/").status_code == 403


def test_who_has_left_is_shut_out(market: Market) -> None:
    browser = market.as_("requester")
    institutions.remove_member(
        institution=market.school.institution, user=market.school.requester, actor=users.operator()
    )
    assert browser.get("/buyer/").status_code == 403


def test_the_institution_and_the_roles_stand_on_top(market: Market) -> None:
    page = market.as_("finance").get("/buyer/")
    assert (page.context["organisation_name"], page.context["organisation_note"]) == (
        "示范市第一中学",
        "财务",
    )


def test_the_account_leads_here(market: Market) -> None:
    (place,) = workplaces_of(market.school.requester)
    assert place.label == "示范市第一中学"
    assert place.note == "为单位采购 · 申请人"
    assert place.url == f"/buyer/?institution={market.school.institution.pk}"
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


def test_the_front_page_shows_five_of_a_kind_and_says_where_the_others_are(market: Market) -> None:
    for number in range(5):
        market.order(10, shipped=10, key=f"s{number}")
    market.request(key="asked")
    receiver, approver = market.as_("receiver"), market.as_("approver")
    assert len(receiver.get("/buyer/").context["todos"]) == 5
    market.order(10, shipped=10, key="sixth")
    market.order(10, shipped=10, key="seventh")
    *shown, rest = receiver.get("/buyer/").context["todos"]
    assert [todo.action for todo in shown] == ["验收"] * 5
    assert (rest.due, rest.title, rest.action) == ("还有 2 项", "待验收的货物", "查看全部")
    assert receiver.get(rest.url).context["page"].paginator.count == 7
    assert len(approver.get("/buyer/").context["todos"]) == 1


def test_the_numbers_are_this_years_goods(market: Market, stranger: trade.Unit) -> None:
    market.accepted(300)
    figures = market.as_("approver").get("/buyer/").context["figures"]
    assert (figures.ordered_fen, figures.accepted_fen, figures.paid_fen) == (105_000, 105_000, 0)
    assert browser_of(stranger.approver).get("/buyer/").context["figures"].ordered_fen == 0


def cost(browser: Client, place: str, typed: Mapping[str, str] | None = None) -> int:
    """How many queries a look at a page takes, or sending what was typed; transaction control left out."""
    with CaptureQueriesContext(connection) as found:
        answer = browser.get(f"/buyer/{place}") if typed is None else browser.post(f"/buyer/{place}", typed)
    assert answer.status_code == (200 if typed is None else 302)
    return len([query for query in found if "SAVEPOINT" not in query["sql"]])


def boss_of(market: Market) -> Client:
    """A browser of somebody who may do everything for the school."""
    boss = users.make_user("boss")
    join_institution(market.school.institution, boss, *Role)
    return browser_of(boss)


def test_lists_cost_the_same_for_one_and_for_twenty(market: Market) -> None:
    browser = boss_of(market)
    for numbers in (range(1), range(1, 20)):
        for number in numbers:
            market.request(1, f"r{number}")
            market.order(1, shipped=1, key=f"s{number}")
            market.accepted(1, key=f"a{number}")
        assert {place: cost(browser, place) for place in LISTS} == LISTS


@pytest.mark.parametrize("lines", [1, 20])
def test_what_has_lines_costs_the_same_for_one_and_for_twenty(market: Market, lines: int) -> None:
    browser = boss_of(market)
    Site.objects.get_current()
    records = [trade.goods(market.farm, market.now, title=f"产品{n}").pk for n in range(lines)]
    wanted = dict.fromkeys(records, 5)
    boss, school = User.objects.get(username="boss"), market.school
    baskets.set_quantities(user=boss, institution=school.institution, quantities=wanted, now=market.now)
    asked = trade.submitted(school, wanted, market.now, "q")
    order = trade.ordered(school, wanted, market.now, "o")
    costs = {
        "submit asked": cost(browser, "submit/"),
        "submit": cost(browser, "submit/", DELIVERY),
        "request": cost(browser, f"requests/{asked.pk}/"),
        "approve": cost(browser, f"requests/{asked.pk}/approve/", {}),
        "purchase": cost(browser, f"purchases/{order.purchase.number}/"),
        "statement": cost(browser, f"purchases/{order.purchase.number}/statement/"),
        "order": cost(browser, f"orders/{order.number}/"),
        **moves_of(browser, market, order),
    }
    assert costs == {
        "submit asked": 12,
        "submit": 25,
        "request": 11,
        "approve": 30,
        "purchase": 8,
        "statement": 8,
        "order": 18,
        "accept asked": 13,
        "accept": 29,
        "return asked": 14,
        "return": 30,
        "cancel asked": 14,
        "cancel": 33,
    }


def moves_of(browser: Client, market: Market, order: Order) -> dict[str, int]:
    """What it costs to accept two of five units of each line, to send one back and to cancel one."""
    fulfilment.confirm_order(order_id=order.pk, actor=market.farm.cadre, now=market.now)
    keys = list(order.lines.values_list("pk", flat=True))
    market.ship(order, dict.fromkeys(keys, 3))
    costs = {}
    for move, typed in (
        ("accept", {f"accepted_{pk}": "2" for pk in keys}),
        ("return", {f"quantity_{pk}": "1" for pk in keys}),
        ("cancel", {f"quantity_{pk}": "1" for pk in keys}),
    ):
        costs[f"{move} asked"] = cost(browser, f"orders/{order.number}/{move}/")
        costs[move] = cost(browser, f"orders/{order.number}/{move}/", {**typed, "reason": "停课"})
    return costs
