"""How users are made."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.base_user import BaseUserManager

from marketplace.accounts.identifiers import normalise_email, normalise_phone

if TYPE_CHECKING:
    from marketplace.accounts.models import User


class UserManager(BaseUserManager["User"]):
    """Makes users with an absent phone or e-mail as NULL: absence is not a value that must be unique."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A saved user; without a password nobody can log in as them."""
        fields["phone"] = normalise_phone(fields.get("phone") or "") or None
        fields["email"] = normalise_email(fields.get("email") or "") or None
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None, **fields: Any) -> User:
        """A saved user who may do everything."""
        return self.create_user(username, password, **{**fields, "is_staff": True, "is_superuser": True})
