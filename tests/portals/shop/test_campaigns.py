"""Buying from a campaign's page: what the buyer is told, and what nonsense in a form does."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone

from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.basket.models import Line
from marketplace.campaigns.models import Campaign
from marketplace.core.periods import shanghai_day
from tests.factories import campaigns, trade

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def school(db: None) -> trade.Unit:
    trade.land()
    return trade.unit()


@pytest.fixture
def record(school: trade.Unit, now: datetime) -> StockRecord:
    return trade.goods(trade.seller(), now)


@pytest.fixture
def campaign(school: trade.Unit, now: datetime) -> Campaign:
    return campaigns.made(shanghai_day(now))


@pytest.fixture
def shopper(client_of: ClientOf, school: trade.Unit) -> Client:
    return client_of(school.requester)


def put(shopper: Client, school: trade.Unit, record: StockRecord, **more: object) -> list[str]:
    """What the buyer reads after the form of a page was sent."""
    fields = {
        "institution": school.institution.pk,
        "product": record.product_id,
        f"quantity-{record.pk}": 300,
    }
    response = shopper.post("/basket/set/", {**fields, **more})
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request)]


def text(shopper: Client, url: str) -> str:
    response = shopper.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_basket_and_the_request_say_for_what_it_counts(
    shopper: Client, school: trade.Unit, record: StockRecord, campaign: Campaign
) -> None:
    assert put(shopper, school, record, campaign=campaign.pk) == ["购物车已更新。"]
    assert "计入“消费扶贫月”活动" in text(shopper, "/basket/")
    assert "计入“消费扶贫月”活动" in text(shopper, f"/buyer/submit/{school.institution.pk}/")


def test_the_basket_says_that_the_campaign_is_over(
    shopper: Client, school: trade.Unit, record: StockRecord, campaign: Campaign, now: datetime
) -> None:
    put(shopper, school, record, campaign=campaign.pk)
    yesterday = shanghai_day(now) - timedelta(days=1)
    Campaign.objects.update(start_date=yesterday, end_date=shanghai_day(now))
    page = text(shopper, "/basket/")
    assert "结束：现在购买的不计入该活动。" in page
    assert "计入“消费扶贫月”活动" not in page
    assert "计入“消费扶贫月”活动" not in text(shopper, f"/buyer/submit/{school.institution.pk}/")


@pytest.mark.parametrize("named", ["abc", "-1", "0", "１", "9" * 18, "9" * 40, "\0", "1.5"])
def test_a_campaign_that_is_none_is_said_and_the_goods_go_in(
    shopper: Client, school: trade.Unit, record: StockRecord, named: str
) -> None:
    told = put(shopper, school, record, campaign=named)
    assert told == ["购物车已更新。", "没有这个活动，不计入任何活动。"]
    assert Line.objects.get().campaign is None


def test_a_product_opened_from_a_campaign_carries_it_in_its_form(
    shopper: Client, record: StockRecord, campaign: Campaign
) -> None:
    page = text(shopper, f"/product/{record.product_id}/?campaign={campaign.pk}")
    assert f'<input type="hidden" name="campaign" value="{campaign.pk}">' in page
    assert "从本页放入购物车的产品计入“消费扶贫月”活动。" in page
    assert 'name="campaign"' not in text(shopper, f"/product/{record.product_id}/")


def test_a_stranger_comes_back_from_the_log_in_to_the_campaigns_product(
    client: Client, record: StockRecord, campaign: Campaign
) -> None:
    page = text(client, f"/product/{record.product_id}/?campaign={campaign.pk}")
    assert f"/account/login/?next=/product/{record.product_id}/%3Fcampaign%3D{campaign.pk}" in page


@pytest.mark.parametrize("named", ["abc", "9" * 40, "%00"])
def test_nonsense_in_the_address_is_said(shopper: Client, record: StockRecord, named: str) -> None:
    page = text(shopper, f"/product/{record.product_id}/?campaign={named}")
    assert "没有这个活动" in page


def test_a_mistyped_quantity_leads_back_to_the_campaigns_product(
    shopper: Client, school: trade.Unit, record: StockRecord, campaign: Campaign
) -> None:
    fields = {"institution": school.institution.pk, "product": record.product_id, "campaign": campaign.pk}
    response = shopper.post("/basket/set/", {**fields, f"quantity-{record.pk}": "abc"})
    assert response["Location"] == f"/product/{record.product_id}/?campaign={campaign.pk}"
    assert not Line.objects.exists()


def test_a_double_click_puts_it_in_once(
    shopper: Client, school: trade.Unit, record: StockRecord, campaign: Campaign
) -> None:
    for _twice in range(2):
        put(shopper, school, record, campaign=campaign.pk)
    assert list(Line.objects.values_list("quantity", "campaign_id")) == [(300, campaign.pk)]
