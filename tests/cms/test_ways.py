"""Ways to pages: navigation, stories, redirects, the sitemap, and our own page where there is none."""

from typing import Any

import pytest
from defusedxml import ElementTree
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from cms import links
from cms.models import HallIndexPage, HallPage, NewsIndexPage, NewsPage, StoryIndexPage, StoryPage
from tests.factories import pages, trade

pytestmark = pytest.mark.django_db


def index(kind: Any, title: str, slug: str, **fields: Any) -> Any:
    return pages.published(pages.home(), kind(title=title, slug=slug, show_in_menus=True, **fields))


def test_pages_are_in_the_navigation_in_their_order(client: Client) -> None:
    index(NewsIndexPage, "新闻动态", "news")
    index(StoryIndexPage, "村庄故事", "stories")
    hidden = pages.published(pages.home(), HallIndexPage(title="不在菜单", slug="halls", show_in_menus=False))
    assert not hidden.show_in_menus
    menu = links.menu()
    assert [(link.label, link.url, link.section) for link in menu.links] == [
        ("新闻动态", "/news/", "news"),
        ("村庄故事", "/stories/", "stories"),
    ]
    html = client.get("/products/").content.decode()
    assert html.count('href="/news/"') == 2  # header and footer
    assert 'href="/county/"' in html
    html = client.get("/news/").content.decode()
    assert 'aria-current="page">新闻动态' in " ".join(html.split())


def test_the_halls_page_takes_the_place_of_the_list_of_counties(client: Client) -> None:
    index(HallIndexPage, "扶贫馆", "halls")
    html = client.get("/products/").content.decode()
    assert 'href="/halls/"' in html
    assert 'href="/county/"' not in html


def test_drafts_and_private_pages_are_in_no_menu() -> None:
    draft = index(NewsIndexPage, "新闻", "news")
    draft.unpublish()
    private = index(StoryIndexPage, "内部", "stories")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    cache.clear()
    assert links.menu().links == []


def test_what_lies_below_a_private_page_is_private_too() -> None:
    trade.land()
    stories = index(StoryIndexPage, "村庄故事", "stories")
    halls = index(HallIndexPage, "扶贫馆", "halls")
    pages.published(stories, StoryPage(title="笋出土", slug="shoots", village_id=trade.VILLAGE))
    pages.published(halls, HallPage(title="揭东馆", slug="jiedong", county_id="445203"))
    assert links.story_url(trade.VILLAGE) == "/stories/shoots/"
    assert links.hall_url("445203") == "/halls/jiedong/"
    for page in (stories, halls, pages.home()):
        PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)
        cache.clear()
    assert (links.story_url(trade.VILLAGE), links.hall_url("445203"), links.menu().links) == ("", "", [])


def test_a_new_index_asks_to_be_in_the_menu() -> None:
    assert NewsIndexPage.show_in_menus_default is True


