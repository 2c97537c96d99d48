"""A campaign goes with what its page put into the basket: to the request, the order and the journal."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.contrib.sites.models import Site
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.partner.models import StockRecord
from marketplace.basket import services as baskets
from marketplace.basket.models import Basket, Line
from marketplace.basket.queries import open_basket, priced_lines
from marketplace.basket.services import PutIn
from marketplace.campaigns import queries, services
from marketplace.campaigns.models import Campaign
from marketplace.order.models import Line as OrderLine
from marketplace.order.models import Order, Purchase
from marketplace.procurement.models import Cancellation, Payment, PurchaseRequest
from marketplace.procurement.services import fulfilment, payments, placing, requests
from marketplace.procurement.services.fulfilment import Judgement
from marketplace.sales_journal.models import JournalEntry
from marketplace.sales_journal.queries import Totals
from tests.factories import campaigns, trade

pytestmark = pytest.mark.django_db

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")
TODAY = NOW.date()
LAST_MOMENT = datetime.fromisoformat("2020-04-13T23:59:59+08:00")
OVER = datetime.fromisoformat("2020-04-14T00:00:00+08:00")


@pytest.fixture
def school(db: None) -> trade.Unit:
    trade.land()
    return trade.unit()


@pytest.fixture
def farm(school: trade.Unit) -> trade.Seller:
    return trade.seller()


@pytest.fixture
def record(farm: trade.Seller) -> StockRecord:
    return trade.goods(farm, NOW)


@pytest.fixture
def campaign(school: trade.Unit) -> Campaign:
    """30 days from today, with all that 揭东 has on sale."""
    return campaigns.made(TODAY)


def put(
    school: trade.Unit,
    quantities: dict[int, int],
    campaign_id: int | None,
    now: datetime = NOW,
) -> PutIn:
    return baskets.put_in(
        user=school.requester,
        institution=school.institution,
        quantities=quantities,
        campaign_id=campaign_id,
        now=now,
    )


def carried() -> dict[int, tuple[int, int | None]]:
    """Stock record → quantity and campaign of the one basket's lines."""
    rows = Line.objects.values_list("stockrecord_id", "quantity", "campaign_id")
    return {record: (quantity, campaign) for record, quantity, campaign in rows}


def submitted(school: trade.Unit, now: datetime = NOW, key: str = "k1") -> PurchaseRequest:
    return requests.submit_request(
        user=school.requester, institution=school.institution, key=key, delivery=trade.delivery(), now=now
    )


def approved(school: trade.Unit, request: PurchaseRequest, now: datetime = NOW) -> Purchase:
    return placing.approve_request(request_id=request.pk, approver=school.approver, now=now)


def bought(school: trade.Unit, quantities: dict[int, int], campaign: Campaign, key: str = "k1") -> Order:
    put(school, quantities, campaign.pk)
    return approved(school, submitted(school, key=key)).orders.get()


def total(campaign: Campaign) -> Totals:
    return queries.standing_of(campaign).total


def test_a_line_from_its_page_carries_the_campaign_to_the_journal(
    school: trade.Unit, record: StockRecord, campaign: Campaign
) -> None:
    assert put(school, {record.pk: 300}, campaign.pk).refusal == ""
    assert carried() == {record.pk: (300, campaign.pk)}
    request = submitted(school)
    assert request.lines.get().campaign == campaign
    order = approved(school, request).orders.get()
    assert order.lines.get().campaign == campaign
    assert JournalEntry.objects.get().campaign_id == campaign.pk
    assert total(campaign) == Totals(105_000, 0, 0)


def test_an_individuals_check_out_carries_it_too(record: StockRecord, campaign: Campaign) -> None:
    shopper = trade.shopper()
    baskets.put_in(
        user=shopper, institution=None, quantities={record.pk: 3}, campaign_id=campaign.pk, now=NOW
    )
    request = requests.check_out(
        user=shopper, key="k", delivery=replace(trade.delivery(), purpose=""), now=NOW
    )
    trade.paid(request, NOW)
    assert OrderLine.objects.get().campaign == campaign
    assert total(campaign) == Totals(1_200, 0, 1_200)


def test_without_a_campaign_nothing_is_carried(
    school: trade.Unit, record: StockRecord, campaign: Campaign
) -> None:
    assert put(school, {record.pk: 300}, None).refusal == ""
    approved(school, submitted(school))
    assert OrderLine.objects.get().campaign is None
    assert total(campaign) == Totals()


