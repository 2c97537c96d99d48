"""From a draft through review to visitors: who may do what, who is told, and by themselves at a time."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.mail import EmailMessage
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page, Workflow
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.models import NewsIndexPage, NewsPage
from cms.tasks import publish_scheduled_pages
from marketplace.accounts.models import User
from marketplace.outbox import relay
from marketplace.settings.celery import CELERY_BEAT_SCHEDULE
from tests.cms.conftest import ClientOf
from tests.factories import pages
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db
SUBMIT, PUBLISH = {"action-submit": "1"}, {"action-publish": "1"}


def news_index() -> NewsIndexPage:
    return pages.published(pages.home(), NewsIndexPage(title="新闻", slug="news"))


def form(title: str = "竹笋上市", text: str = "<p>好笋。</p>", **more: Any) -> dict[str, Any]:
    """What the editor's form sends."""
    fields = {
        "title": title, "slug": "shoots", "day": "2020-03-16", "intro": "", "picture": "", "seo_title": "",
        "search_description": "", "social_image": "", "go_live_at": "", "expire_at": "",
        "body": streamfield([("text", rich_text(text, features=["h2", "bold"]))]),
    }  # fmt: skip
    flat: dict[str, Any] = nested_form_data(fields)
    return {**flat, "comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0", **more}


def create(browser: Client, index: NewsIndexPage, **more: Any) -> Any:
    address = reverse("wagtailadmin_pages:add", args=["cms", "newspage", index.pk])
    return browser.post(address, form(**more))


def rights(group: str) -> tuple[set[str], set[str], set[str]]:
    """A group's rights on all pages, on all files, and others."""
    found = Group.objects.get(name=group)
    on_pages = GroupPagePermission.objects.filter(group=found, page=Page.get_first_root_node())
    on_files = GroupCollectionPermission.objects.filter(group=found, collection__depth=1)
    return (
        set(on_pages.values_list("permission__codename", flat=True)),
        set(on_files.values_list("permission__codename", flat=True)),
        {
            name
            for name in found.permissions.values_list("codename", flat=True)
            if name.endswith(("video", "redirect", "admin"))
        },
    )


FILES = {f"{verb}_{kind}" for verb in ("add", "change", "choose") for kind in ("image", "document")}


def test_editors_write_and_reviewers_publish() -> None:
    assert rights("编辑") == (
        {"add_page", "change_page"},
        FILES,
        {"access_admin", "add_video", "change_video", "view_video"},
    )
    assert rights("审核") == (
        {"add_page", "change_page", "publish_page", "lock_page", "unlock_page"},
        FILES,
        {
            "access_admin",
            *(
                f"{verb}_{kind}"
                for verb in ("add", "change", "delete", "view")
                for kind in ("video", "redirect")
            ),
        },
    )


def test_there_is_one_workflow_for_all_pages() -> None:
    workflow = Workflow.objects.get()
    assert (workflow.name, workflow.active) == ("审核后发布", True)
    (task,) = workflow.tasks
    assert task.name == "审核"
    assert [group.name for group in task.specific.groups.all()] == ["审核"]
    assert news_index().get_workflow() == workflow


def test_an_ordinary_person_does_not_get_in(client_of: ClientOf) -> None:
    response = client_of(make_user()).get("/cms/pages/")
    assert response.status_code == 302


def test_an_editor_cannot_publish_alone(client: Client, client_of: ClientOf) -> None:
    index, browser = news_index(), client_of(pages.editor())
    create(browser, index, **PUBLISH)
    page = NewsPage.objects.get()
    assert not page.live
    for attempt in (PUBLISH, {**PUBLISH, "go_live_at": "2020-01-01 00:00"}):
        browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form(**attempt))
    create_bulk = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    browser.post(f"{create_bulk}?id={page.pk}", {})
    page.refresh_from_db()
    assert not page.live
    assert client.get("/news/shoots/").status_code == 404


def test_a_page_is_saved_only_when_somebody_says_so(client_of: ClientOf) -> None:
    """An autosave on its way and what is sent meanwhile would both make the new page, and one would fail."""
    index, browser = news_index(), client_of(pages.editor())
    create(browser, index)
    page = NewsPage.objects.get()
    for address in (
        reverse("wagtailadmin_pages:add", args=["cms", "newspage", index.pk]),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
    ):
        shown = browser.get(address).content.decode()
        assert "w-unsaved#submit" in shown
        assert "w-autosave#save" not in shown


