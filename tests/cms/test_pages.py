"""Each kind of page: where it may stand, and what it shows."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image
from wagtail.models import Page
from wagtail.rich_text import RichText

from cms.models import (
    HallIndexPage,
    HallPage,
    HelpIndexPage,
    HelpPage,
    HomePage,
    NewsIndexPage,
    NewsPage,
    PolicyIndexPage,
    PolicyPage,
    StoryIndexPage,
    StoryPage,
)
from tests.factories import pages, trade

pytestmark = pytest.mark.django_db

INDEXES = {
    HallIndexPage: {HallPage},
    StoryIndexPage: {StoryPage},
    NewsIndexPage: {NewsPage},
    PolicyIndexPage: {PolicyPage},
    HelpIndexPage: {HelpPage},
}


def words(html: str) -> RichText:
    return RichText(html)


@pytest.mark.parametrize(("index", "kinds"), INDEXES.items())
def test_each_kind_has_its_place(index: type[Page], kinds: set[type[Page]]) -> None:
    assert index in HomePage.allowed_subpage_models()
    assert set(index.allowed_subpage_models()) == kinds
    assert index.allowed_parent_page_models() == [HomePage]
    assert index.max_count == 1
    for kind in kinds:
        assert kind.allowed_parent_page_models() == [index]
        assert kind.allowed_subpage_models() == []


@pytest.fixture
def seller() -> trade.Seller:
    trade.land()
    return trade.seller()


def hall_index() -> HallIndexPage:
    return pages.published(pages.home(), HallIndexPage(title="扶贫馆", slug="halls", show_in_menus=True))


def hall(index: HallIndexPage | None = None, **fields: object) -> HallPage:
    fields = {"title": "揭东馆", "slug": "jiedong", "county_id": "445203", **fields}
    return pages.published(index or hall_index(), HallPage(**fields))


def story_index() -> StoryIndexPage:
    return pages.published(pages.home(), StoryIndexPage(title="村庄故事", slug="stories"))


def story(index: StoryIndexPage | None = None, **fields: object) -> StoryPage:
    fields = {"title": "笋出土", "slug": "shoots", "village_id": trade.VILLAGE, **fields}
    return pages.published(index or story_index(), StoryPage(**fields))


def test_a_hall_shows_its_countys_goods_villages_and_stories(client: Client, seller: trade.Seller) -> None:
    now = timezone.now()
    trade.goods(seller, now, title="埔田竹笋")
    trade.goods(seller, now, title="笋干")
    told = story()
    context = client.get(hall(intro="竹笋之乡").url).context
    assert sorted(card.name for card in context["cards"]) == ["埔田竹笋", "笋干"]
    assert [(each.name, each.town, each.offers) for each in context["villages"]] == [
        ("圩埔村", "曲溪街道", 2)
    ]
    assert context["offer_count"] == 2
    assert [each.pk for each in context["stories"]] == [told.pk]
    assert [link.label for link in context["way"]] == ["消费扶贫网上行", "扶贫馆", "揭东馆"]


def test_the_list_of_halls_has_each_countys_goods_once(client: Client, seller: trade.Seller) -> None:
    index = hall_index()
    trade.goods(seller, timezone.now(), available=100)
    context = client.get(index.url).context
    assert (context["halls"], [each.code for each in context["counties"]]) == ([], ["445203"])
    hall(index)
    empty = hall(index, title="惠来馆", slug="huilai", county_id="445224")
    context = client.get(index.url).context
    assert [(page.title, goods and goods.offers) for page, goods in context["halls"]] == [
        ("揭东馆", 1),
        ("惠来馆", None),
    ]
    assert context["counties"] == []
    assert client.get(empty.url).context["cards"] == []


def test_a_story_shows_its_place_and_what_the_village_sells(client: Client, seller: trade.Seller) -> None:
    trade.goods(seller, timezone.now())
    county_hall = hall()
    response = client.get(story().url)
    assert response.context["place"].path == "广东省 揭阳市 揭东区 曲溪街道 圩埔村委会"
    assert [card.name for card in response.context["cards"]] == ["埔田竹笋"]
    assert response.context["hall"] == county_hall.url
    assert "圩埔村正在卖" in response.content.decode()


def test_news_come_newest_first_and_in_pages(client: Client) -> None:
    index = pages.published(pages.home(), NewsIndexPage(title="新闻", slug="news"))
    for number in range(13):
        day = date(2020, 3, 1) + timedelta(days=number)
        pages.published(index, NewsPage(title=f"第{number}条", slug=f"n{number}", day=day))
    first = client.get(index.url).context["entries"]
    assert [page.title for page in first][:2] == ["第12条", "第11条"]
    assert (len(first), first.paginator.num_pages) == (12, 2)
    assert [page.title for page in client.get(f"{index.url}?page=2").context["entries"]] == ["第0条"]
    assert client.get(f"{index.url}?page=无").context["entries"].number == 1
    response = client.get(f"{index.url}n5/")
    assert [page.title for page in response.context["more"]] == ["第12条", "第11条", "第10条"]
    assert "2020年3月6日" in response.content.decode()


def test_a_document_is_laid_out_as_on_paper(client: Client) -> None:
    index = pages.published(pages.home(), PolicyIndexPage(title="政策文件", slug="policies"))
    paper = pages.published(
        index,
        PolicyPage(
            title="关于做好产销对接的通知",
            slug="p1",
            issuer="揭阳市扶贫开发领导小组文件",
            number="揭市扶〔2020〕3号",
            addressee="各县（市、区）扶贫开发领导小组",
            body=[("text", words("<h2>一、要求</h2><p>抓好落实。</p>"))],
            signer="揭阳市扶贫开发领导小组",
            signed_on=date(2020, 2, 29),
        ),
    )
    undated = pages.published(index, PolicyPage(title="没有日期的文件", slug="p2", issuer="某单位文件"))
    html = client.get(paper.url).content.decode()
    order = [
        'class="paper-issuer">揭阳市扶贫开发领导小组文件<',
        'class="paper-number">揭市扶〔2020〕3号<',
        'class="paper-title">关于做好产销对接的通知<',
        'class="paper-addressee">各县（市、区）扶贫开发领导小组：<',
        "抓好落实。",
        'datetime="2020-02-29">2020年2月29日<',
    ]
    found = [html.find(part) for part in order]
    assert -1 not in found
    assert found == sorted(found)
    assert "<time" not in client.get(undated.url).content.decode()
    assert [page.pk for page in client.get(index.url).context["entries"]] == [undated.pk, paper.pk]


def test_help_is_sorted_by_whom_it_is_for(client: Client) -> None:
    index = pages.published(pages.home(), HelpIndexPage(title="帮助", slug="help"))
    for slug, audience in (("a", "offices"), ("b", "buyers"), ("c", "villages"), ("d", "buyers")):
        pages.published(index, HelpPage(title=f"帮助{slug}", slug=slug, audience=audience))
    groups = client.get(index.url).context["groups"]
    assert [(str(name), [page.slug for page in found]) for name, found in groups] == [
        ("给采购的人", ["b", "d"]),
        ("给村里和供应商", ["c"]),
        ("给扶贫办", ["a"]),
    ]
    assert [page.slug for page in client.get(f"{index.url}b/").context["more"]] == ["d"]


def test_empty_lists_say_so(client: Client) -> None:
    for kind, slug in (
        (StoryIndexPage, "s"),
        (NewsIndexPage, "n"),
        (PolicyIndexPage, "p"),
        (HelpIndexPage, "h"),
    ):
        index = pages.published(pages.home(), kind(title="空", slug=slug))
        assert 'class="empty"' in client.get(index.url).content.decode()


def test_search_engines_and_messengers_are_told(client: Client) -> None:
    trade.land()
    shown = pages.picture(width=1400, height=700)
    page = hall(intro="竹笋之乡", picture=shown)
    html = client.get(page.url).content.decode()
    assert html.count('content="竹笋之乡"') == 2
    assert 'property="og:image"' in html
    assert ".fill-1200x630." in html
    page.search_description, page.seo_title = "揭东的货", "揭东扶贫馆首页"
    page.social_image = pages.picture("另一张", width=1300, height=700)
    page.save_revision().publish()
    html = client.get(page.url).content.decode()
    assert 'content="揭东的货"' in html
    assert "<title>揭东扶贫馆首页" in html


def test_pictures_are_modern_lazy_and_shift_nothing(client: Client) -> None:
    trade.land()
    index = hall_index()
    hall(index, picture=pages.picture(width=800, height=600, focal_point_x=700, focal_point_y=100))
    html = client.get(index.url).content.decode()
    picture = html[html.index("<picture") : html.index("</picture>")]
    assert 'type="image/webp"' in picture
    assert 'loading="lazy"' in picture
    assert 'width="400"' in picture
    assert 'height="300"' in picture
    assert "400w" in picture
    assert "800w" in picture
    assert 'alt=""' in picture  # the title beside it says the same


def test_a_pictures_focal_point_decides_what_is_cut(client: Client) -> None:
    trade.land()
    shown = pages.picture(width=1200, height=1200)
    sheet = Image.new("RGB", (1200, 1200), "green")
    sheet.paste(Image.new("RGB", (1200, 200), "red"), (0, 0))
    sheet.save(shown.file.path, "PNG")
    shown.focal_point_x, shown.focal_point_y = 600, 40
    shown.focal_point_width = shown.focal_point_height = 80
    shown.save()
    page = story(picture=shown, body=[])
    client.get(page.url)
    rendition = shown.renditions.get(filter_spec="format-jpeg|fill-1200x480")
    with Image.open(rendition.file.path) as cut:
        red, green, _blue = cut.convert("RGB").getpixel((600, 60))
    assert (red > 200, green < 60) == (True, True)


COSTS = {"/halls/": 12, "/halls/jiedong/": 19, "/stories/": 12, "/stories/shoots/": 15}


def costs(client: Client) -> dict[str, int]:
    """Queries of each page, after its pictures have been made."""
    found = {}
    for path in COSTS:
        client.get(path)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        found[path] = len(queries)
    return found


def test_lists_cost_the_same_whatever_is_in_them(client: Client, seller: trade.Seller) -> None:
    now = timezone.now()
    halls, stories = hall_index(), story_index()
    hall(halls, picture=pages.picture(width=1300, height=1000))
    story(stories, picture=pages.picture(width=1300, height=1000))
    trade.goods(seller, now)
    assert costs(client) == COSTS
    for number in range(1, 12):
        trade.goods(seller, now, title=f"竹笋{number}")
        hall(halls, slug=f"h{number}", picture=pages.picture(f"馆{number}"))
        story(stories, slug=f"s{number}", picture=pages.picture(f"村{number}"))
    assert costs(client) == COSTS
