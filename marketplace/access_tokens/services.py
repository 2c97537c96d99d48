"""Access tokens, written. A token itself reaches neither the database nor the audit trail."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.crypto import salted_hmac

from marketplace.access_tokens.memberships import Kind, Membership, memberships_of
from marketplace.access_tokens.models import AccessToken
from marketplace.accounts.models import User
from marketplace.accounts.tokens import token_hash
from marketplace.core.audit.services import record
from marketplace.core.permissions import require

# So that people, and programs that search for leaked keys, see what it is.
PREFIX = "fupin_"
# How exactly the last use is known: a write for each call would cost more than the call.
USE_IS_KNOWN_TO = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A new token and its secret, which is known here and then to its bearer only."""

    token: AccessToken
    secret: str


@transaction.atomic
def issue_token(
    *, user: User, membership: Membership, name: str, expires_at: datetime | None, key: str, now: datetime
) -> IssuedToken:
    """A new token with which a system acts as the user in this membership.

    The same key with the same wish gives the same token and makes no second one; a revoked one stays revoked.
    Of 256 bits that only this server can make a plain SHA-256 is enough: nobody can try them out, so a slow
    hash would only slow down every call.

    Raises:
        PermissionDenied: the user does not hold the membership.
    """
    require(allowed=membership in memberships_of(user))
    secret = PREFIX + _secret(str(user.pk), membership.key, name, str(expires_at), key)
    organisation = {} if membership.kind == Kind.INDIVIDUAL else _organisation(membership)
    token, is_new = AccessToken.objects.get_or_create(
        token_hash=token_hash(secret),
        defaults={
            "user": user,
            "name": name,
            "created_at": now,
            "expires_at": expires_at,
            **organisation,
        },
    )
    if is_new:
        record(action="access_tokens.issued", target=token, after=_public(token))
    return IssuedToken(token, secret)


def _secret(*wish: str) -> str:
    """256 bits that follow from the wish and the server's own key."""
    digest = salted_hmac("access_tokens.secret", json.dumps(wish), algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


@transaction.atomic
def revoke_token(*, user: User, token_id: int, now: datetime) -> None:
    """One of the user's own tokens opens nothing any more; a second time changes nothing.

    Raises:
        AccessToken.DoesNotExist: the user has no such token.
    """
    token = AccessToken.objects.of(user).get(pk=token_id)
    if AccessToken.objects.unrevoked().filter(pk=token.pk).update(revoked_at=now):
        record(action="access_tokens.revoked", target=token, before=_public(token))


@transaction.atomic
def revoke_ended(*, now: datetime) -> int:
    """Revokes for good what the end of a membership or an account has closed; how many.

    Each call looks at the membership itself, so such a token opens nothing from that moment; revoking it
    keeps it closed when the person comes back.
    """
    ended = list(AccessToken.objects.ended().order_by("pk").select_for_update(of=("self",)))
    AccessToken.objects.filter(pk__in=[token.pk for token in ended]).update(revoked_at=now)
    for token in ended:
        record(action="access_tokens.revoked", target=token, before=_public(token))
    return len(ended)


def note_use(*, token: AccessToken, now: datetime) -> None:
    """The token was used now; written down at most once a minute."""
    last = token.last_used_at
    if last is None or last <= now - USE_IS_KNOWN_TO:
        AccessToken.objects.unused_since(now - USE_IS_KNOWN_TO).filter(pk=token.pk).update(last_used_at=now)


def _organisation(membership: Membership) -> dict[str, int | None]:
    return {f"{membership.kind.value}_id": membership.organisation_id}


def _public(token: AccessToken) -> dict[str, object]:
    return {"name": token.name, "membership": token.membership.key, "expires_at": token.expires_at}