def submitted(client_of: ClientOf, index: NewsIndexPage, writer: User) -> NewsPage:
    create(client_of(writer), index, **SUBMIT)
    page: NewsPage = NewsPage.objects.get()
    return page


def posted() -> list[EmailMessage]:
    """What the relay has posted since it was last asked; nothing has left before."""
    assert mail.outbox == []
    relay.relay_batch(clock=timezone.now)
    letters, mail.outbox = mail.outbox, []
    return letters


def decide(browser: Client, page: Page, action: str, comment: str = "") -> Any:
    """Approves or returns the page as its reviewer."""
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return browser.post(address, {"comment": comment})


def test_draft_review_visitor(client: Client, client_of: ClientOf) -> None:
    index, writer, judge = news_index(), pages.editor(), pages.reviewer()
    posted()
    page = submitted(client_of, index, writer)
    assert (page.live, page.workflow_in_progress) == (False, True)
    assert client.get("/news/shoots/").status_code == 404
    (letter,) = posted()
    assert letter.to == ["shen-he@example.com"]
    assert "竹笋上市" in letter.subject
    assert "提交" in letter.subject
    assert f"/cms/pages/{page.pk}/edit/" in letter.body
    browser = client_of(judge)
    assert "竹笋上市" in browser.get("/cms/").content.decode()
    assert browser.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    posted()
    decide(browser, page, "approve")
    page.refresh_from_db()
    assert (page.live, page.workflow_in_progress) == (True, False)
    assert "好笋。" in client.get("/news/shoots/").content.decode()
    (letter,) = posted()
    assert letter.to == ["bian-ji@example.com"]
    assert letter.subject == "页面“竹笋上市”已在“审核后发布”中批准。"


def test_a_reviewer_returns_a_page_with_a_reason(client: Client, client_of: ClientOf) -> None:
    index, writer, judge = news_index(), pages.editor(), pages.reviewer()
    page = submitted(client_of, index, writer)
    posted()
    decide(client_of(judge), page, "reject", "标题写上村名")
    page.refresh_from_db()
    assert not page.live
    (letter,) = posted()
    assert letter.to == ["bian-ji@example.com"]
    assert "标题写上村名" in letter.body
    assert client.get("/news/shoots/").status_code == 404


def test_an_editor_does_not_approve(client_of: ClientOf) -> None:
    writer = pages.editor()
    page = submitted(client_of, news_index(), writer)
    decide(client_of(writer), page, "approve")
    decide(client_of(pages.editor("other-editor")), page, "approve")
    page.refresh_from_db()
    assert not page.live


def test_approving_twice_publishes_once(client_of: ClientOf) -> None:
    page = submitted(client_of, news_index(), pages.editor())
    browser = client_of(pages.reviewer())
    state = page.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    answers = [browser.post(address, {"comment": ""}).status_code for _ in range(2)]
    assert answers == [302, 302]
    page.refresh_from_db()
    assert page.live
    assert page.revisions.count() == 1


def test_a_change_of_a_live_page_waits_too(client: Client, client_of: ClientOf) -> None:
    index, writer, judge = news_index(), pages.editor(), pages.reviewer()
    page = submitted(client_of, index, writer)
    decide(client_of(judge), page, "approve")
    browser = client_of(writer)
    browser.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form(text="<p>新的话。</p>", **SUBMIT))
    assert "好笋。" in client.get("/news/shoots/").content.decode()
    page.refresh_from_db()
    decide(client_of(judge), page, "approve")
    assert "新的话。" in client.get("/news/shoots/").content.decode()


def test_a_page_appears_and_disappears_at_its_time(client: Client) -> None:
    now = timezone.now()
    index = news_index()
    page = index.add_child(instance=NewsPage(title="活动", slug="event", day=date(2020, 3, 16), live=False))
    page.go_live_at, page.expire_at = now + timedelta(hours=1), now + timedelta(hours=2)
    page.save_revision(approved_go_live_at=page.go_live_at).publish()
    publish_scheduled_pages()
    assert client.get("/news/event/").status_code == 404
    revision = page.latest_revision
    revision.approved_go_live_at = now - timedelta(minutes=1)
    revision.content["go_live_at"] = (now - timedelta(minutes=1)).isoformat()
    revision.save()
    publish_scheduled_pages()
    publish_scheduled_pages()
    assert client.get("/news/event/").status_code == 200
    NewsPage.objects.filter(pk=page.pk).update(expire_at=now - timedelta(seconds=1))
    publish_scheduled_pages()
    assert client.get("/news/event/").status_code == 404


