"""An editor writes news, a reviewer publishes it, a visitor reads it: through the pages they all use."""

import re

import pytest
from playwright.sync_api import expect

from cms.models import NewsIndexPage, NewsPage
from tests.factories import pages
from tests.functional.conftest import DESK, PHONE, VisitorFrom
from tests.functional.visitor import Visitor

pytestmark = [pytest.mark.browser, pytest.mark.slow]
TITLE, WORDS = "春笋上市，本周三家食堂专场", "清早挖的笋，当天发车。"


def other_action(person: Visitor, verb: str) -> None:
    """Opens the list beside the editor's button and chooses what it says."""
    person.page.wait_for_load_state()
    person.page.get_by_role("button", name="更多动作").click()
    person.page.locator("footer").get_by_role("button", name=verb).click()


def write(editor: Visitor, index: NewsIndexPage) -> None:
    """A new page with a title and a paragraph."""
    editor.open(f"/cms/pages/add/cms/newspage/{index.pk}/")
    editor.fill("title", TITLE)
    editor.page.locator(".c-sf-add-button").first.click()
    editor.page.get_by_role("option", name="文字", exact=True).click()
    box = editor.page.locator(".Draftail-Editor [contenteditable=true]")
    box.click()
    box.press_sequentially(WORDS)
    # The editor hands its text to the form a moment later.
    expect(editor.page.locator("[name='body-0-value']")).to_have_value(re.compile(WORDS))


def test_draft_review_visitor(visitor: VisitorFrom) -> None:
    writes, publishes = pages.editor(), pages.reviewer()
    index = pages.published(pages.home(), NewsIndexPage(title="新闻动态", slug="news", show_in_menus=True))
    editor, reviewer, reader = visitor(DESK), visitor(DESK), visitor(PHONE)

    editor.log_in(writes)
    write(editor, index)
    expect(editor.page.locator("footer").get_by_role("button", name="发布", exact=True)).to_have_count(0)
    other_action(editor, "提交")
    expect(editor.page.get_by_role("status").get_by_text("审核").first).to_be_visible()
    page = NewsPage.objects.get()
    assert (page.title, page.live) == (TITLE, False)

    reader.open(page.url)
    reader.reads("没有这个页面")

    reviewer.log_in(publishes)
    reviewer.follow("编辑页面")
    reviewer.page.get_by_role("link", name=TITLE).first.click()
    expect(reviewer.page).to_have_url(re.compile(rf"/cms/pages/{page.pk}/edit/"))
    other_action(reviewer, "同意")
    expect(reviewer.page.get_by_role("status").get_by_text("已被更新").first).to_be_visible()

    reader.open("/")
    reader.page.locator(".shop-nav").get_by_role("link", name="新闻动态").click()
    reader.follow(TITLE)
    reader.reads(TITLE, WORDS)