def test_the_navigation_costs_two_queries_and_then_none(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    index(NewsIndexPage, "新闻", "news")
    cache.clear()
    with django_assert_num_queries(2):
        links.menu()
    with django_assert_num_queries(0):
        assert len(links.menu().links) == 1


def test_what_is_remembered_is_forgotten_when_a_page_changes(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    page = index(NewsIndexPage, "新闻", "news")
    assert [link.label for link in links.menu().links] == ["新闻"]
    with django_capture_on_commit_callbacks(execute=True):
        page.title = "新闻动态"
        page.save_revision().publish()
    assert [link.label for link in links.menu().links] == ["新闻动态"]
    with django_capture_on_commit_callbacks(execute=True):
        page.unpublish()
    assert links.menu().links == []
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert len(links.menu().links) == 1
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert links.menu().links == []


def test_what_was_read_before_a_page_changed_is_not_remembered_after_it(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    page = index(NewsIndexPage, "新闻", "news")
    find = links._menu_links

    def find_while_an_editor_publishes() -> list[links.Link]:
        found = find()
        with django_capture_on_commit_callbacks(execute=True):
            page.title = "新闻动态"
            page.save_revision().publish()
        return found

    cache.clear()
    with monkeypatch.context() as patched:
        patched.setattr(links, "_menu_links", find_while_an_editor_publishes)
        assert [link.label for link in links.menu().links] == ["新闻"]
    assert [link.label for link in links.menu().links] == ["新闻动态"]


def test_without_a_cache_the_database_is_asked(settings: Settings) -> None:
    page = index(NewsIndexPage, "新闻", "news")
    down = {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1"}
    settings.CACHES = {"default": down}
    assert [link.label for link in links.menu().links] == ["新闻"]
    links.forget()
    assert page.live


def test_a_product_leads_to_the_newest_story_of_its_village(client: Client) -> None:
    trade.land()
    record = trade.goods(trade.seller(), timezone.now())
    address = f"/product/{record.product_id}/"
    assert "看看这个村的故事" not in client.get(address).content.decode()
    stories = index(StoryIndexPage, "故事", "stories")
    for slug in ("old", "new"):
        pages.published(stories, StoryPage(title=slug, slug=slug, village_id=trade.VILLAGE))
    cache.clear()
    html = client.get(address).content.decode()
    assert 'href="/stories/new/"' in html
    assert "看看这个村的故事" in html
    assert 'href="/stories/old/"' not in html


def test_a_moved_page_is_found_at_its_new_address(
    client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    news = index(NewsIndexPage, "新闻", "news")
    page = pages.published(news, NewsPage(title="活动", slug="event"))
    with django_capture_on_commit_callbacks(execute=True):
        page.slug = "spring-event"
        page.save_revision().publish()
    response = client.get("/news/event/")
    assert (response.status_code, response.url) == (301, "/news/spring-event/")
    assert client.get("/news/event/?from=wechat").url == "/news/spring-event/"
    with django_capture_on_commit_callbacks(execute=True):
        news.slug = "reports"
        news.save_revision().publish()
    assert client.get("/news/spring-event/").url == "/reports/spring-event/"


def test_a_page_that_is_taken_down_is_our_404(client: Client) -> None:
    news = index(NewsIndexPage, "新闻", "news")
    page = pages.published(news, NewsPage(title="活动", slug="event"))
    assert client.get(page.url).status_code == 200
    page.unpublish()
    client.raise_request_exception = False
    response = client.get(page.url)
    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()


def test_an_editors_redirect_works_and_a_strange_address_does_no_harm(client: Client) -> None:
    Redirect.add_redirect("/old/", redirect_to="/products/", is_permanent=False)
    assert (client.get("/old/").status_code, client.get("/old/").url) == (302, "/products/")
    for path in ("/no%00thing/", "/%E6%B2%A1%E6%9C%89/", "/" + "a" * 300 + "/"):
        assert client.get(path).status_code == 404


def addresses(client: Client) -> list[str]:
    response = client.get("/sitemap.xml", headers={"host": "market.example.cn"})
    assert response["Content-Type"].startswith("application/xml")
    tree = ElementTree.fromstring(response.content)
    return [str(each.text) for each in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def test_the_sitemap_has_published_pages_and_products_on_sale(client: Client) -> None:
    trade.land()
    seller, now = trade.seller(), timezone.now()
    sold, gone = trade.goods(seller, now), trade.goods(seller, now, title="卖完", available=0)
    news = index(NewsIndexPage, "新闻", "news")
    pages.published(news, NewsPage(title="活动", slug="event"))
    news.add_child(instance=NewsPage(title="草稿", slug="draft", live=False))
    private = index(StoryIndexPage, "内部", "stories")
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    host = "http://market.example.cn"
    assert addresses(client) == [
        f"{host}/",
        f"{host}/news/",
        f"{host}/news/event/",
        f"{host}/product/{sold.product_id}/",
    ]
    assert gone.product_id != sold.product_id


def test_the_sitemap_costs_the_same_whatever_is_in_it(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    trade.land()
    seller, now = trade.seller(), timezone.now()
    news = index(NewsIndexPage, "新闻", "news")
    addresses(client)  # Django remembers its site
    for count in (1, 19):
        for number in range(count):
            trade.goods(seller, now, title=f"笋{number}")
            pages.published(news, NewsPage(title="活动", slug=f"e{count}-{number}"))
        with django_assert_num_queries(5):
            client.get("/sitemap.xml")
    assert len(addresses(client)) == 2 + 2 * 20


def test_robots_are_told_where_not_to_look(client: Client) -> None:
    response = client.get("/robots.txt", headers={"host": "market.example.cn"})
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().split("\n")
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /account/", "Disallow: /cms/", "Disallow: /buyer/"} <= set(lines)
    assert "Sitemap: http://market.example.cn/sitemap.xml" in lines
    assert "Disallow: /product/" not in lines
