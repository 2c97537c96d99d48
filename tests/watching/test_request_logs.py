"""One line for each request, with an id that the answer carries, and with nobody's data."""

import io
import json
import logging
import logging.config
from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from marketplace.accounts.models import User
from tests.factories.users import BACKEND, make_user

pytestmark = pytest.mark.django_db
CANARIES = ("13912345678", "欧阳秀英", "ouyang.xiuying@example.cn", "tong-guan-mi-ma-7")


class Log:
    """What the server would have written to its log, through the formatter of production."""

    def __init__(self, stream: io.StringIO) -> None:
        self.stream = stream

    @property
    def text(self) -> str:
        return self.stream.getvalue()

    def lines(self, event: str) -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in self.text.splitlines()]
        return [line for line in lines if line["event"] == event]


@pytest.fixture
def log() -> Iterator[Log]:
    logging.config.dictConfig(settings.LOGGING)
    stream = io.StringIO()
    handler = next(each for each in logging.root.handlers if hasattr(each.formatter, "processors"))
    written = logging.StreamHandler(stream)
    written.setFormatter(handler.formatter)
    logging.root.addHandler(written)
    before = logging.root.level
    logging.root.setLevel(logging.DEBUG)
    yield Log(stream)
    logging.root.setLevel(before)
    logging.root.removeHandler(written)


def test_a_request_has_one_line_with_the_id_that_its_answer_carries(client: Client, log: Log) -> None:
    response = client.get("/account/login/?next=/operator/")
    (line,) = log.lines("request_finished")
    assert line["request"] == "GET /account/login/"
    assert line["code"] == 200
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert isinstance(line["duration_ms"], int)


def test_two_requests_have_different_ids(client: Client) -> None:
    ids = {client.get("/health/live").headers["X-Request-ID"] for _ in range(2)}
    assert len(ids) == 2


def test_logging_in_and_registering_leave_no_personal_data_in_the_log(client: Client, log: Log) -> None:
    phone, name, email, password = CANARIES
    registration = {"name": name, "phone": phone, "email": email, "password": password}
    for _ in range(2):  # the second is refused: the phone number is taken
        client.post("/account/register/", registration)
        Client().post("/account/login/", {"identifier": phone, "password": "wrong-" + password})
        Client().post("/account/login/", {"identifier": phone, "password": password})
    Client().get("/account/login/", {"next": f"/account/?q={email}"})
    assert User.objects.filter(phone=phone).exists()
    assert len(log.lines("request_finished")) == 7
    assert [canary for canary in CANARIES if canary in log.text] == []


def test_a_failure_is_logged_once_with_its_trace_and_without_the_row_it_quotes(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("refused\nDETAIL: Key (name)=(欧阳秀英) exists, call 13912345678")

    monkeypatch.setattr("marketplace.portals.account.views.LoginForm", fail)
    response = Client(raise_request_exception=False).get("/account/login/")
    assert response.status_code == 500
    (line,) = log.lines("request_failed")
    assert "views.py" in line["exception"]
    assert line["request_id"] == response.headers["X-Request-ID"]
    assert [canary for canary in CANARIES if canary in log.text] == []


def test_the_user_is_named_by_number(client: Client, log: Log) -> None:
    user = make_user()
    client.force_login(user, backend=BACKEND)
    client.get("/account/")
    (line,) = log.lines("request_finished")
    assert line["user_id"] == str(user.pk)
