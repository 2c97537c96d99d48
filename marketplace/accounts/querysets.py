"""Password links, chained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from datetime import datetime

    from marketplace.accounts.models import PasswordLink  # noqa: F401 -- the type that the set holds


class PasswordLinkQuerySet(models.QuerySet["PasswordLink"]):
    """One-time links."""

    def open(self) -> Self:
        """Neither used nor revoked; perhaps expired."""
        return self.filter(used_at=None, revoked_at=None)

    def usable(self, now: datetime) -> Self:
        """Open, not expired, and of an active user."""
        return self.open().filter(expires_at__gt=now, user__is_active=True)
