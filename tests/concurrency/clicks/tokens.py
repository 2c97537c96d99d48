"""A person's access tokens."""

from django.utils import timezone

from marketplace.access_tokens.memberships import Kind
from marketplace.access_tokens.models import AccessToken
from tests.concurrency.clicks.click import Click, click, trail
from tests.concurrency.clicks.market import Market
from tests.factories.access_tokens import make_token
from tests.factories.users import make_user


@click("account/tokens/")
def issue(_market: Market) -> Click:
    user = make_user("bearer")
    data = {"name": "仓库系统", "membership": "individual", "last_day": "", "key": "k"}
    return Click(user, "/account/tokens/", AccessToken.objects.filter(user=user).count, 1, data)


@click("account/tokens/<int:pk>/revoke/")
def revoke(_market: Market) -> Click:
    user = make_user("done")
    token = make_token(user, Kind.INDIVIDUAL, None, timezone.now()).token
    revoked = trail("access_tokens.revoked", token)
    return Click(user, f"/account/tokens/{token.pk}/revoke/", revoked, 1)
