"""The way down ends in order lines: which order, whose, of what, and what of it counts."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.models import User
from marketplace.core.periods import Window
from marketplace.county_figures.order_lines import OrderLine, every_line, order_lines
from marketplace.order.models import Order
from marketplace.procurement.models import Payment
from marketplace.procurement.services import fulfilment, payments
from marketplace.procurement.services.fulfilment import Judgement
from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.queries import Totals, sold_villages
from supplier_villages.regions.models import Region
from tests.factories import trade
from tests.factories.offices import make_office
from tests.factories.sales_journal import at, journal_line, posted
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")
COUNTY, VILLAGE = "445203", trade.VILLAGE
SECOND_VILLAGE = "445203001299"
MARCH = {"first_day": "2020-03-01", "last_day": "2020-03-31"}


@pytest.fixture
def officer() -> User:
    """Somebody in 揭东's office."""
    trade.land()
    user = make_user("officer")
    make_office(COUNTY, user)
    return user


@pytest.fixture
def order(officer: User) -> Order:
    """300 units at 3.50 CNY: 290 accepted five days later, 10 not, 500 CNY paid."""
    unit, farm = trade.unit(), trade.seller()
    order = trade.ordered(unit, {trade.goods(farm, NOW).pk: 300}, NOW)
    later = NOW + timedelta(days=5)
    fulfilment.confirm_order(order_id=order.pk, actor=farm.cadre, now=NOW)
    fulfilment.ship_order(order_id=order.pk, actor=farm.cadre, carrier="邮政", tracking_number="1", now=NOW)
    judgements = {order.lines.get().pk: Judgement(accepted=290, rejected=10, reason="压坏")}
    fulfilment.receive_order(order_id=order.pk, actor=unit.receiver, judgements=judgements, now=later)
    payment = payments.record_payment(
        order_id=order.pk,
        actor=unit.finance,
        direction=Payment.Direction.PAYMENT,
        amount_fen=50_000,
        paid_on=later.date(),
        bank_reference="B1",
        now=later,
    )
    payments.confirm_payment(payment_id=payment.pk, actor=farm.cadre, now=later)
    return order


def address(page: str = "", region: str = COUNTY) -> str:
    """The lines of a region, as a page or a file of 揭东's office."""
    return f"/office/{COUNTY}/figures/{region}/lines/{page}"


def shown(order: Order) -> OrderLine:
    """What the screen says of the order's one line in March."""
    return OrderLine(
        order_number=order.number,
        placed_at=NOW,
        title="埔田竹笋",
        supplier_name="埔田竹笋专业合作社",
        village="圩埔村委会",
        buyer="示范市第一中学",
        counted_on=date(2020, 3, 20),
        sale_unit="jin",
        contracted=290,
        accepted=290,
        totals=Totals(101_500, 101_500, 50_000),
    )


def test_a_line_says_whose_order_it_is_and_what_of_it_counts(
    order: Order, officer: User, client_of: ClientOf
) -> None:
    page = client_of(officer).get(address(), MARCH)
    expected = replace(shown(order), sale_unit=order.lines.get().sale_unit)
    assert page.context["lines"] == [expected]
    assert page.context["totals"] == expected.totals
    html = page.content.decode()
    for text in (order.number, "2020年3月15日", "示范市第一中学", "圩埔村委会", "¥1,015.00", "¥500.00"):
        assert text in html


def test_a_window_has_what_counts_in_it(order: Order, officer: User, client_of: ClientOf) -> None:
    client = client_of(officer)
    first = {"first_day": "2020-03-15", "last_day": "2020-03-15"}
    rest = {"first_day": "2020-03-16", "last_day": "2020-03-31"}
    counted = [client.get(address(), days).context["lines"] for days in (first, rest)]
    assert [(line.contracted, line.accepted, line.totals) for (line,) in counted] == [
        (300, 0, Totals(105_000, 0, 0)),
        (-10, 290, Totals(-3_500, 101_500, 50_000)),
    ]


def test_a_buyer_who_is_a_person_is_masked(officer: User, client_of: ClientOf) -> None:
    known, nameless = make_user("zhang", name="张小明"), make_user("nameless", name="")
    for number, user in enumerate((known, nameless), start=1):
        line = journal_line(VILLAGE, 100, buyer_kind="individual", buyer_id=user.pk, source_line_id=number)
        posted(Kind.ACCEPTED, line, key=f"a{number}", event_at=at(2020, 3, 3))
    for path in (address(), address("table.csv")):
        text = client_of(officer).get(path, MARCH).getvalue().decode()
        assert "张**" in text
        assert "个人" in text
        assert "张小明" not in text
        assert "nameless" not in text


def test_what_no_order_here_explains_is_shown_without_a_number(officer: User, client_of: ClientOf) -> None:
    posted(Kind.ADJUSTED, journal_line(VILLAGE, 77, buyer_id=0), key="x", event_at=at(2020, 3, 3))
    page = client_of(officer).get(address(), MARCH)
    (line,) = page.context["lines"]
    assert (line.order_number, line.placed_at, line.unit) == ("", None, "")
    assert (page.status_code, line.totals) == (200, Totals(0, 77, 0))


