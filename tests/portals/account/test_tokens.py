"""Access tokens on the person's own page: made, shown once, revoked."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.access_tokens.memberships import Kind, Membership
from marketplace.access_tokens.models import AccessToken
from marketplace.access_tokens.queries import usable_token
from marketplace.accounts.models import User
from marketplace.core.periods import shanghai_day, start_of
from tests.factories import trade
from tests.factories.access_tokens import make_token
from tests.factories.users import make_user

pytestmark = pytest.mark.django_db
PAGE = "/account/tokens/"


@pytest.fixture
def farm() -> trade.Seller:
    trade.land()
    return trade.seller()


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="marketplace.accounts.backends.IdentifierBackend")
    return client


def test_a_token_is_made_for_a_membership_and_shown_once(farm: trade.Seller) -> None:
    client, tomorrow = browser(farm.cadre), shanghai_day(timezone.now()) + timedelta(days=1)
    typed = {"name": "仓库系统", "membership": f"supplier-{farm.supplier.pk}", "last_day": str(tomorrow)}
    shown = client.post(PAGE, typed)
    secret = shown.context["issued"].secret
    assert secret in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    token = usable_token(secret, now=timezone.now())
    assert token.membership == Membership(Kind.SUPPLIER, farm.supplier.pk)
    assert token.expires_at == start_of(tomorrow + timedelta(days=1))
    again = client.get(PAGE).content.decode()
    assert secret not in again
    assert "仓库系统" in again
    assert farm.supplier.name in again


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"membership": "supplier-999999"}, "membership"),
        ({"membership": ""}, "membership"),
        ({"name": " "}, "name"),
        ({"last_day": "2020-03-15"}, "last_day"),
    ],
)
def test_what_makes_no_sense_makes_no_token(farm: trade.Seller, change: dict[str, str], field: str) -> None:
    typed = {"name": "仓库系统", "membership": "individual", "last_day": "", **change}
    answer = browser(farm.cadre).post(PAGE, typed)
    assert answer.status_code == 200
    assert list(answer.context["form"].errors) == [field]
    assert AccessToken.objects.count() == 0


def test_a_person_revokes_their_own_tokens_only(farm: trade.Seller) -> None:
    token = make_token(farm.cadre, Kind.INDIVIDUAL, None, timezone.now()).token
    revoke = f"{PAGE}{token.pk}/revoke/"
    assert browser(make_user("other")).post(revoke).status_code == 404
    token.refresh_from_db()
    assert token.revoked_at is None
    client = browser(farm.cadre)
    for _ in range(2):
        assert client.post(revoke).url == PAGE
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert client.get(PAGE).context["rows"] == []
