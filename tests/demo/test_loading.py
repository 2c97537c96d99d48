"""The whole demo, loaded once for this module: as much of everything as promised, and all of it sound."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Max
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker
from wagtail.models import Page

from catalog.catalogue.models import Product
from cms.links import address_of
from cms.models import StoryPage
from marketplace.accounts.models import User
from marketplace.accounts.page_roles import PageRole, page_role_of
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.queries import standing_of
from marketplace.core.audit.models import AuditEntry
from marketplace.core.periods import shanghai_day
from marketplace.demo import loading
from marketplace.order.models import Line, Order
from marketplace.order.status import Fulfilment, Payment
from marketplace.procurement.models import PurchaseRequest
from marketplace.sales_journal.models import DailyTotal, SalesEvent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo"), pytest.mark.slow]

NOW = datetime.fromisoformat("2026-11-20T10:00:00+08:00")


@pytest.fixture(scope="module")
def demo(
    country_database: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The demo on every region; gives the folder of its photos."""
    media = tmp_path_factory.mktemp("media")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=media):
        assert loading.load(seed=2020, now=NOW)
        yield media


def row_counts() -> dict[str, int]:
    """Rows by model."""
    return {
        model._meta.label: model._default_manager.count()
        for model in apps.get_models()
        if model._meta.managed
    }


def figures() -> list[dict[str, object]]:
    """Every village's figures of every day."""
    return list(DailyTotal.objects.order_by("day", "village_code").values())


def test_it_is_as_large_as_promised() -> None:
    assert Line.objects.count() >= 1_000
    assert Line.objects.values("county_code").distinct().count() >= 40
    assert DailyTotal.objects.values("day__month").distinct().count() == 12


def test_every_status_occurs() -> None:
    requests = PurchaseRequest.objects.order_by().values_list("status", flat=True).distinct()
    assert set(requests) == set(PurchaseRequest.Status.values)
    orders = Order.objects.order_by()
    assert set(orders.values_list("status", flat=True).distinct()) == set(Fulfilment.values)
    assert set(orders.values_list("payment_status", flat=True).distinct()) == set(Payment.values)


def test_figures_and_stock_are_sound(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("verify_sales")
    call_command("verify_stock")
    assert capsys.readouterr().out.splitlines() == ["No difference.", "236 stock records, no difference."]


def test_nothing_happens_later_than_now() -> None:
    last = SalesEvent.objects.aggregate(event=Max("event_at"), booking=Max("booked_at"))
    assert last["event"] <= last["booking"] <= NOW


def test_a_picture_is_stored_for_each_product_that_shows_it(demo: Path) -> None:
    images = apps.get_model("catalogue", "ProductImage").objects.count()
    assert images > 100
    stored = [path for path in (demo / "images" / "products").rglob("*") if path.is_file()]
    assert len(stored) == 4 * images


def test_one_campaign_runs_and_one_is_archived_and_both_have_sold() -> None:
    running, past = Campaign.objects.order_by("-start_date")
    assert (running.name, shanghai_day(NOW) in running.window) == ("广东消费扶贫月网上行", True)
    assert running.organiser_names[0] == "省农业农村厅"
    assert running.counties.filter(code="520527").exists()  # 赫章县, helped by 广州
    assert (past.archived_at, shanghai_day(NOW) in past.window) == (NOW, False)
    for campaign in (running, past):
        standing = standing_of(campaign)
        assert standing.total.contracted_fen >= standing.total.accepted_fen > 0
        assert len(standing.counties) >= 3


def test_there_are_pages_of_every_kind_and_visitors_see_them() -> None:
    kinds = Page.objects.live().filter(depth__gt=1).values_list("content_type__model", flat=True)
    assert Counter(kinds) == {
        "homepage": 1,
        "hallindexpage": 1,
        "hallpage": 6,
        "storyindexpage": 1,
        "storypage": 6,
        "newsindexpage": 1,
        "newspage": 4,
        "policyindexpage": 1,
        "policypage": 2,
        "helpindexpage": 1,
        "helppage": 8,
        "campaignindexpage": 1,
        "campaignpage": 2,
    }
    for path in Page.objects.live().filter(depth__gt=1).values_list("url_path", flat=True):
        assert Client().get(address_of(path)).status_code == 200


def test_the_circular_is_there_word_for_word() -> None:
    html = Client().get("/policies/2020-3/").content.decode()
    assert "揭市扶〔2020〕3号" in html
    assert "将扶贫农产品销售情况作为评价扶贫工作成效的重要内容" in html
    province = Client().get("/policies/2020-5/").content.decode()
    assert "<b>四、扶贫产品促销行动。</b>" in province
    assert "采购商网络直通车" in province
    assert "2020年2月29日" in province


def test_stories_are_told_of_villages_that_sell_something() -> None:
    for story in StoryPage.objects.all():
        assert Product.objects.filter(origin_village_id=story.village_id).exists()
        assert Client().get(story.url).context["hall"].startswith("/halls/")


def test_there_is_an_editor_and_a_reviewer() -> None:
    roles = {name: page_role_of(User.objects.get(username=name)) for name in ("demo-editor", "demo-reviewer")}
    assert roles == {"demo-editor": PageRole.EDITOR, "demo-reviewer": PageRole.REVIEWER}


def test_a_repeat_changes_nothing() -> None:
    before = row_counts(), figures()
    assert not loading.load(seed=2020, now=NOW)
    assert not loading.load(seed=7, now=NOW)
    assert (row_counts(), figures()) == before


def test_an_interrupted_load_goes_on_with_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Here nothing is missing but the entry that says so."""
    before = row_counts(), figures()
    monkeypatch.setattr(loading, "LOADED", "demo.loaded.again")
    assert loading.load(seed=2020, now=NOW)
    assert AuditEntry.objects.filter(action="demo.loaded.again").count() == 1
    counts = row_counts()
    counts["audit.AuditEntry"] -= 1
    assert (counts, figures()) == before
