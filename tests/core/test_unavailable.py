"""Where something is away people are asked to come again, in their language, without asking the database."""

import pytest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from tests.api.conftest import problem


def fails(request: HttpRequest) -> HttpResponse:
    """A page whose dependency is away, or that is wrong."""
    kinds = {"database": OperationalError, "interface": InterfaceError, "file": OSError}
    raise kinds.get(request.GET["kind"], ValueError)("down")


fails.login_required = False  # type: ignore[attr-defined]
urlpatterns = [path("fails/", fails)]
handler500 = "marketplace.core.unavailable.failed"


@pytest.fixture
def visitor() -> Client:
    """A browser that shows what the server answers to an error."""
    return Client(raise_request_exception=False)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize("kind", ["database", "interface", "file"])
def test_who_looked_can_look_again(visitor: Client, kind: str) -> None:
    response = visitor.get("/fails/", {"kind": kind})
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "no-store" in response.headers["Cache-Control"]
    html = response.content.decode()
    assert "平台暂时没有响应" in html
    assert f'href="/fails/?kind={kind}"' in html


@pytest.mark.urls(__name__)
def test_who_sent_something_is_told_to_send_it_again(visitor: Client) -> None:
    html = visitor.post("/fails/?kind=database").content.decode()
    assert "原样再提交一次" in html
    assert "/fails/" not in html


@pytest.mark.urls(__name__)
def test_it_is_said_in_the_visitors_language(visitor: Client) -> None:
    visitor.cookies["django_language"] = "en"
    assert "cannot answer for a moment" in visitor.get("/fails/?kind=file").content.decode()


@pytest.mark.urls(__name__)
def test_what_is_wrong_stays_an_error_of_ours(visitor: Client) -> None:
    response = visitor.get("/fails/?kind=other")
    assert response.status_code == 500
    assert "Retry-After" not in response.headers


@pytest.mark.django_db
def test_a_call_is_answered_with_a_problem(monkeypatch: pytest.MonkeyPatch) -> None:
    def down(*_: object, **__: object) -> None:
        raise OperationalError("down")

    monkeypatch.setattr("marketplace.api.auth.usable_token", down)
    answer = Client().get("/api/v1/orders", headers={"Authorization": "Bearer fupin_x"})
    problem(answer, 503, "unavailable")
    assert answer.headers["Retry-After"] == "30"
