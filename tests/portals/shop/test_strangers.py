"""Pages kept for visitors without a session: the same for all of them, and nobody else's."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from catalog.catalogue.models import Product
from catalog.partner.models import StockRecord
from marketplace.accounts.models import User
from marketplace.core.strangers import same_for_strangers
from tests.factories import trade, users

pytestmark = pytest.mark.django_db
ClientOf = Callable[[User], Client]
KEPT_HERE = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "strangers"}


@pytest.fixture(autouse=True)
def _kept() -> Iterator[None]:
    with override_settings(CACHES={**settings.CACHES, "strangers": KEPT_HERE}):
        yield
        caches["strangers"].clear()


@pytest.fixture
def record() -> StockRecord:
    trade.land()
    now: datetime = timezone.now()
    return trade.goods(trade.seller(), now, title="埔田竹笋")


def addresses(record: StockRecord) -> list[str]:
    return [
        "/",
        "/products/",
        "/products/?q=竹笋",
        "/county/",
        "/county/445203/",
        f"/product/{record.product_id}/",
    ]


def test_the_next_stranger_gets_the_same_page_without_a_query(
    client: Client, record: StockRecord, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for address in addresses(record):
        first = client.get(address)
        with django_assert_num_queries(0):
            second = Client().get(address)
        assert (second.status_code, second.content) == (200, first.content)
        for answer in (first, second):
            assert not answer.cookies
            assert "Cookie" in answer["Vary"]
            assert b"csrfmiddlewaretoken" not in answer.content
            assert answer["Content-Security-Policy"]
            assert answer["Content-Language"] == "zh-hans"
        assert first["X-Request-ID"] != second["X-Request-ID"]


def test_who_is_logged_in_gets_a_page_of_their_own_and_leaves_none(
    client_of: ClientOf, record: StockRecord
) -> None:
    person = client_of(trade.unit().requester)
    for address in addresses(record):
        own = person.get(address)
        assert person.get(address).context["user"].is_authenticated
        strange = Client().get(address)
        assert own.context["user"].get_full_name() in own.content.decode()
        assert own.context["user"].get_full_name() not in strange.content.decode()
        assert own.context["user"].get_full_name() in person.get(address).content.decode()


def test_a_buyer_sees_a_new_price_at_once(client_of: ClientOf, record: StockRecord) -> None:
    person, address = client_of(users.make_user("buyer")), f"/product/{record.product_id}/"
    assert ">4<" in Client().get(address).content.decode()
    StockRecord.objects.filter(pk=record.pk).update(price="77.00")
    assert ">77<" in person.get(address).content.decode()
    assert ">77<" not in Client().get(address).content.decode()
    caches["strangers"].clear()
    assert ">77<" in Client().get(address).content.decode()


def test_languages_and_sizes_of_text_are_kept_apart(client: Client, record: StockRecord) -> None:
    assert 'lang="zh-Hans"' in client.get("/products/").content.decode()[:200]
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert 'lang="en"' in client.get("/products/").content.decode()[:200]
    client.cookies["text_size"] = "large"
    assert 'data-text="large"' in client.get("/products/").content.decode()[:300]
    assert 'data-text="large"' not in Client().get("/products/").content.decode()[:300]


def test_hosts_are_kept_apart(client: Client, record: StockRecord) -> None:
    first = client.get("/products/", headers={"host": "a.example.cn"}).content
    assert b"b.example.cn" not in first
    assert b"a.example.cn" not in client.get("/products/", headers={"host": "b.example.cn"}).content


def test_what_is_not_there_is_not_kept(client: Client, record: StockRecord) -> None:
    address = f"/product/{record.product_id}/"
    Product.objects.update(is_public=False)
    assert client.get(address).status_code == 404
    Product.objects.update(is_public=True)
    assert client.get(address).status_code == 200


def answered(view: Callable[[HttpRequest], HttpResponse], **cookies: str) -> list[bytes]:
    """What two visitors get of the view, one after the other."""
    answers = []
    for _visit in range(2):
        request = RequestFactory().get("/page/")
        request.COOKIES = dict(cookies)
        request.session = type("Session", (), {"modified": False})()  # type: ignore[assignment]
        answers.append(same_for_strangers(view)(request).content)
    return answers


def numbered(change: Callable[[HttpRequest, HttpResponse], object]) -> Callable[[HttpRequest], HttpResponse]:
    numbers = iter("12")

    def view(request: HttpRequest) -> HttpResponse:
        response = HttpResponse(next(numbers))
        change(request, response)
        return response

    return view


def nothing(_request: HttpRequest, _response: HttpResponse) -> None:
    pass


def test_a_plain_page_is_kept() -> None:
    assert answered(numbered(nothing)) == [b"1", b"1"]


@pytest.mark.parametrize("cookie", [settings.SESSION_COOKIE_NAME, "messages"])
def test_whoever_brings_a_session_or_a_message_is_no_stranger(cookie: str) -> None:
    assert answered(numbered(nothing), **{cookie: "x"}) == [b"1", b"2"]


@pytest.mark.parametrize(
    "change",
    [
        lambda _request, response: response.set_cookie("a", "b"),
        lambda request, _response: get_token(request),
        lambda _request, response: response.headers.setdefault("Cache-Control", "private"),
        lambda request, _response: setattr(request.session, "modified", True),
        lambda _request, response: setattr(response, "status_code", 302),
    ],
    ids=["cookie", "token", "private", "session", "redirect"],
)
def test_what_is_meant_for_one_is_not_kept(change: Callable[[HttpRequest, HttpResponse], object]) -> None:
    assert answered(numbered(change)) == [b"1", b"2"]


def test_the_language_is_switched_without_a_token() -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/i18n/setlang/", {"language": "en", "next": "https://elsewhere.example/"})
    assert response.cookies[settings.LANGUAGE_COOKIE_NAME].value == "en"
    assert response.url == "/"