def test_the_last_page_wins_with_the_whole_quantity(
    school: trade.Unit, record: StockRecord, campaign: Campaign
) -> None:
    other = campaigns.made(TODAY, name="年货节")
    put(school, {record.pk: 300}, campaign.pk)
    put(school, {record.pk: 200}, other.pk)
    assert carried() == {record.pk: (200, other.pk)}
    put(school, {record.pk: 250}, None)
    assert carried() == {record.pk: (250, None)}


def test_a_quantity_changed_in_the_basket_keeps_the_campaign(
    school: trade.Unit, record: StockRecord, campaign: Campaign
) -> None:
    put(school, {record.pk: 300}, campaign.pk)
    baskets.set_quantities(
        user=school.requester, institution=school.institution, quantities={record.pk: 20}, now=NOW
    )
    assert carried() == {record.pk: (20, campaign.pk)}


REFUSALS = [
    (-1, "“消费扶贫月”2020年3月15日才开始：在此之前购买的不计入该活动。"),
    (30, "“消费扶贫月”已于2020年4月13日结束：现在购买的不计入该活动。"),
]


@pytest.mark.parametrize(("days", "refusal"), REFUSALS)
def test_before_and_after_its_days_the_goods_go_in_without_it_and_the_buyer_is_told(
    school: trade.Unit, farm: trade.Seller, campaign: Campaign, days: int, refusal: str
) -> None:
    then = NOW + timedelta(days=days)
    record = trade.goods(farm, then)
    assert put(school, {record.pk: 300}, campaign.pk, then).refusal == refusal
    assert carried() == {record.pk: (300, None)}


def test_an_unknown_campaign_is_left_out_and_the_buyer_is_told(
    school: trade.Unit, record: StockRecord
) -> None:
    assert put(school, {record.pk: 300}, 999_999).refusal == "没有这个活动，不计入任何活动。"
    assert carried() == {record.pk: (300, None)}


def test_goods_of_another_campaign_do_not_carry_it_whatever_the_form_says(
    school: trade.Unit, farm: trade.Seller, record: StockRecord
) -> None:
    """A forged number would let anything count for any campaign."""
    stranger = trade.goods(farm, NOW, title="橄榄")
    picked = campaigns.made(TODAY, products=[record.product], rule=None)
    refusal = put(school, {record.pk: 300, stranger.pk: 5}, picked.pk).refusal
    assert refusal == "本产品不参加“消费扶贫月”，不计入该活动。"
    assert carried() == {record.pk: (300, picked.pk), stranger.pk: (5, None)}


def test_it_counts_if_it_is_submitted_within_the_campaigns_days(
    school: trade.Unit, record: StockRecord, campaign: Campaign
) -> None:
    """Approval and acceptance take their time: what they do after the last day still counts."""
    put(school, {record.pk: 300}, campaign.pk)
    request = submitted(school, LAST_MOMENT)
    approved(school, request, OVER + timedelta(hours=5))
    assert total(campaign) == Totals(105_000, 0, 0)


def test_a_basket_that_is_submitted_after_the_last_day_does_not_count(
    school: trade.Unit, record: StockRecord, campaign: Campaign
) -> None:
    StockRecord.objects.update(
        offered_until=OVER + timedelta(days=9), recognised_until=OVER + timedelta(days=9)
    )
    put(school, {record.pk: 300}, campaign.pk, LAST_MOMENT)
    basket = open_basket(school.requester, school.institution)
    assert basket is not None
    assert [priced.campaign for priced in priced_lines(basket, LAST_MOMENT)] == [campaign]
    assert [priced.campaign for priced in priced_lines(basket, OVER)] == [None]
    request = submitted(school, OVER)
    assert (request.lines.get().campaign, request.goods_fen) == (None, 105_000)
    approved(school, request, OVER)
    assert total(campaign) == Totals()


def test_a_campaign_that_drops_the_goods_keeps_what_its_page_put_into_a_basket(
    school: trade.Unit, record: StockRecord, campaign: Campaign
) -> None:
    put(school, {record.pk: 300}, campaign.pk)
    services.change_campaign(
        campaign_id=campaign.pk, plan=campaigns.plan(TODAY, rule=None), actor=campaigns.editor()
    )
    assert submitted(school).lines.get().campaign == campaign


