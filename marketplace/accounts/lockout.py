"""What locks the log-in: five failures of strangers on one person, five on a device of the person's own, and
fifty of one address on anybody.

Each of a person's devices has a count of its own, so that nobody can lock out somebody else for good.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from marketplace.accounts.devices import known_device
from marketplace.accounts.models import User
from marketplace.accounts.queries import user_by_identifier
from marketplace.core import locks
from marketplace.core.addresses import client_address

# A whole office may share an address; who tries out one password on many people comes this far.
MOST_FAILURES_OF_AN_ADDRESS = 50
Credentials = Mapping[str, str] | None


class LockoutHandler(AxesDatabaseHandler):
    """The counts of django-axes, and the lock of an address beside them."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, str] | None = None) -> bool:
        """Whether an attempt counts for nothing now."""
        return super().is_locked(request, credentials) or is_address_locked(request, credentials)


def attempted_person(request: HttpRequest | None, credentials: Credentials) -> str:
    """The name under which django-axes counts failures: the same for a person's phone, e-mail and user name,
    and another one for each device of theirs.

    What names nobody is counted under a keyed digest: it may be a mistyped number, or even a password.
    """
    identifier = identifier_of(credentials)
    user = user_by_identifier(identifier)
    device = known_device(request, user) if request and user else None
    return f"{key_of(user)}@{device}" if user and device else person_key(identifier, user)


def identifier_of(credentials: Credentials) -> str:
    """What was typed to name the person."""
    return (credentials or {}).get("username") or ""


def person_key(identifier: str, user: User | None) -> str:
    """`user-17`, or `unknown-` and a digest of what was typed."""
    if user is None:
        return f"unknown-{salted_hmac('accounts.lockout', identifier.strip()).hexdigest()}"
    return key_of(user)


def key_of(user: User) -> str:
    """The name under which strangers' failures on a known user are counted."""
    return f"user-{user.pk}"


@contextmanager
def one_attempt_at_a_time(identifier: str) -> Iterator[None]:
    """Attempts on one person take turns: else a hundred at once would all pass before the fifth counts."""
    with transaction.atomic():
        locks.advisory_lock("accounts.login", person_key(identifier, user_by_identifier(identifier)))
        yield


def unlock(user: User) -> None:
    """The failures on the user are forgotten, strangers' and those of every device of theirs."""
    key = key_of(user)
    AccessAttempt.objects.filter(Q(username=key) | Q(username__startswith=f"{key}@")).delete()


def is_address_locked(request: HttpRequest, credentials: Credentials) -> bool:
    """Whether too many failures came from where the request comes from; a person's own device passes."""
    user = user_by_identifier(identifier_of(credentials))
    if user and known_device(request, user):
        return False
    total = failures_of_address(request).aggregate(total=Sum("failures_since_start"))["total"]
    return (total or 0) >= MOST_FAILURES_OF_AN_ADDRESS


def failures_of_address(request: HttpRequest) -> QuerySet[AccessAttempt]:
    """What is remembered of the address that asks; nothing where it is not known."""
    address = client_address(request)
    recent = AccessAttempt.objects.filter(attempt_time__gt=timezone.now() - settings.AXES_COOLOFF_TIME)
    return recent.filter(ip_address=address) if address else recent.none()


def locked_until(request: HttpRequest, credentials: Credentials) -> datetime | None:
    """When the last failure that counts here is forgotten; None if nothing is remembered."""
    attempts = AccessAttempt.objects.filter(username=attempted_person(request, credentials))
    if is_address_locked(request, credentials):
        attempts |= failures_of_address(request)
    last = attempts.aggregate(last=Max("attempt_time"))["last"]
    return last + settings.AXES_COOLOFF_TIME if last else None
