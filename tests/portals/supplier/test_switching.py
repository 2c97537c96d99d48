"""One person who acts for two suppliers: each page is about one of them, and says which."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from catalog.partner import services as suppliers
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services import start_offer
from marketplace.accounts.models import User
from supplier_villages.regions.models import Region
from tests.factories import trade, users
from tests.factories.members import SupplierRole, join_supplier
from tests.portals.supplier.deal import Deal

pytestmark = pytest.mark.django_db
LISTS = ("", "orders/")


@pytest.fixture
def olives(deal: Deal) -> trade.Seller:
    """The other supplier."""
    return trade.seller("揭西橄榄合作社")


@pytest.fixture
def both(deal: Deal, olives: trade.Seller, client_of: Callable[[User], Client]) -> Client:
    """A browser of the bamboo's cadre who keeps the olives' books."""
    person = users.make_user("both")
    join_supplier(deal.farm.supplier, person)
    join_supplier(olives.supplier, person, SupplierRole.BOOKKEEPER)
    return client_of(person)


def shown(browser: Client, address: str) -> tuple[str, str]:
    """The supplier that the page says it is about, and what the person is there."""
    context = browser.get(address).context
    return str(context["organisation_name"]), str(context["organisation_note"])


BAMBOO = ("埔田竹笋专业合作社", "驻村干部")
OLIVES = ("揭西橄榄合作社", "会计")


def test_lists_and_counts_are_of_one_supplier(deal: Deal, olives: trade.Seller, both: Client) -> None:
    theirs = trade.ordered(deal.school, {trade.goods(olives, deal.now).pk: 5}, deal.now, "k2")
    for seller, order, whose in ((deal.farm, deal.order, BAMBOO), (olives, theirs, OLIVES)):
        both.get("/supplier/", {"supplier": seller.supplier.pk})
        assert {shown(both, f"/supplier/{place}") for place in LISTS} == {whose}
        page = both.get("/supplier/orders/")
        assert [row.order for row in page.context["rows"]] == [order]
        assert [tab.count for tab in page.context["tabs"]][1:4] == [1, 0, 0]
    figures = both.get("/supplier/").context["figures"]
    assert figures.ordered_fen == 2_000


def test_a_link_from_a_mail_switches_to_the_orders_supplier(
    deal: Deal, olives: trade.Seller, both: Client
) -> None:
    both.get("/supplier/", {"supplier": olives.supplier.pk})
    assert shown(both, deal.url) == BAMBOO
    assert shown(both, "/supplier/") == BAMBOO


def test_a_new_offer_is_of_the_supplier_that_the_form_names(
    deal: Deal, olives: trade.Seller, both: Client
) -> None:
    join_supplier(trade.seller("第三家").supplier, users.User.objects.get(username="both"))
    own = deal.farm.supplier
    form = both.get("/supplier/offers/new/", {"supplier": own.pk})
    assert f'action="?supplier={own.pk}"' in form.content.decode()
    village = next(iter(form.context["form"].villages))
    both.get("/supplier/", {"supplier": olives.supplier.pk})  # in another tab
    data = {"village": village, "draft_key": "d1"}
    assert both.post(f"/supplier/offers/new/?supplier={own.pk}", data).status_code == 302
    assert UnsoldOffer.objects.get().supplier == own


@pytest.mark.parametrize("asked_for", ["foreign", "0", "x", "", "9" * 40])
def test_a_foreign_supplier_cannot_be_chosen(both: Client, asked_for: str) -> None:
    pk = trade.seller("别家").supplier.pk if asked_for == "foreign" else asked_for
    for place in LISTS:
        assert both.get(f"/supplier/{place}", {"supplier": pk}).status_code == 404


def test_a_bookkeeper_sees_to_the_money_only(deal: Deal, client_of: Callable[[User], Client]) -> None:
    books = client_of(deal.farm.bookkeeper)
    offer = start_offer(
        supplier=deal.farm.supplier,
        village=Region.objects.get(code=trade.VILLAGE),
        draft_key="d",
        actor=deal.farm.cadre,
        now=timezone.now(),
    )
    page = books.get(deal.url)
    assert page.status_code == 200
    assert f"{deal.url}confirm/" not in page.content.decode()
    assert books.get("/supplier/").context["todos"] == []
    assert [item.url for item in books.get("/supplier/").context["navigation"]] == [
        "/supplier/",
        "/supplier/orders/",
    ]
    for page_of_goods in ("offers/", "offers/new/", f"offers/{offer.pk}/", f"offers/{offer.pk}/price/"):
        assert books.get(f"/supplier/{page_of_goods}").status_code == 403
    for deed in ("confirm/", "confirm-less/", "refuse/", "cancel/", "ship/"):
        assert books.post(deal.url + deed, {"reason": "不"}).status_code == 403
    assert deal.read().status == "contracted"
    payment = deal.pay()
    assert [todo.action for todo in books.get("/supplier/").context["todos"]] == ["核对收款"]
    assert books.post(f"{deal.url}payments/{payment.pk}/confirm/").status_code == 302
    assert deal.read().payment_status == "paid"


def test_rights_are_those_at_the_supplier_of_the_object(
    deal: Deal, olives: trade.Seller, both: Client
) -> None:
    """The cadre of one supplier is the bookkeeper of the other: there they ship nothing."""
    theirs = trade.ordered(deal.school, {trade.goods(olives, deal.now).pk: 5}, deal.now, "k2")
    both.get("/supplier/", {"supplier": deal.farm.supplier.pk})
    assert both.post(f"/supplier/orders/{theirs.number}/confirm/").status_code == 403
    assert both.post(f"{deal.url}confirm/").status_code == 302
    theirs.refresh_from_db()
    assert (theirs.status, deal.read().status) == ("contracted", "confirmed")


def test_who_is_removed_is_out_at_once(deal: Deal, client_of: Callable[[User], Client]) -> None:
    cadre = client_of(deal.farm.cadre)
    assert cadre.get(deal.url).status_code == 200
    suppliers.remove_member(supplier=deal.farm.supplier, user=deal.farm.cadre, actor=deal.farm.head)
    for address in ("/supplier/", "/supplier/orders/", deal.url):
        assert cadre.get(address).status_code == 403
    assert cadre.post(f"{deal.url}confirm/").status_code == 403
    assert deal.read().status == "contracted"
