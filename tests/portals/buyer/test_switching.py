"""One person in two institutions: each page is about one of them, and says which."""

from decimal import Decimal

import pytest
from django.test import Client

from marketplace.institutions import services as institutions
from marketplace.procurement.models import PurchaseRequest
from tests.factories import trade, users
from tests.factories.members import Role, join_institution
from tests.factories.users import browser_of
from tests.portals.buyer.conftest import Market

LISTS = ("", "requests/", "orders/", "purchases/", "baskets/")


@pytest.fixture
def hospital(market: Market) -> trade.Unit:
    """The other institution; by name it stands behind the school."""
    return trade.unit("示范市第二人民医院")


@pytest.fixture
def both(market: Market, hospital: trade.Unit) -> Client:
    """A browser of who approves and receives in the school and only looks in the hospital."""
    person = users.make_user("both")
    join_institution(market.school.institution, person, Role.APPROVER, Role.RECEIVER)
    join_institution(hospital.institution, person, Role.VIEWER, Role.APPROVER)
    return browser_of(person)


def shown(browser: Client, address: str) -> str:
    """The institution that the page says it is about."""
    return str(browser.get(address).context["organisation_name"])


def asked(market: Market, hospital: trade.Unit) -> tuple[PurchaseRequest, PurchaseRequest]:
    """A request of each."""
    theirs = trade.submitted(hospital, {market.shoots.pk: 20}, market.now, "h")
    return market.request(10, "s"), theirs


def test_a_list_is_of_the_institution_that_the_address_names(
    market: Market, hospital: trade.Unit, both: Client
) -> None:
    own, theirs = asked(market, hospital)
    for unit, request in ((market.school, own), (hospital, theirs)):
        page = both.get("/buyer/requests/", {"institution": unit.institution.pk})
        assert list(page.context["page"]) == [request]
        assert page.context["organisation_name"] == unit.institution.name


def test_what_was_chosen_is_remembered_until_another_is(
    market: Market, hospital: trade.Unit, both: Client
) -> None:
    asked(market, hospital)
    for unit in (hospital, market.school):
        both.get("/buyer/", {"institution": unit.institution.pk})
        assert {shown(both, f"/buyer/{place}") for place in LISTS} == {unit.institution.name}
        page = both.get("/buyer/")
        assert [tab["count"] for tab in both.get("/buyer/requests/").context["tabs"]][:2] == [1, 1]
        assert len(page.context["todos"]) == 1
        assert page.context["pending"] == 1
        current = [each.name for each in page.context["organisations"] if each.is_current]
        assert current == [unit.institution.name]


def test_a_link_from_a_mail_switches_to_the_objects_institution(
    market: Market, hospital: trade.Unit, both: Client
) -> None:
    own, theirs = asked(market, hospital)
    both.get("/buyer/", {"institution": market.school.institution.pk})
    assert shown(both, f"/buyer/requests/{theirs.pk}/") == "示范市第二人民医院"
    assert shown(both, "/buyer/requests/") == "示范市第二人民医院"
    assert shown(both, f"/buyer/requests/{own.pk}/") == "示范市第一中学"
    assert shown(both, "/buyer/orders/") == "示范市第一中学"


def test_orders_and_purchases_switch_too(market: Market, hospital: trade.Unit, both: Client) -> None:
    order = trade.ordered(hospital, {market.shoots.pk: 20}, market.now, "h")
    for address in (f"orders/{order.number}/", f"purchases/{order.purchase.number}/"):
        both.get("/buyer/", {"institution": market.school.institution.pk})
        assert shown(both, f"/buyer/{address}") == "示范市第二人民医院"
        assert list(both.get("/buyer/orders/").context["page"]) == [order]
        assert list(both.get("/buyer/purchases/").context["page"]) == [order.purchase]
        assert both.get("/buyer/").context["figures"].ordered_fen == 8_000


def test_the_switcher_says_what_waits_where(market: Market, hospital: trade.Unit, both: Client) -> None:
    asked(market, hospital)
    trade.submitted(hospital, {market.shoots.pk: 5}, market.now, "h2")
    counts = {each.name: each.count for each in both.get("/buyer/").context["organisations"]}
    assert counts == {"示范市第一中学": 1, "示范市第二人民医院": 2}


