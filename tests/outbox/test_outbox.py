"""What is owed leaves once it is committed, at least once, never twice at the same time."""

import datetime as dt
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any

import psycopg
import pytest
import redis
from django.conf import settings as project
from django.core import mail
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from marketplace.celery import app
from marketplace.core import locks
from marketplace.outbox import handlers, nudge, relay, services, tasks
from marketplace.outbox.models import OutboxMessage
from tests.threads import run_together

NOON = dt.datetime(2020, 3, 3, 12, tzinfo=dt.UTC)
TOPIC = "test"


@pytest.fixture
def delivered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The keys that the test topic's handler was called with, in order."""
    keys: list[str] = []
    monkeypatch.setattr(handlers, "_handlers", dict(handlers._handlers))
    handlers.register(TOPIC)(lambda message: keys.append(message.dedupe_key))
    return keys


def fail(message: OutboxMessage) -> None:
    raise ConnectionRefusedError("no route to the post office")


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test topic's handler always fails."""
    monkeypatch.setattr(handlers, "_handlers", {TOPIC: fail})


def enqueue(key: str = "a", **changes: object) -> OutboxMessage:
    services.enqueue(topic=TOPIC, payload={"order": 12, **changes}, dedupe_key=key, now=NOON)
    return OutboxMessage.objects.get(dedupe_key=key)


def run_relay(now: dt.datetime = NOON) -> int:
    return relay.relay_batch(clock=lambda: now)


@pytest.mark.django_db
def test_a_message_is_delivered_once(delivered: list[str]) -> None:
    message = enqueue()
    assert (run_relay(), run_relay()) == (1, 0)
    message.refresh_from_db()
    assert (delivered, message.delivered_at, message.attempts) == (["a"], NOON, 1)


@pytest.mark.django_db
def test_the_same_key_again_changes_nothing(delivered: list[str]) -> None:
    enqueue("a", order=12)
    assert enqueue("a", order=13).payload == {"order": 12}
    run_relay()
    assert delivered == ["a"]
    enqueue("a")
    assert run_relay() == 0


@pytest.mark.django_db
def test_a_message_goes_with_its_transaction() -> None:
    with transaction.atomic():
        enqueue()
        transaction.set_rollback(True)
    assert not OutboxMessage.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("failing")
def test_a_failed_message_waits_longer_each_time_and_is_set_aside_after_eight_attempts(
    caplog: pytest.LogCaptureFixture,
) -> None:
    message, now, rests = enqueue(), NOON, []
    for _ in range(7):
        assert run_relay(now) == 1
        message.refresh_from_db()
        assert run_relay(message.available_at - dt.timedelta(microseconds=1)) == 0
        rests.append(int((message.available_at - now).total_seconds()))
        now = message.available_at
    assert rests == [15, 60, 240, 960, 3_840, 15_360, 21_600]
    assert run_relay(now) == 1
    message.refresh_from_db()
    assert (message.attempts, message.set_aside_at, message.delivered_at) == (8, now, None)
    assert message.last_error == "ConnectionRefusedError: no route to the post office"
    assert run_relay(now + dt.timedelta(days=30)) == 0
    assert [record.levelname for record in caplog.records][-1] == "ERROR"


@pytest.mark.django_db
def test_poison_does_not_stop_the_others(delivered: list[str]) -> None:
    handlers.register("poison")(fail)
    services.enqueue(topic="poison", payload={}, dedupe_key="p", now=NOON)
    services.enqueue(topic="nobody's", payload={}, dedupe_key="q", now=NOON)
    enqueue()
    assert run_relay() == 3
    assert delivered == ["a"]
    errors = OutboxMessage.objects.waiting().order_by("pk").values_list("last_error", flat=True)
    assert list(errors) == [
        "ConnectionRefusedError: no route to the post office",
        "UnknownTopicError: nobody's",
    ]


@pytest.mark.django_db
def test_what_was_set_aside_can_be_tried_again(delivered: list[str]) -> None:
    message = enqueue()
    OutboxMessage.objects.update(set_aside_at=NOON, attempts=8)
    assert relay.retry_set_aside(chosen=OutboxMessage.objects.filter(pk=message.pk), now=NOON) == 1
    assert (run_relay(), delivered) == (1, ["a"])


