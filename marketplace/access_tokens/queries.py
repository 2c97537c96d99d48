"""Access tokens, read."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from marketplace.access_tokens.models import AccessToken
from marketplace.access_tokens.querysets import AccessTokenQuerySet
from marketplace.accounts.models import User
from marketplace.accounts.tokens import token_hash


class Fault(StrEnum):
    """Why a token opens nothing."""

    UNKNOWN = "unknown"
    REVOKED = "revoked"
    EXPIRED = "expired"
    ENDED = "ended"


class UnusableToken(Exception):
    """The token opens nothing; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.value)
        self.fault = fault


def usable_token(secret: str, *, now: datetime) -> AccessToken:
    """The token of this secret with its user; one query, the membership's check included.

    Raises:
        UnusableToken: nobody made it, or it is revoked, or it has expired, or the membership or the account
            behind it has ended.
    """
    found: Any = (
        AccessToken.objects.with_standing()
        .select_related("user")
        .filter(token_hash=token_hash(secret))
        .first()
    )
    if found is None:
        raise UnusableToken(Fault.UNKNOWN)
    if found.revoked_at is not None:
        raise UnusableToken(Fault.REVOKED)
    if not found.stands:
        raise UnusableToken(Fault.ENDED)
    if found.expires_at is not None and found.expires_at <= now:
        raise UnusableToken(Fault.EXPIRED)
    token: AccessToken = found
    return token


def tokens_of(user: User) -> AccessTokenQuerySet:
    """The user's tokens that are not revoked, newest first."""
    return AccessToken.objects.of(user).unrevoked().newest_first()
