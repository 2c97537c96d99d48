"""Logging in by phone number, e-mail or user name: one field, three kinds, never ambiguous."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from marketplace.accounts.models import User
from marketplace.accounts.queries import user_by_identifier


class IdentifierBackend(ModelBackend):
    """Django's model backend, with the identifier looked up by its kind."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        """The active user whom identifier and password name, else None."""
        if username is None or password is None:
            return None
        user = user_by_identifier(username)
        if user is None:
            # Hash once all the same: a missing user must not answer faster than a wrong password.
            User().set_password(password)
            return None
        return user if user.check_password(password) and self.user_can_authenticate(user) else None
