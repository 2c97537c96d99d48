"""Making, changing and archiving campaigns: what is refused, and what the audit trail keeps."""

from datetime import date, datetime
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from marketplace.campaigns import services
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.services import Rule
from marketplace.core.audit.models import AuditEntry
from supplier_villages.regions.models import Region
from tests.factories import campaigns, regions, trade, users

pytestmark = pytest.mark.django_db

MARCH_1 = date(2020, 3, 1)
MARCH_31 = date(2020, 3, 31)
NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")


@pytest.fixture(autouse=True)
def _land(db: None) -> None:
    trade.land()


def problems(start: date = MARCH_1, **changes: Any) -> dict[str, str]:
    before = Campaign.objects.count(), AuditEntry.objects.count()
    editor = campaigns.editor()
    with pytest.raises(services.InvalidCampaign) as refused:
        services.make_campaign(plan=campaigns.plan(start, **changes), actor=editor)
    assert (Campaign.objects.count(), AuditEntry.objects.count()) == before
    return refused.value.problems


def audited() -> list[str]:
    kept = AuditEntry.objects.filter(action__startswith="campaigns.").order_by("pk")
    return list(kept.values_list("action", flat=True))


def test_a_campaign_is_as_planned_and_audited() -> None:
    record = trade.goods(trade.seller(), NOW)
    category = trade.category()
    campaign = campaigns.made(
        MARCH_1,
        name="  广东消费扶贫月\n网上行 ",
        organisers=[" 省农业农村厅 ", "", "省供销社"],
        goal_fen=1_000_000,
        products=[record.product],
        rule=Rule(category=category, is_unsold_only=True),
    )
    campaign.refresh_from_db()
    assert campaign.name == "广东消费扶贫月 网上行"
    assert campaign.organiser_names == ["省农业农村厅", "省供销社"]
    assert (campaign.window.start, campaign.window.last_day) == (MARCH_1, date(2020, 3, 30))
    assert (campaign.takes_goods_by_rule, campaign.rule_takes_unsold_only) == (True, True)
    assert (campaign.rule_category, campaign.goal_fen) == (category, 1_000_000)
    assert list(campaign.products.all()) == [record.product]
    entry = AuditEntry.objects.get(action="campaigns.made")
    assert entry.after["counties"] == ["揭东区"]
    assert entry.after["rule_category"] == "蔬菜"


@pytest.mark.parametrize("days", [0, -1, -30])
def test_a_campaign_ends_after_it_begins(days: int) -> None:
    end = date.fromordinal(MARCH_1.toordinal() + days)
    assert problems(end_date=end) == {"end_date": "活动在2020年3月1日开始之前就结束了。请改正其中一个日期。"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " \n "}, "name"),
        ({"organisers": ["", " "]}, "organisers"),
        ({"counties": []}, "counties"),
        ({"goal_fen": 0}, "goal_fen"),
        ({"goal_fen": -5}, "goal_fen"),
    ],
)
def test_what_is_missing_is_named_with_its_field(changes: dict[str, Any], field: str) -> None:
    assert list(problems(**changes)) == [field]


@pytest.mark.parametrize("code", ["440000", "445203001", "445203001204"])
def test_only_counties_and_cities_take_part(code: str) -> None:
    assert list(problems(counties=[Region.objects.get(code=code)])) == ["counties"]


def test_a_city_without_counties_takes_part() -> None:
    city = regions.dongguan()
    assert campaigns.made(MARCH_1, counties=[city]).counties.get() == city


def test_goods_of_a_county_that_does_not_take_part_are_named() -> None:
    farm = trade.seller()
    products = [trade.goods(farm, NOW, title=f"竹笋{n}").product for n in range(5)]
    neighbour = Region.objects.get(code="445224")
    named = "不是参加县（市、区）的产品：竹笋0、竹笋1、竹笋2、另有2个。请加上该县，或去掉该产品。"
    assert problems(counties=[neighbour], products=products) == {"products": named}


