"""Campaigns at the API: which run, what counts for them, and what a line that does not is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sites.models import Site
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from marketplace.campaigns.models import Campaign
from marketplace.core.periods import shanghai_day
from marketplace.procurement.models import PurchaseRequest
from marketplace.sales_journal import queries as journal
from supplier_villages.regions.models import Region
from tests.api.conftest import Market, call, problem, read
from tests.api.test_trading import DELIVERY
from tests.factories import campaigns, trade


def asked(*lines: tuple[int, int | None]) -> dict[str, Any]:
    """The body for ten sale units of each stock record, each with its campaign."""
    return {
        "lines": [
            {"stock_record_id": pk, "quantity": 10, "campaign_id": campaign_id} for pk, campaign_id in lines
        ],
        "delivery": DELIVERY,
        "purpose": "食堂采购",
    }


@pytest.fixture
def running(market: Market) -> Campaign:
    """A month of 揭东 that began today."""
    return campaigns.made(shanghai_day(timezone.now()))


def test_the_running_campaigns_and_their_goods_are_found(market: Market, running: Campaign) -> None:
    today = shanghai_day(timezone.now())
    record = trade.goods(market.farm, timezone.now())
    over = campaigns.made(today - timedelta(days=60), name="去年的活动")
    assert read(call(None, "GET", "/campaigns"))["items"] == [
        {
            "id": running.pk, "name": "消费扶贫月", "from": str(today),
            "to": str(today + timedelta(days=30)), "organisers": ["省农业农村厅", "省供销社"],
            "goal_fen": None,
        }
    ]  # fmt: skip
    found = read(call(None, "GET", f"/products?campaign={running.pk}"))["items"]
    assert [each["stock_record_id"] for each in found] == [record.pk]
    for none in (over.pk, 999_999):
        assert read(call(None, "GET", f"/products?campaign={none}"))["items"] == []


def test_a_line_carries_its_campaign_from_the_request_to_the_figure(
    market: Market, running: Campaign
) -> None:
    now = timezone.now()
    one, other = trade.goods(market.farm, now), trade.goods(market.farm, now, title="番薯")
    body = asked((one.pk, running.pk), (other.pk, None))
    token = market.buyer("requester")
    made = read(call(token, "POST", "/requests", body, Idempotency_Key="k"), 201)
    carried = [{"id": running.pk, "name": "消费扶贫月"}, None]
    assert [each["campaign"] for each in made["lines"]] == carried
    assert call(token, "POST", "/requests", body, Idempotency_Key="k").status_code == 201
    without = asked((one.pk, None), (other.pk, None))
    problem(call(token, "POST", "/requests", without, Idempotency_Key="k"), 409, "key_reused")
    bought = read(call(market.buyer("approver"), "POST", f"/requests/{made['id']}/approve"))
    order = read(call(market.seller, "GET", f"/orders/{bought['orders'][0]}"))
    assert [each["campaign"] for each in order["lines"]] == carried
    listed = read(call(market.seller, "GET", "/orders"))["items"][0]
    assert [each["campaign"] for each in listed["lines"]] == carried
    counties = journal.totals_of_campaign_by_county(running.pk)
    assert [each.totals.contracted_fen for each in counties] == [4_000]


def test_a_line_that_does_not_count_is_named_with_the_reason(market: Market, running: Campaign) -> None:
    now = timezone.now()
    today = shanghai_day(now)
    record = trade.goods(market.farm, now)
    ended = campaigns.made(today - timedelta(days=60), name="旧活动")
    coming = campaigns.made(today + timedelta(days=5), name="新活动")
    elsewhere = campaigns.made(today, name="别的活动", counties=list(Region.objects.filter(code="445281")))
    token = market.buyer("requester")
    told = {
        ended.pk: "“旧活动” ended on",
        coming.pk: "“新活动” begins on",
        elsewhere.pk: "This product does not take part in “别的活动”",
        999_999: "This campaign does not exist",
    }
    for campaign_id, reason in told.items():
        answer = call(token, "POST", "/requests", asked((record.pk, campaign_id)), Idempotency_Key="k")
        fields = problem(answer, 409, "not_in_campaign")
        assert list(fields) == ["lines.0.campaign_id"]
        assert fields["lines.0.campaign_id"].startswith(reason)
    assert not PurchaseRequest.objects.exists()


@pytest.mark.parametrize("lines", [1, 30])
def test_naming_a_campaign_costs_the_same_whatever_the_lines(
    market: Market, running: Campaign, lines: int
) -> None:
    now = timezone.now()
    records = [trade.goods(market.farm, now, title=f"产品{n}") for n in range(lines)]
    token = market.buyer("requester")
    Site.objects.get_current()
    call(token, "GET", "/requests")  # the use of the token is written down once a minute
    body = asked(*((record.pk, running.pk) for record in records))
    with CaptureQueriesContext(connection) as queries:
        read(call(token, "POST", "/requests", body, Idempotency_Key="k"), 201)
    assert len(queries) == 27