def approve_change(page: NewsPage, **changes: str) -> None:
    """The change waits for its publication, due since a minute."""
    for name, value in changes.items():
        setattr(page, name, value)
    page.go_live_at = timezone.now() - timedelta(minutes=1)
    page.save_revision(approved_go_live_at=page.go_live_at)


def waits(page: NewsPage) -> bool:
    """Whether an approved change of the page is still to be published."""
    return page.revisions.filter(approved_go_live_at__isnull=False).exists()


def test_what_cannot_be_published_waits_and_holds_up_no_other(caplog: pytest.LogCaptureFixture) -> None:
    index = news_index()
    page, other = (pages.published(index, NewsPage(title=slug, slug=slug)) for slug in ("one", "two"))
    approve_change(page, slug="wanted")
    approve_change(other, title="竹笋上市")
    holder = pages.published(index, NewsPage(title="先到", slug="wanted"))
    publish_scheduled_pages()
    assert NewsPage.objects.get(pk=other.pk).title == "竹笋上市"
    assert (NewsPage.objects.get(pk=page.pk).slug, waits(page), waits(other)) == ("one", True, False)
    (record,) = [record for record in caplog.records if record.levelname == "ERROR"]
    assert record.exc_info
    holder.delete()
    publish_scheduled_pages()
    assert (NewsPage.objects.get(pk=page.pk).slug, waits(page)) == ("wanted", False)


def test_what_cannot_be_taken_down_holds_up_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    index, now = news_index(), timezone.now()
    expired = [pages.published(index, NewsPage(title=slug, slug=slug)) for slug in ("one", "two")]
    for age, page in enumerate(reversed(expired), start=1):
        Page.objects.filter(pk=page.pk).update(expire_at=now - timedelta(minutes=age))
    unpublish = Page.unpublish

    def fail_for_the_first(page: Page, **options: Any) -> None:
        if page.pk == expired[0].pk:
            raise ValueError("not this one")
        unpublish(page, **options)

    with monkeypatch.context() as patched:
        patched.setattr(Page, "unpublish", fail_for_the_first)
        publish_scheduled_pages()
    assert list(NewsPage.objects.live()) == [expired[0]]
    publish_scheduled_pages()
    assert not NewsPage.objects.live().exists()


class Killed(BaseException):
    """What nobody catches, as nobody catches kill -9."""


def test_a_worker_that_is_killed_while_it_publishes_leaves_the_change_approved(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = pages.published(news_index(), NewsPage(title="活动", slug="event"))
    approve_change(page, title="竹笋上市")

    def kill(*_: Any, **__: Any) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(NewsPage, "save", kill)
        with pytest.raises(Killed):
            publish_scheduled_pages()
    assert waits(page)
    publish_scheduled_pages()
    assert NewsPage.objects.get(pk=page.pk).title == "竹笋上市"


def test_beat_looks_every_minute() -> None:
    entry = CELERY_BEAT_SCHEDULE["publish-scheduled-pages"]
    assert (entry["task"], entry["schedule"]) == (publish_scheduled_pages.name, 60.0)


def test_a_script_that_is_typed_is_kept_as_words(client: Client, client_of: ClientOf) -> None:
    index, judge = news_index(), pages.reviewer()
    typed = "<p>&lt;script&gt;alert(1)&lt;/script&gt;好笋</p><script>alert(2)</script>"
    create(client_of(judge), index, text=typed, **PUBLISH)
    html = client.get("/news/shoots/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;好笋" in html
    assert "<script>alert" not in html


def test_what_is_missing_is_said_in_chinese_and_nothing_is_published(client_of: ClientOf) -> None:
    index, judge = news_index(), pages.reviewer()
    response = create(client_of(judge), index, title="", **PUBLISH)
    assert "有内容没填对，页面没有建成" in response.content.decode()
    assert not NewsPage.objects.exists()


def test_the_accessibility_checks_are_on(client_of: ClientOf) -> None:
    page = pages.published(news_index(), NewsPage(title="活动", slug="event"))
    html = client_of(pages.editor()).get(page.url).content.decode()
    assert "wagtail-userbar" in html
    assert "checker-axe-configuration" in html
    assert "wagtail-userbar" not in client_of(make_user()).get(page.url).content.decode()
