"""The basket of a person for an institution, and for themselves."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.basket.models import Line
from marketplace.institutions import services as institutions
from marketplace.institutions.permissions import Role
from marketplace.portals.shop.quantities import parse_quantity
from tests.factories import trade, users
from tests.factories.members import join_institution

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def seller(db: None) -> trade.Seller:
    trade.land()
    return trade.seller(flat_freight="15.00")


@pytest.fixture
def buyer(seller: trade.Seller) -> trade.Unit:
    return trade.unit()


@pytest.fixture
def shopper(client_of: ClientOf, buyer: trade.Unit) -> Client:
    return client_of(buyer.requester)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def put(shopper: Client, buyer: trade.Unit, quantities: dict[int, object], **more: object) -> list[str]:
    """Posts the quantities and gives the messages that came of it."""
    fields = {f"quantity-{pk}": value for pk, value in quantities.items()}
    response = shopper.post("/basket/set/", {"institution": buyer.institution.pk, **fields, **more})
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request)]  # also those not read yet


def held() -> dict[int, int]:
    return dict(Line.objects.values_list("stockrecord_id", "quantity"))


def test_many_lines_go_in_at_once(
    shopper: Client, buyer: trade.Unit, seller: trade.Seller, now: datetime
) -> None:
    first, second = (trade.goods(seller, now, title=title) for title in ("竹笋", "橄榄"))
    assert put(shopper, buyer, {first.pk: "３００", second.pk: "1,000"}) == ["购物车已更新。"]
    assert held() == {first.pk: 300, second.pk: 1000}
    put(shopper, buyer, {first.pk: 0, second.pk: 5})
    assert held() == {second.pk: 5}


@pytest.mark.parametrize("typed", ["-1", "1.5", "1" + "0" * 30, "abc", "", "²", "\0", "10000001"])
def test_what_is_no_quantity_is_named_and_changes_nothing(
    shopper: Client, buyer: trade.Unit, seller: trade.Seller, now: datetime, typed: str
) -> None:
    first, second = (trade.goods(seller, now, title=title) for title in ("竹笋", "橄榄"))
    put(shopper, buyer, {first.pk: 3})
    message = put(shopper, buyer, {first.pk: 8, second.pk: typed})[-1]
    assert message == f"橄榄：“{typed[:20]}”不是数量。 数量要填 1 至 10,000,000 的整数。"
    assert held() == {first.pk: 3}


def test_nothing_is_no_quantity_on_a_products_page(
    shopper: Client, buyer: trade.Unit, seller: trade.Seller, now: datetime
) -> None:
    record = trade.goods(seller, now)
    message = put(shopper, buyer, {record.pk: 0}, product=record.product_id)[-1]
    assert message.startswith("埔田竹笋：“0”不是数量。")
    assert held() == {}


@pytest.mark.parametrize(
    ("typed", "quantity"),
    [("300", 300), ("３００", 300), (" 1,200 ", 1200), ("1，200", 1200), ("0", 0), ("10000000", 10_000_000)],
)
def test_people_type_numbers_in_their_own_way(typed: str, quantity: int) -> None:
    assert parse_quantity(typed) == quantity


def test_what_is_not_on_sale_does_not_go_in(
    shopper: Client, buyer: trade.Unit, seller: trade.Seller, now: datetime
) -> None:
    first, second = (trade.goods(seller, now, title=title) for title in ("竹笋", "橄榄"))
    StockRecord.objects.filter(pk=second.pk).update(offered_until=now)
    message = put(shopper, buyer, {first.pk: 1, second.pk: 1})[-1]
    assert message == "目前不在售：橄榄。购物车没有改动；请先去掉这些产品再试。"
    assert held() == {}


def test_lines_stand_by_supplier_with_tier_prices_and_freight(
    shopper: Client, buyer: trade.Unit, seller: trade.Seller, now: datetime
) -> None:
    other = trade.seller("揭西橄榄合作社")
    mine = trade.goods(seller, now, price="4.00", tiers=((200, "3.50"),))
    theirs = trade.goods(other, now, title="橄榄", price="10.00", tiers=())
    put(shopper, buyer, {mine.pk: 200, theirs.pk: 3})
    context = shopper.get("/basket/").context
    assert [(group.totals.supplier.name, group.totals.total) for group in context["groups"]] == [
        ("埔田竹笋专业合作社", Decimal("715.00")),
        ("揭西橄榄合作社", Decimal("30.00")),
    ]
    assert [group.rows[0].priced.unit_price for group in context["groups"]] == [
        Decimal("3.50"),
        Decimal("10.00"),
    ]
    sums = [context[name] for name in ("goods_total", "freight_total", "total")]
    assert sums == [Decimal("730.00"), Decimal("15.00"), Decimal("745.00")]
    assert context["basket_line_count"]() == 2


def test_a_line_that_cannot_be_bought_says_what_to_do(
    shopper: Client, buyer: trade.Unit, seller: trade.Seller, now: datetime
) -> None:
    short, closed = (trade.goods(seller, now, title=title, available=50) for title in ("竹笋", "橄榄"))
    put(shopper, buyer, {short.pk: 60, closed.pk: 5})
    StockRecord.objects.filter(pk=closed.pk).update(recognised_until=now)
    response = shopper.get("/basket/")
    assert [row.obstacle for row in response.context["groups"][0].rows] == [
        "只剩 50\u00a0斤。请减少数量，或取出这一项。",
        "已不在售。请取出这一项。",
    ]
    assert response.context["obstacle_count"] == 2
    assert "提交采购申请" not in response.content.decode()
    put(shopper, buyer, {short.pk: 50}, remove=closed.pk)  # takes out that one, and nothing else
    assert held() == {short.pk: 60}


def test_a_basket_belongs_to_one_institution(
    shopper: Client, buyer: trade.Unit, seller: trade.Seller, now: datetime
) -> None:
    second = trade.unit("示范市第二中学")
    join_institution(second.institution, buyer.requester, Role.REQUESTER)
    record = trade.goods(seller, now)
    put(shopper, second, {record.pk: 7})
    counts = {
        unit: shopper.get("/basket/", {"institution": unit.institution.pk}).context["line_count"]
        for unit in (buyer, second)
    }
    assert list(counts.values()) == [0, 1]


@pytest.mark.parametrize("asked", ["foreign", "0", "x", "\0", "9" * 40])
def test_a_foreign_institution_does_not_exist(
    shopper: Client, seller: trade.Seller, now: datetime, asked: str
) -> None:
    pk = trade.unit("别的单位").institution.pk if asked == "foreign" else asked
    record = trade.goods(seller, now)
    assert shopper.get("/basket/", {"institution": pk}).status_code == 404
    response = shopper.post("/basket/set/", {"institution": pk, f"quantity-{record.pk}": 1})
    assert response.status_code == 404
    assert held() == {}


def test_who_does_not_ask_to_buy_fills_no_basket_of_the_institution(
    client_of: ClientOf, buyer: trade.Unit, seller: trade.Seller, now: datetime
) -> None:
    record = trade.goods(seller, now)
    for person in (buyer.approver, users.make_user()):
        other = client_of(person)
        assert [buyer.key for buyer, _count in other.get("/basket/").context["choices"]] == ["own"]
        data = {"institution": buyer.institution.pk, f"quantity-{record.pk}": 1}
        assert other.post("/basket/set/", data).status_code == 404
    institutions.remove_member(institution=buyer.institution, user=buyer.requester, actor=buyer.head)
    assert client_of(buyer.requester).post("/basket/set/", data).status_code == 404
    assert held() == {}


def test_a_basket_needs_a_log_in(client: Client) -> None:
    assert client.get("/basket/").url == "/account/login/?next=/basket/"
    assert client.post("/basket/set/").url == "/account/login/?next=/basket/set/"


def test_a_basket_costs_the_same_whatever_is_in_it(
    shopper: Client, buyer: trade.Unit, now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    sellers = [trade.seller(f"合作社{number}") for number in range(5)]
    put(shopper, buyer, {trade.goods(sellers[0], now).pk: 1})
    shopper.get("/")  # the shop remembers its navigation
    with django_assert_num_queries(10):
        assert shopper.get("/basket/").context["line_count"] == 1
    put(shopper, buyer, {trade.goods(sellers[n % 5], now, title=f"笋{n}").pk: 1 for n in range(99)})
    with django_assert_num_queries(10):
        assert shopper.get("/basket/").context["line_count"] == 100


@pytest.fixture
def full(shopper: Client, buyer: trade.Unit, seller: trade.Seller, now: datetime) -> list[int]:
    """The stock records of 51 lines at 4.00 of one supplier, whose freight is 15.00."""
    keys = [trade.goods(seller, now, title=f"笋{n}").pk for n in range(51)]
    put(shopper, buyer, dict.fromkeys(keys, 1))
    return keys


def shown(page: HttpResponse) -> list[int]:
    rows = [row for group in page.context["groups"] for row in group.rows]
    return [row.priced.line.stockrecord_id for row in rows]


def test_a_long_basket_is_cut_into_pages_with_the_totals_of_all(shopper: Client, full: list[int]) -> None:
    first, second = shopper.get("/basket/"), shopper.get("/basket/?page=2")
    assert (shown(first), shown(second)) == (full[:50], full[50:])
    for page in (first, second):
        assert page.context["total"] == Decimal("4.00") * 51 + 15
        assert "共 51 项" in " ".join(page.content.decode().split())


def test_what_cannot_be_bought_stands_on_the_first_page(shopper: Client, full: list[int]) -> None:
    StockRecord.objects.filter(pk=full[-1]).update(offered_until=None)
    page = shopper.get("/basket/")
    assert page.context["obstacle_count"] == 1
    assert shown(page) == [full[-1], *full[:49]]


def test_a_page_saves_its_own_lines_and_stays(shopper: Client, buyer: trade.Unit, full: list[int]) -> None:
    fields = {"institution": buyer.institution.pk, "page": "2", f"quantity-{full[50]}": "7"}
    response = shopper.post("/basket/set/", fields)
    assert response.url == f"/basket/?institution={buyer.institution.pk}&page=2"
    assert held() == {**dict.fromkeys(full, 1), full[50]: 7}
    wrong = shopper.post("/basket/set/", {**fields, f"quantity-{full[50]}": "x"})
    assert wrong.url == response.url
    assert shopper.get("/basket/?page=99").context["page"].number == 2


def test_turning_the_page_keeps_what_was_typed(shopper: Client, buyer: trade.Unit, full: list[int]) -> None:
    page = " ".join(shopper.get("/basket/").content.decode().split())
    assert '<button type="submit" name="page" value="2" >2</button>' in page
    fields = {"institution": buyer.institution.pk, "page": ["1", "2"], f"quantity-{full[0]}": "7"}
    response = shopper.post("/basket/set/", fields)
    assert response.url == f"/basket/?institution={buyer.institution.pk}&page=2"
    assert held()[full[0]] == 7


def test_a_person_fills_a_basket_for_themselves_beside_the_institutions(
    shopper: Client, buyer: trade.Unit, seller: trade.Seller, now: datetime
) -> None:
    record = trade.goods(seller, now)
    put(shopper, buyer, {record.pk: 300})
    put(shopper, buyer, {record.pk: 2}, institution="own")
    page = shopper.get("/basket/", {"institution": "own"})
    assert (page.context["buyer"].key, page.context["line_count"]) == ("own", 1)
    assert [(each.name, count) for each, count in page.context["choices"]] == [
        (buyer.institution.name, 1),
        ("我自己", 1),
    ]
    text = page.content.decode()
    assert 'href="/checkout/"' in text
    assert "/buyer/submit/" not in text
    of_institution = shopper.get("/basket/", {"institution": buyer.institution.pk}).content.decode()
    assert f"/buyer/submit/{buyer.institution.pk}/" in of_institution
    assert 'href="/checkout/"' not in of_institution


@override_settings(PAYMENT_GATEWAY="")
def test_a_basket_for_oneself_says_where_nobody_can_pay_online(
    client_of: ClientOf, buyer: trade.Unit, seller: trade.Seller, now: datetime
) -> None:
    person = client_of(users.make_user())
    put(person, buyer, {trade.goods(seller, now).pk: 2}, institution="own")
    text = person.get("/basket/").content.decode()
    assert "本站暂未开通在线支付" in text
    assert 'href="/checkout/"' not in text
