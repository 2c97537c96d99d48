"""Editors make, change and archive campaigns in Wagtail's admin; what cannot be is said at its field."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone

from marketplace.accounts.models import User
from marketplace.campaigns.models import Campaign
from marketplace.core.audit.models import AuditEntry
from marketplace.core.periods import shanghai_day
from tests.factories import campaigns, regions, trade, users
from tests.factories.users import browser_of

pytestmark = pytest.mark.django_db

NEW = "/cms/campaigns/new/"
MARCH: dict[str, Any] = {
    "name": "广东消费扶贫月网上行",
    "first_day": "2020-03-01",
    "last_day": "2020-03-31",
    "organisers": "省农业农村厅\n省供销社",
    "counties": "揭东区、惠来县",
    "goal": "1000000.50",
    "takes_goods_by_rule": "on",
    "rule_category": "",
    "products-count": "0",
}


def member(group: str) -> User:
    user = users.make_user(f"member-{group}", name=group)
    user.groups.add(Group.objects.get(name=group))
    return user


@pytest.fixture
def editor(db: None) -> Client:
    trade.land()
    return browser_of(member("编辑"))


def picked(*product_ids: int) -> dict[str, Any]:
    """The fields of products that were picked by hand."""
    fields: dict[str, Any] = {"products-count": str(len(product_ids))}
    for number, pk in enumerate(product_ids):
        fields |= {
            f"products-{number}-deleted": "",
            f"products-{number}-order": str(number),
            f"products-{number}-type": "product",
            f"products-{number}-id": "",
            f"products-{number}-value": str(pk),
        }
    return fields


def refused(editor: Client, **changes: Any) -> dict[str, list[str]]:
    """What the form says is wrong; nothing is saved."""
    before = Campaign.objects.count()
    response = editor.post(NEW, {**MARCH, **changes})
    assert response.status_code == 200
    assert Campaign.objects.count() == before
    errors: dict[str, list[str]] = response.context["form"].errors
    return errors


@pytest.mark.parametrize("group", ["编辑", "审核"])
def test_editors_and_reviewers_make_a_campaign(group: str) -> None:
    trade.land()
    product = trade.goods(trade.seller(), timezone.now()).product
    response = browser_of(member(group)).post(NEW, {**MARCH, **picked(product.pk)})
    campaign = Campaign.objects.get()
    assert response["Location"] == f"/cms/campaigns/edit/{campaign.pk}/"
    assert (campaign.start_date, campaign.end_date) == (date(2020, 3, 1), date(2020, 4, 1))
    assert campaign.organiser_names == ["省农业农村厅", "省供销社"]
    assert (campaign.goal_fen, campaign.takes_goods_by_rule) == (100_000_050, True)
    assert list(campaign.counties.order_by("code").values_list("name", flat=True)) == ["揭东区", "惠来县"]
    assert list(campaign.products.all()) == [product]
    assert AuditEntry.objects.get(action="campaigns.made").actor_name == group


def test_the_form_shows_what_was_saved_and_a_repeat_changes_nothing(editor: Client) -> None:
    product = trade.goods(trade.seller(), timezone.now()).product
    editor.post(NEW, {**MARCH, **picked(product.pk)})
    url = f"/cms/campaigns/edit/{Campaign.objects.get().pk}/"
    initial = editor.get(url).context["form"].initial
    assert (initial["counties"], initial["last_day"]) == ("揭阳市 揭东区\n揭阳市 惠来县", date(2020, 3, 31))
    again = {**MARCH, **picked(product.pk), "counties": initial["counties"], "goal": initial["goal"]}
    assert editor.post(url, again).status_code == 302
    assert AuditEntry.objects.filter(action="campaigns.changed").count() == 0


def test_days_and_names_that_cannot_be_are_said_at_their_fields(editor: Client) -> None:
    assert refused(editor, last_day="2020-02-29") == {
        "last_day": ["活动在2020年3月1日开始之前就结束了。请改正其中一个日期。"]
    }
    editor.post(NEW, MARCH)
    assert refused(editor, first_day="2020-03-31", last_day="2020-04-30") == {
        "name": ["“广东消费扶贫月网上行”已有2020年3月1日至2020年3月31日的一场。请改日期或改名称。"]
    }


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", "长" * 61),
        ("name", "\0"),
        ("first_day", "2020-02-30"),
        ("first_day", "0001-01-01"),
        ("last_day", "9999-12-31"),
        ("organisers", " "),
        ("organisers", "省" * 501),
        ("counties", ""),
        ("counties", "，、；"),
        ("counties", "\0"),
        ("counties", "揭东区\n" * 9_999),
        ("goal", "0"),
        ("goal", "-1"),
        ("goal", "1.005"),
        ("goal", "NaN"),
        ("goal", "1" + "0" * 20),
        ("rule_category", "99999"),
        ("rule_category", "x"),
    ],
)
def test_nonsense_is_said_at_its_field(editor: Client, field: str, value: str) -> None:
    assert list(refused(editor, **{field: value})) == [field]


def test_unknown_and_ambiguous_counties_are_named_with_the_remedy(editor: Client) -> None:
    regions.region("440000", "广东省", parent=None)
    regions.region("441500", "汕尾市", parent="440000")
    regions.region("441502", "城区", parent="441500")
    regions.region("140000", "山西省", parent=None)
    regions.region("140300", "阳泉市", parent="140000")
    regions.region("140302", "城区", parent="140300")
    assert refused(editor, counties="揭东区、城区；火星县") == {
        "counties": [
            "“城区”不止一个：阳泉市 城区 140302、汕尾市 城区 441502。请在前面写上所属的市，或写区划代码。",
            "没有叫“火星县”的县（市、区）或地级市。请写全称，或写区划代码。",
        ]
    }
    editor.post(NEW, {**MARCH, "counties": "汕尾市 城区\n140302\n440000"})
    assert not Campaign.objects.exists()
    editor.post(NEW, {**MARCH, "counties": "汕尾市 城区\n140302\n城区 \n".replace("城区 \n", "")})
    assert set(Campaign.objects.get().counties.values_list("code", flat=True)) == {"441502", "140302"}


def test_products_of_other_counties_and_unknown_ones_are_refused(editor: Client) -> None:
    product = trade.goods(trade.seller(), timezone.now()).product
    assert list(refused(editor, counties="惠来县", **picked(product.pk))) == ["products"]
    editor.post(NEW, {**MARCH, **picked(999_999)})
    assert not Campaign.objects.exists() or not Campaign.objects.get().products.exists()


def test_what_narrows_a_rule_needs_the_rule(editor: Client) -> None:
    wrong = {**MARCH, "rule_takes_unsold_only": "on"}
    del wrong["takes_goods_by_rule"]
    response = editor.post(NEW, wrong)
    assert list(response.context["form"].errors) == ["takes_goods_by_rule"]


def text(editor: Client, campaign: Campaign) -> str:
    return " ".join(editor.get(f"/cms/campaigns/edit/{campaign.pk}/").content.decode().split())


def test_the_editor_is_told_of_campaigns_that_share_days_and_a_county(editor: Client) -> None:
    today = shanghai_day(timezone.now())
    campaign = campaigns.made(today)
    campaigns.made(today + timedelta(days=29), name="年货节")
    campaigns.made(today + timedelta(days=30), name="以后")
    shown = text(editor, campaign)
    assert "“年货节”（" in shown
    assert "同时也在揭东区进行。从哪个活动的页面购买，就计入哪个活动，不会重复计算。" in shown
    assert "以后" not in shown


def test_the_editor_is_told_which_part_of_a_rule_finds_nothing(editor: Client) -> None:
    today = shanghai_day(timezone.now())
    tea = trade.category("茶叶")
    campaign = campaigns.made(today, rule=campaigns.Rule(category=tea, is_unsold_only=True))
    assert "参加县（市、区）现在都没有在售产品。请增加县（市、区）" in text(editor, campaign)
    record = trade.goods(trade.seller(), timezone.now())
    assert "在售的产品里没有“茶叶”。请换一个品类" in text(editor, campaign)
    record.product.categories.add(tea)
    assert "在售的产品都不是滞销产品。请取消“只要滞销产品”" in text(editor, campaign)
    Campaign.objects.update(rule_takes_unsold_only=False)
    assert "按条件没有找到产品" not in text(editor, campaign)


def test_the_editor_is_told_which_goods_visitors_do_not_see(editor: Client) -> None:
    now = timezone.now()
    record = trade.goods(trade.seller(), now)
    campaign = campaigns.made(shanghai_day(now), products=[record.product])
    assert "没有显示" not in text(editor, campaign)
    type(record).objects.filter(pk=record.pk).update(num_allocated=1000)
    assert "“埔田竹笋”没有显示：已售罄。" in text(editor, campaign)


def test_only_what_is_over_is_archived_and_then_nothing_changes(editor: Client) -> None:
    editor.post(NEW, {**MARCH, "first_day": "2030-03-01", "last_day": "2030-03-31"})
    campaign = Campaign.objects.get()
    url = f"/cms/campaigns/archive/{campaign.pk}/"
    assert editor.get(url).status_code == 405
    editor.post(url)
    campaign.refresh_from_db()
    assert campaign.archived_at is None
    Campaign.objects.update(start_date="2020-03-01", end_date="2020-04-01")
    for _twice in range(2):
        assert editor.post(url).status_code == 302
    campaign.refresh_from_db()
    assert campaign.archived_at is not None
    assert AuditEntry.objects.filter(action="campaigns.archived").count() == 1
    response = editor.post(f"/cms/campaigns/edit/{campaign.pk}/", {**MARCH, "name": "改名"})
    assert "已归档，不能再改" in response.content.decode()
    campaign.refresh_from_db()
    assert campaign.name == "广东消费扶贫月网上行"


def test_nobody_else_comes_in_and_nobody_deletes(editor: Client) -> None:
    editor.post(NEW, MARCH)
    pk = Campaign.objects.get().pk
    school = trade.unit()
    for user in (school.requester, users.make_staff("staff")):
        stranger = browser_of(user)
        for url in ("/cms/campaigns/", NEW, f"/cms/campaigns/edit/{pk}/"):
            assert stranger.get(url).status_code in (302, 403)
        assert stranger.post(NEW, {**MARCH, "name": "别的"}).status_code in (302, 403)
        assert stranger.post(f"/cms/campaigns/archive/{pk}/").status_code in (302, 403)
    administrator = browser_of(users.make_administrator())
    assert administrator.get(f"/cms/campaigns/edit/{pk}/").status_code == 200
    assert administrator.post(f"/cms/campaigns/delete/{pk}/").status_code == 404
    assert Campaign.objects.get().archived_at is None
    assert administrator.get("/cms/campaigns/edit/999999/").status_code == 404


def test_a_double_click_makes_one_campaign(editor: Client) -> None:
    assert editor.post(NEW, MARCH).status_code == 302
    assert editor.post(NEW, MARCH).status_code == 200
    assert Campaign.objects.count() == 1


def test_the_list_shows_days_and_stage(editor: Client) -> None:
    editor.post(NEW, MARCH)
    shown = " ".join(editor.get("/cms/campaigns/").content.decode().split())
    assert "2020年3月1日 – 3月31日" in shown
    assert "已结束" in shown