def test_the_same_name_on_a_shared_day_is_refused_and_names_the_other() -> None:
    campaigns.made(MARCH_1)
    named = "“消费扶贫月”已有2020年3月1日至2020年3月30日的一场。请改日期或改名称。"
    assert problems(date(2020, 3, 30)) == problems(date(2020, 2, 1)) == {"name": named}
    assert problems(date(2020, 3, 10), end_date=date(2020, 3, 11)) == {"name": named}


def test_the_same_name_on_adjacent_days_and_another_name_on_shared_days_are_allowed() -> None:
    campaigns.made(MARCH_1)
    campaigns.made(MARCH_31)
    campaigns.made(MARCH_1, name="年货节")
    assert Campaign.objects.count() == 3


def test_the_database_refuses_what_a_service_would() -> None:
    campaign = campaigns.made(MARCH_1)
    other = campaigns.made(MARCH_31)
    wrong: list[dict[str, Any]] = [
        {"end_date": MARCH_1},
        {"goal_fen": 0},
        {"name": ""},
        {"organisers": ""},
        {"takes_goods_by_rule": False, "rule_takes_unsold_only": True},
        {"end_date": date(2020, 4, 1)},
    ]
    for change in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Campaign.objects.filter(pk=campaign.pk).update(**change)
    assert other.name == campaign.name


def test_a_change_is_audited_and_a_repeat_is_not() -> None:
    campaign = campaigns.made(MARCH_1)
    longer = campaigns.plan(MARCH_1, end_date=date(2020, 4, 5), rule=None)
    for _twice in range(2):
        services.change_campaign(campaign_id=campaign.pk, plan=longer, actor=campaigns.editor())
    campaign.refresh_from_db()
    assert (campaign.end_date, campaign.takes_goods_by_rule) == (date(2020, 4, 5), False)
    assert audited() == ["campaigns.made", "campaigns.changed"]


def test_a_campaign_does_not_stand_in_its_own_way_but_in_anothers() -> None:
    campaigns.made(MARCH_1)
    later = campaigns.made(MARCH_31)
    change = partial(services.change_campaign, campaign_id=later.pk, actor=campaigns.editor())
    change(plan=campaigns.plan(date(2020, 4, 5)))
    with pytest.raises(services.InvalidCampaign) as refused:
        change(plan=campaigns.plan(date(2020, 3, 30)))
    assert list(refused.value.problems) == ["name"]
    later.refresh_from_db()
    assert later.start_date == date(2020, 4, 5)


def test_it_is_archived_once_and_only_when_over() -> None:
    campaign = campaigns.made(MARCH_1)
    archive = partial(services.archive_campaign, campaign_id=campaign.pk, actor=campaigns.editor())
    with pytest.raises(services.CampaignNotOver, match="2020年3月30日"):
        archive(now=datetime.fromisoformat("2020-03-30T23:59:59+08:00"))
    over = datetime.fromisoformat("2020-03-31T00:00:00+08:00")
    archive(now=over)
    assert archive(now=NOW.replace(year=2021)).archived_at == over
    assert audited() == ["campaigns.made", "campaigns.archived"]


def test_an_archived_campaign_does_not_change() -> None:
    campaign = campaigns.made(MARCH_1)
    services.archive_campaign(campaign_id=campaign.pk, actor=campaigns.editor(), now=NOW.replace(month=5))
    with pytest.raises(services.ArchivedCampaign):
        services.change_campaign(
            campaign_id=campaign.pk, plan=campaigns.plan(MARCH_1, name="另一个"), actor=campaigns.editor()
        )
    campaign.refresh_from_db()
    assert campaign.name == "消费扶贫月"


def test_only_editors_write() -> None:
    campaign = campaigns.made(MARCH_1)
    for person in (users.make_user("person"), users.make_staff("staff")):
        for write in (
            partial(services.make_campaign, plan=campaigns.plan(MARCH_31)),
            partial(services.change_campaign, campaign_id=campaign.pk, plan=campaigns.plan(MARCH_31)),
            partial(services.archive_campaign, campaign_id=campaign.pk, now=NOW.replace(year=2021)),
        ):
            with pytest.raises(PermissionDenied):
                write(actor=person)
    assert audited() == ["campaigns.made"]
