"""Campaign pages: what visitors see before, during and after, and at which cost."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import ProtectedError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from catalog.partner.models import StockRecord
from cms.models import CampaignIndexPage, CampaignPage, HomePage
from cms.pages.campaigns import promoted
from marketplace.basket.models import Line
from marketplace.campaigns.models import Campaign
from marketplace.core.periods import shanghai_day
from marketplace.sales_journal.kinds import Kind
from tests.factories import campaigns, trade
from tests.factories.sales_journal import journal_line, posted
from tests.factories.users import browser_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def today(now: datetime) -> date:
    trade.land()
    return shanghai_day(now)


@pytest.fixture
def campaign(today: date) -> Campaign:
    return campaigns.made(today, goal_fen=1_000_000)


@pytest.fixture
def index(db: None) -> CampaignIndexPage:
    page = CampaignIndexPage(title="消费扶贫活动", slug="campaigns")
    HomePage.objects.get().add_child(instance=page)
    return page


def page_of(index: CampaignIndexPage, campaign: Campaign, slug: str = "month", **fields: Any) -> CampaignPage:
    page = CampaignPage(title=campaign.name, slug=slug, campaign=campaign, **fields)
    index.add_child(instance=page)
    return page


@pytest.fixture
def published(index: CampaignIndexPage, campaign: Campaign) -> CampaignPage:
    return page_of(index, campaign)


def sell(campaign: Campaign, village: str, accepted_fen: int, now: datetime) -> None:
    line = journal_line(village, accepted_fen, campaign_id=campaign.pk)
    for kind in (Kind.CONTRACTED, Kind.ACCEPTED):
        posted(kind, line, key=f"{kind}:{village}", event_at=now)


def text(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def move(campaign: Campaign, start: date, days: int = 30) -> None:
    Campaign.objects.filter(pk=campaign.pk).update(start_date=start, end_date=start + timedelta(days=days))


def test_it_shows_total_goal_and_league_at_once(
    client: Client, published: CampaignPage, campaign: Campaign, now: datetime
) -> None:
    sell(campaign, "445224100201", 123_456, now)
    sell(campaign, "445203001204", 200_000, now)
    found = client.get(published.url)
    progress, league = found.context["progress"], found.context["league"]
    assert (progress.total.accepted_fen, progress.percent) == (323_456, 32)
    assert [(row.county.name, row.county.totals.accepted_fen, row.accepted_width) for row in league] == [
        ("揭东区", 200_000, "100.00%"),
        ("惠来县", 123_456, "61.73%"),
    ]
    shown = " ".join(found.content.decode().split())
    assert "¥3,234.56" in shown
    assert "截至" in shown
    sell(campaign, "445222001001", 1, now)
    assert "¥3,234.57" in text(client, published.url)


def test_a_buyer_puts_goods_in_from_a_card(
    published: CampaignPage, campaign: Campaign, now: datetime
) -> None:
    school, record = trade.unit(), trade.goods(trade.seller(), now)
    client = browser_of(school.requester)
    shown = text(client, published.url)
    assert f'href="/product/{record.product_id}/?campaign={campaign.pk}"' in shown
    assert f'<input type="hidden" name="campaign" value="{campaign.pk}">' in shown
    form = {
        "product": record.product_id,
        "institution": school.institution.pk,
        "campaign": campaign.pk,
        f"quantity-{record.pk}": "300",
    }
    assert client.post("/basket/set/", form).status_code == 302
    assert list(Line.objects.values_list("quantity", "campaign_id")) == [(300, campaign.pk)]


def test_a_member_chooses_for_whom_and_a_stranger_sees_no_form(
    client: Client, published: CampaignPage, now: datetime
) -> None:
    school = trade.unit()
    trade.goods(trade.seller(), now)
    buyer = browser_of(school.requester)
    key = f'name="institution" value="{school.institution.pk}"'
    assert key in text(buyer, published.url)
    own = text(buyer, f"{published.url}?institution=own")
    assert 'name="institution" value="own"' in own
    assert key in text(buyer, f"{published.url}?institution=%00999")
    assert 'name="institution"' not in text(client, published.url)


def test_sold_out_goods_vanish_by_themselves(client: Client, published: CampaignPage, now: datetime) -> None:
    record = trade.goods(trade.seller(), now, title="埔田竹笋")
    assert "埔田竹笋" in text(client, published.url)
    StockRecord.objects.filter(pk=record.pk).update(offered_until=now)
    shown = text(client, published.url)
    assert "埔田竹笋" not in shown
    assert "暂时全部售罄" in shown


def test_before_it_begins_nothing_can_be_bought_from_it(
    client: Client, published: CampaignPage, campaign: Campaign, today: date, now: datetime
) -> None:
    trade.goods(trade.seller(), now)
    move(campaign, today + timedelta(days=1))
    found = client.get(published.url)
    assert (found.context["cards"], found.context["goods"]) == ([], None)
    assert "在此之前购买的不计入" in found.content.decode()


def test_when_it_is_over_its_final_figures_stay(
    client: Client, published: CampaignPage, campaign: Campaign, today: date, now: datetime
) -> None:
    trade.goods(trade.seller(), now)
    sell(campaign, "445203001204", 1_000_000, now)
    move(campaign, today - timedelta(days=30))
    shown = text(client, published.url)
    assert "活动已于" in shown
    assert "最终验收" in shown
    assert "¥10,000.00" in shown
    assert 'name="campaign"' not in shown


def test_the_list_has_running_coming_and_past_campaigns(
    client: Client, index: CampaignIndexPage, today: date
) -> None:
    for number, offset in enumerate((-40, 0, 40)):
        start = today + timedelta(days=offset)
        page_of(index, campaigns.made(start, name=f"活动{number}"), f"c{number}")
    found = client.get(index.url).context
    assert [page.title for page, _progress in found["past"].object_list] == ["活动0"]
    assert [page.title for page, _progress in found["running"]] == ["活动1"]
    assert [page.title for page, _progress in found["coming"]] == ["活动2"]


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 40, "%00"])
def test_a_page_that_is_none_is_the_first_or_the_last(
    client: Client, index: CampaignIndexPage, published: CampaignPage, number: str
) -> None:
    assert client.get(f"{index.url}?page={number}").status_code == 200
    assert client.get(f"{published.url}?page={number}").status_code == 200


def test_the_front_page_shows_what_runs_and_nothing_else(
    client: Client, index: CampaignIndexPage, today: date, now: datetime
) -> None:
    running = page_of(index, campaigns.made(today), "running")
    page_of(index, campaigns.made(today + timedelta(days=60), name="以后"), "later")
    page_of(index, campaigns.made(today, name="未发布"), "draft", live=False)
    assert [page.title for page, _progress in client.get("/").context["promoted"]] == [running.title]
    running.unpublish()
    assert client.get("/").context["promoted"] == []


def test_moving_or_unpublishing_the_page_changes_nothing_in_a_basket(
    published: CampaignPage, campaign: Campaign, now: datetime
) -> None:
    school, record = trade.unit(), trade.goods(trade.seller(), now)
    client = browser_of(school.requester)
    form = {"product": record.product_id, "campaign": campaign.pk, f"quantity-{record.pk}": "300"}
    client.post("/basket/set/", {**form, "institution": school.institution.pk})
    published.unpublish()
    published.slug = "elsewhere"
    published.save()
    assert "计入“消费扶贫月”活动" in text(client, "/basket/")
    assert Line.objects.get().campaign == campaign


def test_one_page_belongs_to_one_campaign_which_it_keeps_alive(
    index: CampaignIndexPage, published: CampaignPage, campaign: Campaign
) -> None:
    with pytest.raises(ValidationError):
        page_of(index, campaign, "second")
    with pytest.raises(ProtectedError):
        campaign.delete()


def queries_at(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_page_costs_the_same_for_1_and_20_products_and_counties(
    published: CampaignPage, campaign: Campaign, now: datetime
) -> None:
    client = browser_of(trade.unit().requester)
    farm = trade.seller()
    client.get(published.url)  # Wagtail remembers where sites begin
    found = []
    for count in (1, 19):
        for number in range(count):
            trade.goods(farm, now, title=f"竹笋{count}-{number}")
            sell(campaign, f"4452{count:02}{number:02}1001", 100, now)
        found.append(queries_at(client, published.url))
    assert found[0] == found[1]


def test_the_list_costs_the_same_for_1_and_20_campaigns(
    client: Client, index: CampaignIndexPage, today: date, now: datetime
) -> None:
    client.get(index.url)
    found = []
    for count in (2, 18):
        for number in range(count):
            start = today - timedelta(days=40 * (number % 2))
            made = campaigns.made(start, name=f"活动{count}-{number}")
            page_of(index, made, f"c{count}-{number}")
        found.append((queries_at(client, index.url), queries_at(client, "/"), len(promoted(now))))
    assert found[0][:2] == found[1][:2]
    assert (found[0][2], found[1][2]) == (1, 10)
