"""Access tokens, as people make them."""

import secrets
from datetime import datetime

from marketplace.access_tokens import services
from marketplace.access_tokens.memberships import Kind, Membership
from marketplace.access_tokens.services import IssuedToken
from marketplace.accounts.models import User


def make_token(
    user: User,
    kind: Kind,
    organisation_id: int | None,
    now: datetime,
    *,
    expires_at: datetime | None = None,
) -> IssuedToken:
    """A token for the user's membership of this kind."""
    return services.issue_token(
        user=user,
        membership=Membership(kind, organisation_id),
        name="仓库系统",
        expires_at=expires_at,
        key=secrets.token_hex(),
        now=now,
    )
