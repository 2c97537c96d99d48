"""Nobody waits for the database longer than who is served has patience; then it is asked anew."""

import socket
import time
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.utils import timezone
from pytest_django.fixtures import Settings
from pytest_django.plugin import DjangoDbBlocker

from marketplace.core.database.patience import PatienceMiddleware, patience, within
from marketplace.outbox import services
from marketplace.outbox.models import OutboxMessage


def ask(statement: str = "SELECT 1") -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


@pytest.mark.usefixtures("race_database")
def test_an_answer_that_comes_too_late_is_an_error_and_the_next_one_is_waited_for_anew() -> None:
    begun = time.monotonic()
    with pytest.raises(OperationalError, match="did not answer within"), within(0.2):
        ask("SELECT pg_sleep(5)")
    assert time.monotonic() - begun < 4
    connection.close_if_unusable_or_obsolete()  # as at the end of a request
    assert ask() == (1,)


@pytest.mark.usefixtures("race_database")
def test_all_answers_together_are_waited_for_so_long() -> None:
    def ask_often() -> None:
        for _time in range(20):
            ask("SELECT 1 FROM pg_sleep(0.1)")

    with pytest.raises(OperationalError, match="did not answer within"), within(0.5):
        ask_often()


@pytest.mark.usefixtures("race_database")
def test_a_transaction_that_gave_up_leaves_nothing() -> None:
    def begin_and_wait() -> None:
        with transaction.atomic():
            services.enqueue(topic="test", payload={}, dedupe_key="begun", now=timezone.now())
            ask("SELECT pg_sleep(5)")

    with pytest.raises(OperationalError), within(0.2):
        begin_and_wait()
    assert not connection.in_atomic_block
    assert not OutboxMessage.objects.exists()


@pytest.mark.usefixtures("race_database")
def test_who_has_no_patience_set_waits() -> None:
    assert patience() is None
    assert ask("SELECT 1 FROM pg_sleep(0.3)") == (1,)


@pytest.fixture
def deaf_port() -> Iterator[int]:
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener.getsockname()[1]


def test_a_server_that_never_answers_is_waited_for_two_seconds(
    monkeypatch: pytest.MonkeyPatch, deaf_port: int, django_db_blocker: DjangoDbBlocker
) -> None:
    options = {**connection.settings_dict["OPTIONS"], "connect_timeout": 2}
    for name, value in {"HOST": "127.0.0.1", "PORT": deaf_port, "OPTIONS": options}.items():
        monkeypatch.setitem(connection.settings_dict, name, value)
    begun = time.monotonic()
    with django_db_blocker.unblock(), pytest.raises(OperationalError):
        ask()
    assert time.monotonic() - begun < 3


def test_who_sends_something_has_more_patience_than_who_looks(settings: Settings) -> None:
    settings.READ_PATIENCE_SECONDS, settings.WRITE_PATIENCE_SECONDS = 2.5, 10.0
    found = []

    def view(_request: HttpRequest) -> HttpResponse:
        found.append(patience())
        return HttpResponse()

    for method in ("get", "head", "post", "delete"):
        PatienceMiddleware(view)(getattr(RequestFactory(), method)("/"))
    assert found == [2.5, 2.5, 10.0, 10.0]
    assert patience() is None


@pytest.mark.django_db
def test_the_server_notices_within_a_minute_who_is_gone_without_a_word() -> None:
    """Until then it keeps their locks, the relay's turn among them."""
    with connection.cursor() as cursor:
        asked = "SELECT current_setting('tcp_keepalives_' || name)::int FROM unnest(%s::text[]) AS name"
        cursor.execute(asked, [["idle", "interval", "count"]])
        (idle,), (interval,), (count,) = cursor.fetchall()
    assert idle + interval * count == 60
