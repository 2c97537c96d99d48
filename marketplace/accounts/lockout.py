"""Who is being tried at the log-in: one person under all of their identifiers."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from axes.models import AccessAttempt
from axes.utils import reset
from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from marketplace.accounts.models import User
from marketplace.accounts.queries import user_by_identifier
from marketplace.core import locks


def attempted_person(request: HttpRequest | None, credentials: Mapping[str, str] | None) -> str:
    """The name under which django-axes counts failures: the same for a person's phone, e-mail and user name.

    What names nobody is counted under a keyed digest: it may be a mistyped number, or even a password.
    """
    return person_key((credentials or {}).get("username") or "")


def person_key(identifier: str) -> str:
    """`user-17`, or `unknown-` and a digest of what was typed."""
    user = user_by_identifier(identifier)
    if user is None:
        return f"unknown-{salted_hmac('accounts.lockout', identifier.strip()).hexdigest()}"
    return key_of(user)


def key_of(user: User) -> str:
    """The name under which a known user's failures are counted."""
    return f"user-{user.pk}"


@contextmanager
def one_attempt_at_a_time(identifier: str) -> Iterator[None]:
    """Attempts on one person take turns: else a hundred at once would all pass before the fifth counts."""
    with transaction.atomic():
        locks.advisory_lock("accounts.login", person_key(identifier))
        yield


def unlock(user: User) -> None:
    """The user's failures are forgotten."""
    reset(username=key_of(user))


def locked_until(identifier: str) -> datetime | None:
    """When the person's last failure is forgotten; None if nothing is remembered."""
    attempts = AccessAttempt.objects.filter(username=person_key(identifier))
    last = attempts.aggregate(last=Max("attempt_time"))["last"]
    return last + settings.AXES_COOLOFF_TIME if last else None