def test_the_roles_are_those_in_the_institution_shown(
    market: Market, hospital: trade.Unit, both: Client
) -> None:
    notes = {
        unit.institution.name: both.get("/buyer/", {"institution": unit.institution.pk}).context[
            "organisation_note"
        ]
        for unit in (market.school, hospital)
    }
    assert notes == {"示范市第一中学": "审批人 · 验收人", "示范市第二人民医院": "审批人 · 查看人"}


@pytest.mark.parametrize("asked_for", ["foreign", "0", "x", "", "9" * 40, "\0"])
def test_a_foreign_institution_cannot_be_chosen(market: Market, both: Client, asked_for: str) -> None:
    pk = trade.unit("别的单位").institution.pk if asked_for == "foreign" else asked_for
    for place in LISTS:
        assert both.get(f"/buyer/{place}", {"institution": pk}).status_code == 404


def test_a_forged_cookie_chooses_nothing(market: Market, both: Client) -> None:
    for value in (str(trade.unit("别的单位").institution.pk), "x", "9" * 40):
        both.cookies["institution"] = value
        assert shown(both, "/buyer/") == "示范市第一中学"


def test_who_leaves_one_institution_is_in_the_other_at_once(
    market: Market, hospital: trade.Unit, both: Client
) -> None:
    own, theirs = asked(market, hospital)
    assert shown(both, f"/buyer/requests/{theirs.pk}/") == "示范市第二人民医院"
    person = users.User.objects.get(username="both")
    institutions.remove_member(institution=hospital.institution, user=person, actor=hospital.head)
    assert both.get(f"/buyer/requests/{theirs.pk}/").status_code == 404
    assert both.post(f"/buyer/requests/{theirs.pk}/approve/").status_code == 404
    assert shown(both, "/buyer/requests/") == "示范市第一中学"
    assert both.get("/buyer/", {"institution": hospital.institution.pk}).status_code == 404
    assert both.get(f"/buyer/requests/{own.pk}/").status_code == 200


def test_a_person_in_one_institution_gets_no_cookie_and_no_switcher(market: Market) -> None:
    response = market.as_("approver").get("/buyer/")
    assert len(response.context["organisations"]) == 1
    assert 'class="switcher' not in response.content.decode()
    assert "institution" not in response.cookies


def test_baskets_are_kept_apart(market: Market, hospital: trade.Unit) -> None:
    person = users.make_user("asker")
    join_institution(market.school.institution, person, Role.REQUESTER)
    join_institution(hospital.institution, person, Role.REQUESTER)
    browser = browser_of(person)
    data = {"institution": hospital.institution.pk, f"quantity-{market.shoots.pk}": 7}
    browser.post("/basket/set/", data)
    lines = {
        unit.institution.name: browser.get("/buyer/baskets/", {"institution": unit.institution.pk}).context[
            "line_count"
        ]
        for unit in (market.school, hospital)
    }
    assert lines == {"示范市第一中学": 0, "示范市第二人民医院": 1}
    form = browser.get(f"/buyer/submit/{hospital.institution.pk}/")
    assert (form.context["organisation_name"], form.context["parts"][0].lines[0].unit_price) == (
        "示范市第二人民医院",
        Decimal("4.00"),
    )


def test_a_viewer_sees_everything_and_does_nothing(market: Market) -> None:
    asked_for = market.request(10, "s")
    order = market.order(10, shipped=10, key="o")
    viewer = market.as_("viewer")
    assert viewer.get("/buyer/").context["todos"] == []
    for place in (f"requests/{asked_for.pk}/", f"orders/{order.number}/"):
        response = viewer.get(f"/buyer/{place}")
        assert (response.status_code, response.context["moves"]) == (200, set())
    for deed in (
        f"requests/{asked_for.pk}/approve/",
        f"requests/{asked_for.pk}/reject/",
        f"requests/{asked_for.pk}/withdraw/",
        f"orders/{order.number}/accept/",
        f"orders/{order.number}/cancel/",
        f"orders/{order.number}/pay/",
        "submit/",
    ):
        assert viewer.post(f"/buyer/{deed}", {"reason": "不要", "all": "1"}).status_code == 403
    asked_for.refresh_from_db()
    assert asked_for.status == "pending"
