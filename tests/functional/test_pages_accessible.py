"""Every kind of page and every block, read by axe on a phone."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.rich_text import RichText

from cms.models import (
    HallIndexPage,
    HallPage,
    HelpIndexPage,
    HelpPage,
    NewsIndexPage,
    NewsPage,
    PolicyIndexPage,
    PolicyPage,
    StoryIndexPage,
    StoryPage,
    Video,
)
from supplier_villages.regions.models import Region
from tests.factories import pages, trade
from tests.functional.axe import bring_axe, violations
from tests.functional.conftest import VisitorFrom

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANOTHER_SITE = "https://player.bilibili.com/**"
ITS_PLAYER = "<!doctype html><html lang=zh><title>播放器</title><main><h1>播放器</h1></main></html>"


def every_block() -> list[tuple[str, Any]]:
    """One of each, in an order in which headings go down by one."""
    record = trade.goods(trade.seller(), timezone.now())
    picture = pages.picture(width=1300, height=900, description="一片竹林")
    video = Video.objects.create(title="竹林的早晨", file=pages.video_file())
    rule = {"title": "在售", "county": None, "category": "", "within": "", "order": "soonest", "number": "4"}
    steps = [{"title": "登录", "text": "用手机号"}, {"title": "下单", "text": ""}]
    return [
        ("text", RichText("<h2>一县多味</h2><p>好货。</p><ul><li>笋</li></ul>")),
        ("steps", {"title": "怎么买", "steps": steps}),
        ("quote", {"text": "笋不等人。", "source": "合作社"}),
        ("timetable", {"title": "日程", "rows": [{"time": "周一", "what": "开馆", "place": "首页"}]}),
        (
            "picture_text",
            {"picture": picture, "side": "left", "caption": "示意图", "text": RichText("<p>好。</p>")},
        ),
        ("video", {"video": video, "poster": picture, "caption": "清早"}),
        ("player", "https://www.bilibili.com/video/BV1xx411c7mD"),
        ("attachment", {"document": pages.document(), "label": "台账"}),
        ("products", {"title": "推荐", "products": [record.product]}),
        ("products_by_rule", rule),
        ("village", {"village": Region.objects.get(pk=trade.VILLAGE), "text": "山里", "picture": picture}),
    ]


def publish_everything() -> list[str]:
    """The addresses of a list and a page of each kind."""
    trade.land()
    body, steps = every_block(), [{"title": "登录", "text": "用手机号"}, {"title": "下单", "text": ""}]
    picture = pages.picture("田", width=1300, height=900)
    policy = {
        "issuer": "某单位文件",
        "number": "某〔2020〕3号",
        "signed_on": timezone.localdate() - timedelta(9),
    }
    made = [
        (HallIndexPage, HallPage(title="馆", slug="a", county_id="445203", picture=picture, body=body)),
        (
            StoryIndexPage,
            StoryPage(title="故事", slug="a", village_id=trade.VILLAGE, picture=picture, body=body),
        ),
        (NewsIndexPage, NewsPage(title="新闻", slug="a", picture=picture, body=body)),
        (PolicyIndexPage, PolicyPage(title="文件", slug="a", body=body[:1], **policy)),
        (HelpIndexPage, HelpPage(title="帮助", slug="a", body=[("steps", {"title": "", "steps": steps})])),
    ]
    addresses = ["/"]
    for kind, page in made:
        index = pages.published(
            pages.home(), kind(title=str(kind._meta.verbose_name), slug=kind.__name__.lower())
        )
        addresses += [index.url, pages.published(index, page).url]
    home = pages.home()
    home.body = body
    home.save_revision().publish()
    return addresses


def test_axe_finds_nothing_on_editors_pages(visitor: VisitorFrom) -> None:
    reader, found = visitor(), {}
    bring_axe(reader.context)
    reader.context.route(ANOTHER_SITE, lambda route: route.fulfill(content_type="text/html", body=ITS_PLAYER))
    for path in publish_everything():
        reader.page.goto(path)
        found[path] = violations(reader.page)
    assert {path: faults for path, faults in found.items() if faults} == {}
