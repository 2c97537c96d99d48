"""Accounts, written. Passwords and tokens never reach the audit trail."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from psycopg.errors import UniqueViolation

from marketplace.accounts import lockout
from marketplace.accounts.errors import (
    IdentifierTakenError,
    LinkNotUsableError,
    NoIdentifierError,
    WrongPasswordError,
)
from marketplace.accounts.identifiers import normalise_email, normalise_phone
from marketplace.accounts.models import PasswordLink, User
from marketplace.accounts.permissions import can_renew_link
from marketplace.accounts.tokens import new_token, token_hash
from marketplace.core.audit.services import record
from marketplace.core.permissions import require

LINK_LIFETIME = timedelta(days=7)
IDENTIFIERS = ("phone", "email", "username")


@dataclass(frozen=True, slots=True)
class NewPerson:
    """An ordinary person who gets an account, and what they log in by: at least one of the three."""

    name: str
    phone: str = ""
    email: str = ""
    username: str = ""


@dataclass(frozen=True, slots=True)
class IssuedLink:
    """A new password link and its token, which is known here and then to its bearer only."""

    link: PasswordLink
    token: str


@transaction.atomic
def register_individual(*, name: str, password: str, phone: str = "", email: str = "") -> User:
    """A new user who registered themselves, by phone number or e-mail.

    Raises NoIdentifierError, IdentifierTakenError, ValidationError (the password).
    """
    if not (phone or email):
        raise NoIdentifierError
    fields = {"name": name, "phone": normalise_phone(phone) or None, "email": normalise_email(email) or None}
    validate_password(password, User(**fields))
    with _identifiers_free():
        user = User.objects.create_user(_new_username(), password, **fields)
    record(action="accounts.registered", target=user, after=_public(user))
    return user


@transaction.atomic
def create_user(
    *, name: str, phone: str = "", email: str = "", username: str = "", is_staff: bool = False
) -> User:
    """A new user without a password, made by the operator; a password link lets them in.

    Raises NoIdentifierError, IdentifierTakenError.
    """
    if not (phone or email or username):
        raise NoIdentifierError
    with _identifiers_free():
        user = User.objects.create_user(
            username or _new_username(), name=name, phone=phone, email=email, is_staff=is_staff
        )
    record(action="accounts.created", target=user, after=_public(user))
    return user


@transaction.atomic
def change_details(*, user: User, name: str, email: str) -> None:
    """The user bears this name and e-mail address ("" for none). Raises IdentifierTakenError."""
    before = _public(user)
    user.name, user.email = name, normalise_email(email) or None
    with _identifiers_free():
        user.save(update_fields=["name", "email"])
    record(action="accounts.details_changed", target=user, before=before, after=_public(user))


@transaction.atomic
def change_password(*, user: User, old_password: str, new_password: str) -> None:
    """The user logs in by the new password; other sessions end.

    Raises WrongPasswordError, ValidationError.
    """
    if not user.check_password(old_password):
        raise WrongPasswordError
    _set_password(user, new_password)
    record(action="accounts.password_changed", target=user)


@transaction.atomic
def issue_password_link(*, user: User, created_by: User | None, now: datetime) -> IssuedLink:
    """A new link of seven days; the user's earlier one is worthless from now on."""
    User.objects.select_for_update().get(pk=user.pk)
    user.password_links.open().update(revoked_at=now)
    token = new_token()
    link = PasswordLink.objects.create(
        user=user,
        token_hash=token_hash(token),
        created_at=now,
        created_by=created_by,
        expires_at=now + LINK_LIFETIME,
    )
    record(action="accounts.password_link_issued", target=user, after={"expires_at": link.expires_at})
    return IssuedLink(link, token)


@transaction.atomic
def open_account(*, person: NewPerson, opened_by: User, now: datetime) -> IssuedLink:
    """A new user without a password and the link that lets them in; the link knows the user.

    Raises NoIdentifierError, IdentifierTakenError.
    """
    user = create_user(**asdict(person))
    return issue_password_link(user=user, created_by=opened_by, now=now)


@transaction.atomic
def renew_password_link(*, user: User, actor: User, now: datetime) -> IssuedLink:
    """Another link for an account that the actor opened and into which nobody has got yet.

    Raises:
        PermissionDenied: somebody else opened it, or its password is set.
    """
    # Read again under the lock: who has used the first link by now has a password that must stay theirs.
    locked = User.objects.select_for_update().get(pk=user.pk)
    require(allowed=can_renew_link(actor, locked))
    return issue_password_link(user=locked, created_by=actor, now=now)


@transaction.atomic
def revoke_password_link(*, user: User, now: datetime) -> None:
    """The user has no usable link any more."""
    if user.password_links.open().update(revoked_at=now):
        record(action="accounts.password_link_revoked", target=user)


@transaction.atomic
def use_password_link(*, token: str, password: str, now: datetime) -> User:
    """The user, now with this password, unlocked; the link is used up.

    Raises LinkNotUsableError, or ValidationError (the password), which leaves the link as it was.
    """
    link = PasswordLink.objects.usable(now).filter(token_hash=token_hash(token)).first()
    if link is None:
        raise LinkNotUsableError
    # The user first, as where links are made. The update looks at the link's own columns only: with a join, a
    # second use that waited for the first would pass it too.
    user = User.objects.select_for_update().get(pk=link.user_id)
    if not user.is_active or PasswordLink.objects.open().filter(pk=link.pk).update(used_at=now) != 1:
        raise LinkNotUsableError
    _set_password(user, password)
    lockout.unlock(user)
    record(action="accounts.password_set_by_link", target=user)
    return user


@transaction.atomic
def deactivate_user(*, user: User, now: datetime) -> None:
    """Nobody logs in as this user; their sessions and password link are worthless."""
    if User.objects.filter(pk=user.pk, is_active=True).update(is_active=False):
        revoke_password_link(user=user, now=now)
        record(action="accounts.deactivated", target=user)


@transaction.atomic
def activate_user(*, user: User) -> None:
    """The user may log in again."""
    if User.objects.filter(pk=user.pk, is_active=False).update(is_active=True):
        record(action="accounts.activated", target=user)


def _set_password(user: User, password: str) -> None:
    validate_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])


@contextmanager
def _identifiers_free() -> Iterator[None]:
    """Turns the database's refusal of a second owner into IdentifierTakenError."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if not isinstance(error.__cause__, UniqueViolation):
            raise
        constraint = error.__cause__.diag.constraint_name or ""
        raise IdentifierTakenError(next(field for field in IDENTIFIERS if field in constraint)) from None


def _new_username() -> str:
    return f"u{secrets.token_hex(6)}"


def _public(user: User) -> dict[str, object]:
    names = ("username", "phone", "email", "name", "is_staff")
    return {name: getattr(user, name) for name in names}