@pytest.mark.django_db
def test_a_dead_relays_messages_come_back_when_the_lease_is_over(delivered: list[str]) -> None:
    enqueue()
    assert len(relay.claim(now=NOON)) == 1
    assert run_relay(NOON + relay.LEASE - dt.timedelta(microseconds=1)) == 0
    assert run_relay(NOON + relay.LEASE) == 1
    assert delivered == ["a"]


class Killed(BaseException):
    """What nobody catches, as nobody catches kill -9."""


def kill(message: OutboxMessage) -> None:
    raise Killed


@pytest.mark.django_db
def test_a_message_that_kills_every_relay_is_set_aside_and_those_beside_it_are_not(
    delivered: list[str],
) -> None:
    handlers.register("killer")(kill)
    services.enqueue(topic="killer", payload={}, dedupe_key="k", now=NOON)
    for key in ("a", "b"):
        enqueue(key)
    killer = OutboxMessage.objects.get(topic="killer")
    for attempt in range(8):
        with pytest.raises(Killed):
            run_relay(NOON + attempt * relay.LEASE)
        killer.refresh_from_db()
        assert killer.attempts == attempt + 1
    assert run_relay(NOON + 8 * relay.LEASE) == 1
    killer.refresh_from_db()
    assert killer.set_aside_at == NOON + 8 * relay.LEASE
    # It was claimed with them and died before their turn; next time the untried went first.
    assert delivered == ["a", "b"]
    others = OutboxMessage.objects.exclude(pk=killer.pk).values_list("attempts", "delivered_at")
    assert set(others) == {(1, NOON + relay.LEASE)}


@pytest.mark.django_db
def test_a_relay_that_was_overtaken_delivers_nothing(delivered: list[str]) -> None:
    enqueue()
    [slow] = relay.claim(now=NOON)
    [fast] = relay.claim(now=NOON + relay.LEASE)
    relay.deliver(slow, now=NOON + relay.LEASE)
    assert delivered == []
    relay.deliver(fast, now=NOON + relay.LEASE)
    relay.deliver(slow, now=NOON + relay.LEASE)
    assert delivered == ["a"]


@pytest.mark.usefixtures("race_database")
def test_two_relays_at_once_deliver_each_message_once(delivered: list[str]) -> None:
    """Each handler takes its time, so that both relays are at work; without SKIP LOCKED one would wait."""
    handlers._handlers[TOPIC] = lambda message: (time.sleep(0.002), delivered.append(message.dedupe_key))[1]
    with transaction.atomic():
        for number in range(120):
            enqueue(f"{number:03}")
    counts = run_together([partial(relay_until_empty) for _ in range(2)])
    assert sorted(delivered) == [f"{number:03}" for number in range(120)]
    assert sum(counts) == 120
    assert min(counts) > 0
    assert set(OutboxMessage.objects.values_list("attempts", flat=True)) == {1}


def relay_until_empty() -> int:
    count = 0
    while done := run_relay():
        count += done
    return count


@pytest.mark.usefixtures("race_database")
def test_one_message_claimed_by_two_relays_reaches_the_handler_once(delivered: list[str]) -> None:
    """The pair to the test above: the lease has run out while the first relay is still delivering."""
    enqueue()
    [message] = relay.claim(now=NOON)
    run_together([partial(relay.deliver, message, now=NOON) for _ in range(4)])
    assert delivered == ["a"]


@pytest.mark.django_db
def test_twenty_mails_are_enqueued_by_one_query() -> None:
    mails = [
        services.Mail(to=["a@example.com"], template="base", context={}, dedupe_key=f"{n}") for n in range(20)
    ]
    with CaptureQueriesContext(connection) as queries:
        services.enqueue_mails(mails=mails, now=NOON)
    assert len(queries) == 1
    assert OutboxMessage.objects.count() == 20


