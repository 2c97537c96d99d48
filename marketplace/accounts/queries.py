"""Users, read."""

from marketplace.accounts.models import User


def user_by_identifier(identifier: str) -> User | None:
    """The user whose phone number (all digits), e-mail (has an @) or user name this is; None if nobody's."""
    text = identifier.strip()
    if text.isdigit():
        return User.objects.filter(phone=text).first()
    if "@" in text:
        return User.objects.filter(email__iexact=text).first()
    return User.objects.filter(username=text).first()
