"""Access tokens on the person's own page: made, shown once, revoked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.access_tokens.memberships import Kind, Membership
from marketplace.access_tokens.models import AccessToken
from marketplace.access_tokens.queries import usable_token
from marketplace.core.periods import shanghai_day, start_of
from tests.factories import trade
from tests.factories.access_tokens import make_token
from tests.factories.users import browser_of, make_user

pytestmark = pytest.mark.django_db
PAGE = "/account/tokens/"


@pytest.fixture
def farm() -> trade.Seller:
    trade.land()
    return trade.seller()


def test_a_token_is_made_for_a_membership_and_shown_once(farm: trade.Seller) -> None:
    client, tomorrow = browser_of(farm.cadre), shanghai_day(timezone.now()) + timedelta(days=1)
    typed = {
        "name": "仓库系统",
        "membership": f"supplier-{farm.supplier.pk}",
        "last_day": str(tomorrow),
        "key": "k",
    }
    shown = client.post(PAGE, typed, follow=True)
    assert shown.redirect_chain == [(PAGE, 302)]
    secret = shown.context["secret"]
    assert secret in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    token = usable_token(secret, now=timezone.now())
    assert token.membership == Membership(Kind.SUPPLIER, farm.supplier.pk)
    assert token.expires_at == start_of(tomorrow + timedelta(days=1))
    again = client.get(PAGE).content.decode()
    assert secret not in again
    assert "仓库系统" in again
    assert farm.supplier.name in again


def test_a_form_that_is_sent_twice_makes_one_token_and_shows_it(farm: trade.Seller) -> None:
    client = browser_of(farm.cadre)
    key = client.get(PAGE).context["form"]["key"].value()
    typed = {"name": "仓库系统", "membership": "individual", "last_day": "", "key": key}
    secrets = [client.post(PAGE, typed, follow=True).context["secret"] for _ in range(2)]
    assert secrets[0] == secrets[1]
    assert AccessToken.objects.get() == usable_token(secrets[0], now=timezone.now())


def test_the_next_form_makes_another_token(farm: trade.Seller) -> None:
    client = browser_of(farm.cadre)
    for _ in range(2):
        key = client.get(PAGE).context["form"]["key"].value()
        client.post(PAGE, {"name": "仓库系统", "membership": "individual", "last_day": "", "key": key})
    assert AccessToken.objects.count() == 2


def test_what_is_shown_once_is_for_its_person_only(farm: trade.Seller) -> None:
    client, other = browser_of(farm.cadre), browser_of(make_user("other"))
    client.post(PAGE, {"name": "仓库系统", "membership": "individual", "last_day": "", "key": "k"})
    cookie = client.cookies["shown-once"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Strict", PAGE)
    other.cookies["shown-once"] = cookie.value
    assert other.get(PAGE).context["secret"] == ""


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"membership": "supplier-999999"}, "membership"),
        ({"membership": ""}, "membership"),
        ({"name": " "}, "name"),
        ({"key": ""}, "key"),
        ({"last_day": "2020-03-15"}, "last_day"),
    ],
)
def test_what_makes_no_sense_makes_no_token(farm: trade.Seller, change: dict[str, str], field: str) -> None:
    typed = {"name": "仓库系统", "membership": "individual", "last_day": "", "key": "k", **change}
    answer = browser_of(farm.cadre).post(PAGE, typed)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert AccessToken.objects.count() == 0


def test_a_person_revokes_their_own_tokens_only(farm: trade.Seller) -> None:
    token = make_token(farm.cadre, Kind.INDIVIDUAL, None, timezone.now()).token
    revoke = f"{PAGE}{token.pk}/revoke/"
    assert browser_of(make_user("other")).post(revoke).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None
    client = browser_of(farm.cadre)
    for _ in range(2):
        assert client.post(revoke).url == PAGE
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert client.get(PAGE).context["rows"] == []