def led_to_the_end(order: Order, school: trade.Unit, farm: trade.Seller) -> OrderLine:
    """300 ordered: 290 confirmed, shipped, 280 accepted, paid."""
    line: OrderLine = order.lines.get()
    who = {"order_id": order.pk, "now": NOW}
    fulfilment.confirm_order(**who, actor=farm.cadre, quantities={line.pk: 290}, reason="减产")
    fulfilment.ship_order(**who, actor=farm.cadre, carrier="邮政", tracking_number="1")
    judgement = Judgement(accepted=280, rejected=10, reason="压坏")
    fulfilment.receive_order(**who, actor=school.receiver, judgements={line.pk: judgement})
    settle(order, school, farm, Payment.Direction.PAYMENT, 98_000)
    return line


def settle(
    order: Order, school: trade.Unit, farm: trade.Seller, direction: Payment.Direction, amount_fen: int
) -> None:
    sides = [school.finance, farm.cadre]
    payer, payee = sides if direction == Payment.Direction.PAYMENT else reversed(sides)
    money = payments.record_payment(
        order_id=order.pk,
        actor=payer,
        direction=direction,
        amount_fen=amount_fen,
        paid_on=TODAY,
        bank_reference=f"{direction} 1",
        now=NOW,
    )
    payments.confirm_payment(payment_id=money.pk, actor=payee, now=NOW)


def test_whatever_becomes_of_it_moves_the_same_campaign(
    school: trade.Unit,
    farm: trade.Seller,
    record: StockRecord,
    campaign: Campaign,
    capsys: pytest.CaptureFixture[str],
) -> None:
    order = bought(school, {record.pk: 300}, campaign)
    line = led_to_the_end(order, school, farm)
    assert total(campaign) == Totals(98_000, 98_000, 98_000)
    who = {"order_id": order.pk, "actor": school.receiver, "now": NOW}
    fulfilment.return_goods(**who, quantities={line.pk: 20}, reason="霉变")
    assert total(campaign) == Totals(98_000, 91_000, 98_000)
    settle(order, school, farm, Payment.Direction.REPAYMENT, 7_000)
    assert total(campaign) == Totals(98_000, 91_000, 91_000)
    call_command("verify_sales")
    assert capsys.readouterr().out == "No difference.\n"
    kept = set(JournalEntry.objects.values_list("campaign_id", flat=True))
    assert kept == {campaign.pk}


def test_a_cancellation_takes_it_back_from_the_campaign(
    school: trade.Unit, record: StockRecord, campaign: Campaign
) -> None:
    order = bought(school, {record.pk: 300}, campaign)
    fulfilment.cancel_order(
        order_id=order.pk,
        actor=school.requester,
        kind=Cancellation.Kind.BUYER,
        reason="停课",
        now=OVER,
    )
    assert total(campaign) == Totals()


@contextmanager
def counted(found: dict[str, int], step: str) -> Iterator[None]:
    with CaptureQueriesContext(connection) as captured:
        yield
    found[step] = len(captured)


@pytest.mark.parametrize("lines", [1, 20])
def test_the_campaign_costs_the_same_whatever_the_lines(
    school: trade.Unit, farm: trade.Seller, campaign: Campaign, lines: int
) -> None:
    records = [trade.goods(farm, NOW, title=f"产品{n}") for n in range(lines)]
    found: dict[str, int] = {}
    Site.objects.get_current()
    with counted(found, "put in"):
        basket: Basket = put(school, {record.pk: 300 for record in records}, campaign.pk).basket
    with counted(found, "price"):
        priced_lines(basket, NOW)
    with counted(found, "submit"):
        request = submitted(school)
    with counted(found, "approve"):
        approved(school, request)
    with counted(found, "figures"):
        assert total(campaign).contracted_fen == lines * 105_000
    # Beside a basket without a campaign: three to ask for it, one for its roll-up.
    assert found == {"put in": 11, "price": 2, "submit": 20, "approve": 28, "figures": 4}


def test_the_days_are_those_of_shanghai(school: trade.Unit, farm: trade.Seller) -> None:
    """22:00 in London on 14 March is the 15th."""
    campaign = campaigns.made(date(2020, 3, 15))
    evening = datetime.fromisoformat("2020-03-14T22:00:00+00:00")
    record = trade.goods(farm, evening)
    assert put(school, {record.pk: 1}, campaign.pk, evening).refusal == ""