@pytest.mark.django_db
def test_each_address_is_owed_its_mail_once_however_long_it_is() -> None:
    long = [f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{tail}" for tail in ("example", "example2")]
    key = "k" * 200
    for _ in range(2):
        services.enqueue_mail(to=long, template="base", context={}, dedupe_key=key, now=NOON)
    owed = OutboxMessage.objects.order_by("pk")
    assert [message.payload["to"] for message in owed] == long
    assert all(message.dedupe_key.startswith(key) for message in owed)


@pytest.fixture
def another() -> Iterator[psycopg.Connection]:
    """Another relay's connection."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as opened:
        yield opened


def relay_due() -> None:
    relay.relay_due(clock=lambda: NOON, end=NOON + dt.timedelta(minutes=1))


@pytest.mark.django_db
def test_one_relay_at_a_time_carries_what_is_due(another: psycopg.Connection, delivered: list[str]) -> None:
    enqueue("a")
    another.execute(locks.TRY, [relay.TURN])
    relay_due()
    assert delivered == []
    another.execute(locks.GIVE_BACK, [relay.TURN])
    relay_due()
    assert delivered == ["a"]
    assert another.execute(locks.TRY, [relay.TURN]).fetchone() == (True,)


@pytest.mark.django_db
@pytest.mark.parametrize("waiting", [["a"], []])
def test_what_came_while_the_relay_was_about_to_end_is_carried_too(
    waiting: list[str], delivered: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    batches: list[int] = []
    relay_batch = relay.relay_batch

    def batch(**times: Any) -> int:
        batches.append(relay_batch(**times))
        if batches == [*before, 0]:
            enqueue("b")
        return batches[-1]

    before = [1 for _ in waiting]
    for key in waiting:
        enqueue(key)
    monkeypatch.setattr(relay, "relay_batch", batch)
    relay_due()
    assert (delivered, batches) == ([*waiting, "b"], [*before, 0, 1, 0])


@pytest.mark.usefixtures("race_database")
def test_a_relay_does_not_wait_for_what_another_one_holds(
    another: psycopg.Connection, delivered: list[str]
) -> None:
    enqueue("a")
    looks = count()
    with another.transaction():
        another.execute("SELECT FROM outbox_outboxmessage FOR UPDATE")
        relay.relay_due(
            clock=lambda: NOON + dt.timedelta(seconds=next(looks)), end=NOON + dt.timedelta(minutes=1)
        )
    assert delivered == []
    assert next(looks) < 10


@pytest.mark.django_db
def test_a_relay_ends_when_its_time_is_over(delivered: list[str]) -> None:
    enqueue("a")
    relay.relay_due(clock=lambda: NOON, end=NOON)
    assert delivered == []


@dataclass
class Times:
    """A clock that goes on only when it is told to."""

    now: dt.datetime = NOON

    def __call__(self) -> dt.datetime:
        return self.now


@pytest.mark.django_db
def test_a_slow_mail_server_holds_a_relay_no_longer_than_its_time(delivered: list[str]) -> None:
    clock = Times()

    def deliver_slowly(message: OutboxMessage) -> None:
        clock.now += dt.timedelta(seconds=30)
        delivered.append(message.dedupe_key)

    handlers._handlers[TOPIC] = deliver_slowly
    for number in range(9):
        enqueue(f"{number}")
    longer = NOON - dt.timedelta(minutes=1)
    OutboxMessage.objects.filter(dedupe_key__in="78").update(available_at=longer)
    relay.relay_due(clock=clock, end=clock.now + dt.timedelta(minutes=1))
    assert (delivered, clock.now) == (["7", "8"], NOON + dt.timedelta(minutes=1))
    OutboxMessage.objects.filter(dedupe_key="6").update(available_at=longer)
    relay.relay_due(clock=clock, end=clock.now + dt.timedelta(minutes=1))
    assert (delivered, clock.now) == (["7", "8", "6", "0"], NOON + dt.timedelta(minutes=2))
    # What was claimed and not begun is due since it was, and has lost no attempt.
    left = OutboxMessage.objects.waiting().values_list("dedupe_key", "attempts", "available_at")
    assert list(left.order_by("pk")) == [(f"{number}", 0, NOON) for number in range(1, 6)]


@pytest.mark.django_db
def test_what_another_relay_has_taken_over_is_not_given_back(delivered: list[str]) -> None:
    clock = Times()

    def deliver_too_slowly(message: OutboxMessage) -> None:
        clock.now += relay.LEASE
        relay.claim(now=clock.now)

    handlers._handlers[TOPIC] = deliver_too_slowly
    enqueue("a")
    other = enqueue("b")
    assert relay.relay_batch(clock=clock, end=NOON + dt.timedelta(minutes=2)) == 1
    other.refresh_from_db()
    assert (other.attempts, other.available_at) == (0, clock.now + relay.LEASE)


@pytest.fixture
def broker() -> Iterator["redis.Redis"]:
    """The broker's own Valkey database, empty before and after."""
    client = redis.Redis.from_url(project.CELERY_BROKER_URL)
    client.delete("celery")
    yield client
    client.delete("celery")
    client.close()


@pytest.mark.django_db
def test_a_commit_nudges_the_relay_once_however_many_messages(
    broker: "redis.Redis", django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        enqueue("a")
        enqueue("b")
    assert len(callbacks) == 1
    assert broker.llen("celery") == 1
    assert nudge.TASK.encode() in broker.lrange("celery", 0, 0)[0]
    assert tasks.relay_outbox.name == nudge.TASK


@pytest.mark.django_db
def test_a_dead_broker_only_delays(
    delivered: list[str],
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(app.conf, "broker_write_url", "redis://127.0.0.1:1/1")
    with django_capture_on_commit_callbacks(execute=True):
        enqueue()
    assert (run_relay(), delivered) == (1, ["a"])


@pytest.mark.django_db
def test_whatever_the_broker_does_what_is_committed_has_succeeded(
    monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    def forgotten(*_: object, **__: object) -> None:
        raise RuntimeError("the exchange is not there any more")

    monkeypatch.setattr(app, "send_task", forgotten)
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        message = enqueue()
    assert len(callbacks) == 1
    assert OutboxMessage.objects.waiting().get() == message


def test_a_broker_that_never_answers_costs_half_a_second_at_most(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        monkeypatch.setattr(app.conf, "broker_write_url", f"redis://127.0.0.1:{silent.getsockname()[1]}/1")
        begun = time.monotonic()
        nudge.wake_relay()
        assert time.monotonic() - begun < 0.5


LETTER = {
    "emails/returned.txt": '{% extends "emails/base.txt" %}'
    "{% block heading %}{{ product }}已退回{% endblock %}"
    "{% block body %}原因：{{ reason_given }}{% endblock %}",
    "emails/returned.html": '{% extends "emails/base.html" %}'
    "{% block body %}<p>{{ reason_given }}</p>{% endblock %}",
}


@pytest.fixture
def letter(settings: Settings) -> None:
    """A mail's two templates, beside the project's base ones."""
    options = {
        "loaders": [
            ("django.template.loaders.locmem.Loader", LETTER),
            "django.template.loaders.filesystem.Loader",
        ]
    }
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False, "OPTIONS": options}]


@pytest.mark.django_db
@pytest.mark.usefixtures("letter")
def test_a_mail_is_sent_in_chinese_to_each_receiver_alone() -> None:
    context = {"product": "惠来荔枝", "reason_given": "照片 <模糊>"}
    services.enqueue_mail(
        to=["a@example.com", "b@example.com"],
        template="returned",
        context=context,
        dedupe_key="returned:7",
        now=NOON,
    )
    assert run_relay() == 2
    assert [sent.to for sent in mail.outbox] == [["a@example.com"], ["b@example.com"]]
    sent = mail.outbox[0]
    assert sent.subject == "惠来荔枝已退回"
    assert "原因：照片 <模糊>" in str(sent.body)
    html = str(sent.alternatives[0][0])
    assert "<title>惠来荔枝已退回</title>" in html
    assert "照片 &lt;模糊&gt;" in html
    assert 'lang="zh-Hans"' in html


@pytest.mark.django_db
@pytest.mark.usefixtures("letter")
def test_a_mail_that_is_sent_again_carries_the_same_number(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "集市 <noreply@market.example.cn>"
    services.enqueue_mail(
        to=["a@example.com"],
        template="returned",
        context={"product": "荔枝", "reason_given": "照片"},
        dedupe_key="returned:8",
        now=NOON,
    )
    run_relay()
    OutboxMessage.objects.update(delivered_at=None, available_at=NOON)  # the acknowledgment was lost
    run_relay()
    numbers = [sent.extra_headers["Message-ID"] for sent in mail.outbox]
    assert len(numbers) == 2
    assert len(set(numbers)) == 1
    assert re.fullmatch(r"<outbox-[0-9a-f]{32}@market\.example\.cn>", numbers[0])


@pytest.mark.django_db
def test_long_delivered_messages_are_forgotten(delivered: list[str]) -> None:
    enqueue("a")
    run_relay()
    enqueue("b")
    assert relay.forget_delivered(now=NOON + relay.KEEP_DELIVERED) == 0
    later = NOON + relay.KEEP_DELIVERED + dt.timedelta(seconds=1)
    assert relay.forget_delivered(now=later) == 1
    assert OutboxMessage.objects.get().dedupe_key == "b"
