"""The operator sees what could not leave, and tries it again."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from marketplace.outbox import handlers, relay, services
from marketplace.outbox.models import OutboxMessage
from marketplace.portals.operator.outbox_rows import TOPICS
from tests.factories.messages import make_set_aside
from tests.factories.users import make_staff, make_user

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
PAGE = "/operator/outbox/"


@pytest.fixture
def browser(client_of: ClientOf) -> Client:
    """Of one of the operator's staff."""
    return client_of(make_staff())


def audited() -> list[tuple[str, object, str]]:
    """Number, values and doer of each message that the trail says was tried again."""
    entries = AuditEntry.objects.filter(action="outbox.retried").order_by("pk")
    return [(entry.object_id, entry.after, entry.actor_name) for entry in entries]


def test_every_topic_has_words() -> None:
    assert set(TOPICS) == set(handlers._handlers)


def test_the_page_says_what_waits_what_left_and_what_failed(browser: Client) -> None:
    empty = browser.get(PAGE)
    assert "没有搁置的消息" in empty.content.decode()
    now = timezone.now()
    for number in range(3):
        services.enqueue(topic="mail", payload={}, dedupe_key=f"{number}", now=now)
    OutboxMessage.objects.filter(dedupe_key="0").update(delivered_at=now)
    make_set_aside(error="SMTPRecipientsRefused: li@example.com, 13800138000")
    response = browser.get(PAGE)
    summary = response.context["summary"]
    assert (summary.waiting, summary.waiting_since, summary.delivered, summary.set_aside) == (2, now, 1, 1)
    (row,) = response.context["rows"]
    assert (row.topic, row.key) == ("平台通知邮件", "order:1:***@***")
    assert row.error == "SMTPRecipientsRefused: ***@***, 138****8000"
    shown = response.content.decode()
    assert [secret for secret in ("li@example.com", "13800138000") if secret in shown] == []
    assert "全部重试：平台通知邮件（1 条）" in shown


def test_one_message_is_tried_again(browser: Client) -> None:
    first, second = make_set_aside("first"), make_set_aside("second")
    before = timezone.now()
    response = browser.post(f"{PAGE}{first.pk}/retry/", follow=True)
    assert [str(message) for message in response.context["messages"]] == ["1 条消息重新等待发出。"]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.set_aside_at, first.attempts, first.last_error) == (None, 0, "ConnectionRefusedError")
    assert before <= first.available_at <= timezone.now()
    assert (second.set_aside_at is None, second.attempts) == (False, 8)
    assert audited() == [(str(first.pk), {"topic": "mail"}, "运营员")]


def test_all_of_a_topic_are_tried_again_and_others_stay(browser: Client) -> None:
    chosen = [make_set_aside(f"{number}") for number in range(2)]
    other = make_set_aside("other", topic="letter")
    browser.post(f"{PAGE}retry/", {"topic": "mail"})
    assert list(OutboxMessage.objects.set_aside()) == [other]
    assert audited() == [(str(message.pk), {"topic": "mail"}, "运营员") for message in chosen]


def test_what_has_been_tried_again_already_is_left_alone(browser: Client) -> None:
    message = make_set_aside()
    for address, data in ((f"{message.pk}/retry/", {}), ("retry/", {"topic": "mail"}), ("retry/", {})):
        response = browser.post(f"{PAGE}{address}", data, follow=True)
    assert "已没有搁置的消息" in response.content.decode()
    assert len(audited()) == 1
    assert browser.post(f"{PAGE}{message.pk + 1}/retry/").status_code == 404


def test_the_menu_of_every_page_counts_what_failed(browser: Client) -> None:
    make_set_aside()
    (item,) = [item for item in browser.get("/operator/users/").context["navigation"] if item.count]
    assert (item.label, item.count, item.url) == ("待发消息", 1, PAGE)


def test_the_list_costs_the_same_for_one_and_for_fifty(
    browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_set_aside()
    with django_assert_num_queries(7):  # session, user, count, rows, summary, topics, set aside for the menu
        browser.get(PAGE)
    for number in range(49):
        make_set_aside(f"{number}", topic=("mail", "letter")[number % 2])
    with django_assert_num_queries(7):
        assert browser.get(PAGE).context["page"].paginator.count == 50


def test_fifty_are_tried_again_by_as_many_queries_as_one(
    browser: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in (1, 50):
        for each in range(number):
            make_set_aside(f"{number}-{each}")
        # session, user, topics, BEGIN, rows, update, trail, COMMIT (savepoints here), the next page's message
        with django_assert_num_queries(8):
            browser.post(f"{PAGE}retry/", {"topic": "mail"})
    assert len(audited()) == 51


def fail_for_good(message: OutboxMessage) -> None:
    """The relay tries the message until it is set aside."""
    OutboxMessage.objects.filter(pk=message.pk).update(attempts=relay.MAX_ATTEMPTS - 1)
    relay.relay_batch(clock=timezone.now)


def test_the_staff_are_told_by_mail_once_a_day() -> None:
    make_user("operator-one", email="one@example.com", is_staff=True)
    make_user("operator-two", email="two@example.com", is_staff=True)
    make_user("gone", email="gone@example.com", is_staff=True, is_active=False)
    for key in ("first", "second"):
        services.enqueue(topic="nobody's", payload={}, dedupe_key=key, now=timezone.now())
        fail_for_good(OutboxMessage.objects.get(dedupe_key=key))
    assert OutboxMessage.objects.set_aside().count() == 2
    relay.relay_batch(clock=timezone.now)
    assert sorted(letter.to[0] for letter in mail.outbox) == ["one@example.com", "two@example.com"]
    assert mail.outbox[0].subject == "有消息没能发出"
    assert "/operator/outbox/" in mail.outbox[0].body


def test_an_alert_that_fails_itself_makes_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    make_user("operator-one", email="one@example.com", is_staff=True)
    services.enqueue(topic="nobody's", payload={}, dedupe_key="first", now=timezone.now())
    fail_for_good(OutboxMessage.objects.get(dedupe_key="first"))

    def refuse(_message: OutboxMessage) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(handlers, "_handlers", {**handlers._handlers, "mail": refuse})
    fail_for_good(OutboxMessage.objects.get(topic="mail"))
    assert OutboxMessage.objects.count() == OutboxMessage.objects.set_aside().count() == 2