def sold_in_march(number: int) -> None:
    """So many order lines of two villages: contracted, most accepted on a later day, some on the same."""
    for each in range(number):
        village = (VILLAGE, SECOND_VILLAGE)[each % 2]
        line = journal_line(village, 100 + each, source_order_id=each // 3, source_line_id=each)
        contracted = at(2020, 3, 1 + each % 28)
        posted(Kind.CONTRACTED, line, key=f"c{each}", event_at=contracted)
        posted(Kind.ACCEPTED, line, key=f"a{each}", event_at=contracted + timedelta(days=each % 5))


def test_the_pages_are_the_lines_of_the_figure_each_once_the_newest_first(
    officer: User, client_of: ClientOf
) -> None:
    sold_in_march(120)
    client = client_of(officer)
    pages = [client.get(address(), MARCH)]
    while older := pages[-1].context["older_url"]:
        pages.append(client.get(older))
    lines = [line for page in pages for line in page.context["lines"]]
    assert [len(page.context["lines"]) for page in pages] == [50, 50, len(lines) - 100]
    assert [line.counted_on for line in lines] == sorted((line.counted_on for line in lines), reverse=True)
    assert sum((line.totals for line in lines), Totals()) == pages[0].context["totals"]
    villages = sold_villages(region=Region.objects.get(code=COUNTY))
    assert lines == list(every_line(villages=villages, window=Window.month(date(2020, 3, 1))))


def test_the_way_back_leads_over_the_same_pages(officer: User, client_of: ClientOf) -> None:
    sold_in_march(120)
    client = client_of(officer)
    first = client.get(address(), MARCH)
    second = client.get(first.context["older_url"])
    third = client.get(second.context["older_url"])
    assert (first.context["newer_url"], third.context["older_url"]) == ("", "")
    back = client.get(third.context["newer_url"])
    assert back.context["lines"] == second.context["lines"]
    assert back.context["older_url"] == second.context["older_url"]
    begin = client.get(back.context["newer_url"])
    assert begin.context["lines"] == first.context["lines"]
    assert (begin.context["newer_url"], begin.context["older_url"]) == ("", first.context["older_url"])
    html = second.content.decode()
    assert 'rel="prev"' in html
    assert 'rel="next"' in html


PLACES = [
    "0",
    "x",
    "2020-02-30_445203001201_1_1",
    "2020-03-01_445203001201_1_" + "9" * 19,
    "２",
    "\0",
    "9" * 5_000,
]


@pytest.mark.parametrize("name", ["after", "before"])
@pytest.mark.parametrize("place", [*PLACES, "2020-01-01_445203001201_0_0", "2020-12-01_445203001201_0_0"])
def test_a_place_that_makes_no_sense_or_lies_beyond_the_lines_is_the_first_page(
    name: str, place: str, officer: User, client_of: ClientOf
) -> None:
    posted(Kind.ACCEPTED, journal_line(VILLAGE), key="a", event_at=at(2020, 3, 3))
    found = client_of(officer).get(address(), {**MARCH, name: place})
    assert (found.status_code, len(found.context["lines"])) == (200, 1)


def test_a_file_that_would_be_too_long_says_what_to_do(
    officer: User, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marketplace.county_figures.order_lines.FILE_LINES", 9)
    sold_in_march(10)
    for file in ("table.csv", "table.xlsx"):
        page = client_of(officer).get(address(file), MARCH, follow=True)
        assert page.redirect_chain == [(f"{address()}?{urlencode(MARCH)}", 302)]
        assert "这些天共有 10 条订单明细，一个文件最多 9 条" in page.content.decode()


def test_the_files_hold_all_lines(order: Order, officer: User, client_of: ClientOf) -> None:
    for number in range(60):
        line = journal_line(VILLAGE, 100, source_line_id=-number, product_title="=1+1")
        posted(Kind.ACCEPTED, line, key=f"a{number}", event_at=at(2020, 3, 3))
    client = client_of(officer)
    answer = client.get(address("table.csv"), MARCH)
    table = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert table[0] == [
        "订单号", "下单日期", "采购方", "产品名称", "村", "供应商", "计入日期", "销售单位",
        "签约数量", "验收数量", "签约额（元）", "验收额（元）", "付款额（元）",
    ]  # fmt: skip
    assert table[1] == [
        order.number, "2020-03-15", "示范市第一中学", "埔田竹笋", "圩埔村委会", "埔田竹笋专业合作社",
        "2020-03-20", "斤", "290", "290",
        "1015.00", "1015.00", "500.00",
    ]  # fmt: skip
    assert len(table) == 1 + 61
    assert table[2][3] == "'=1+1"
    assert "%E8%AE%A2%E5%8D%95%E6%98%8E%E7%BB%86.csv" in answer["Content-Disposition"]
    workbook = load_workbook(io.BytesIO(client.get(address("table.xlsx"), MARCH).getvalue()))
    rows = [list(row) for row in workbook.active.iter_rows(values_only=True)]
    assert rows[1][-5:] == [290, 290, 1015, 1015, 500]
    assert (len(rows), rows[2][3]) == (62, "=1+1")


def test_lines_under_an_old_code_are_those_of_the_figure(officer: User) -> None:
    window = Window.month(date(2020, 3, 1))
    posted(Kind.ACCEPTED, journal_line(VILLAGE, 5), key="in", event_at=at(2020, 3, 3))
    posted(Kind.ACCEPTED, journal_line("445202007203", 7), key="out", event_at=at(2020, 3, 3))
    villages = sold_villages(region=Region.objects.get(code=COUNTY))
    found = order_lines(villages=villages, window=window, limit=50)
    assert [line.totals for line in found.lines] == [Totals(0, 5, 0)]
    assert order_lines(villages=[], window=window, limit=50).lines == []


def test_the_lines_cost_the_same_for_one_and_for_fifty(
    officer: User, client_of: ClientOf, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = client_of(officer)
    for count in (1, 50):
        for number in range(count):
            line = journal_line(VILLAGE, source_line_id=number)
            posted(Kind.ACCEPTED, line, key=f"{count}-{number}", event_at=at(2020, 3, 9))
        with django_assert_num_queries(9):
            assert len(client.get(address(), MARCH).context["lines"]) == count
        for page in ("table.csv", "table.xlsx"):
            with django_assert_num_queries(7):
                client.get(address(page), MARCH)
