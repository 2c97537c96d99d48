"""How institutions are narrowed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from marketplace.accounts.models import User

if TYPE_CHECKING:
    from marketplace.institutions.models import Institution  # noqa: F401 -- what the set holds


class InstitutionQuerySet(models.QuerySet["Institution"]):
    """Chains; nobody sees an institution that is not theirs."""

    def of_member(self, user: User) -> InstitutionQuerySet:
        """The institutions of which the user is an active member, in any role."""
        return self.filter(memberships__user=user, memberships__is_active=True).distinct()

    def with_role(self, user: User, role: str) -> InstitutionQuerySet:
        """The institutions in which the user actively holds the role; none for who is inactive."""
        return self.filter(
            memberships__user=user,
            memberships__role=role,
            memberships__is_active=True,
            memberships__user__is_active=True,
        )

    def matching(self, text: str) -> InstitutionQuerySet:
        """Those whose name contains the text or whose code begins with it; all if it is empty."""
        words = text.replace("\0", "").strip()
        if not words:
            return self
        return self.filter(models.Q(name__icontains=words) | models.Q(uscc__istartswith=words))

    def by_name(self) -> InstitutionQuerySet:
        """In a fixed order."""
        return self.order_by("name", "pk")
