"""A double click on every button that changes something: both arrive at once, and one effect is seen."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings
from pytest_django.plugin import DjangoDbBlocker

from tests.access.table import ROWS
from tests.concurrency.clicks import CLICKS, Click, Market, open_market
from tests.factories.users import browser_of
from tests.threads import run_together

# A language, a log-out, a password by a link: they are what they are however often they are sent.
NOT_OF_THE_PORTALS = {"i18n/setlang/", "account/logout/"}
# Only leads to the gateway; and what machines tell is in test_payment_races.
CHANGES_NOTHING_BY_A_CLICK = {"account/purchases/<int:pk>/pay/", "payments/notify/"}
# Other systems have keys and counters against sending twice: see tests/api.
API = "api/v1/"


@pytest.fixture(scope="module")
def market(race_database_of_module: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Market]:
    """One database for all of them."""
    with django_db_blocker.unblock():
        yield open_market()


@pytest.fixture(autouse=True)
def _media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def send(session: Client, click: Click) -> int:
    """The status of the answer to one of the clicks, sent by the same browser beside the others."""
    client = Client(raise_request_exception=False)
    client.cookies.update(session.cookies)
    return client.post(click.path, click.sent()).status_code


def test_every_form_of_the_portals_is_clicked() -> None:
    posts = {row.route for row in ROWS if row.method == "POST" and not row.route.startswith(API)}
    assert (
        posts - CLICKS.keys() - NOT_OF_THE_PORTALS - CHANGES_NOTHING_BY_A_CLICK,
        CLICKS.keys() - posts,
    ) == (set(), set())


@pytest.mark.parametrize("route", CLICKS)
def test_two_clicks_at_once_have_one_effect(market: Market, route: str) -> None:
    click = CLICKS[route](market)
    session = browser_of(click.user, raise_request_exception=False)
    assert click.effect() != click.once
    statuses = run_together([partial(send, session, click)] * 2)
    assert set(statuses) <= {200, 302}
    assert click.effect() == click.once
    assert send(session, click) in {200, 302}
    assert click.effect() == click.once
