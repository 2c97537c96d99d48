"""Users and their password links, read."""

from datetime import datetime

from django.db.models import Q, QuerySet

from marketplace.accounts.identifiers import is_phone, normalise_email, normalise_phone
from marketplace.accounts.models import PasswordLink, User
from marketplace.accounts.tokens import token_hash


def user_by_identifier(identifier: str) -> User | None:
    """The user whose phone number, e-mail (has an @) or user name this is; None if nobody's."""
    text = identifier.strip().replace("\0", "")
    phone = normalise_phone(text)
    if is_phone(phone):
        return User.objects.filter(phone=phone).first()
    if "@" in text:
        return User.objects.filter(email=normalise_email(text)).first()
    return User.objects.filter(username=text).first()


def usable_password_link(token: str, *, now: datetime) -> PasswordLink | None:
    """The link with this token, with its user, if it can still be used; else None."""
    links = PasswordLink.objects.usable(now).select_related("user")
    return links.filter(token_hash=token_hash(token)).first()


def open_password_link(user: User, *, now: datetime) -> PasswordLink | None:
    """The user's one link that can still be used, else None."""
    return PasswordLink.objects.usable(now).filter(user=user).first()


def users_matching(text: str) -> QuerySet[User]:
    """Those in whose name, user name, phone or e-mail the text occurs (all if it is empty), newest first."""
    words = text.replace("\0", "").strip()
    users = User.objects.order_by("-date_joined", "-pk")
    if not words:
        return users
    anywhere = Q(name__icontains=words) | Q(username__icontains=words) | Q(email__icontains=words)
    phone = normalise_phone(words)
    return users.filter(anywhere | Q(phone__contains=phone) if phone.isdigit() else anywhere)
