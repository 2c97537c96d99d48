"""Offices and memberships, chained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from marketplace.accounts.models import User
    from supplier_villages.offices.models import Office, OfficeMembership  # noqa: F401 -- what the sets hold


class OfficeQuerySet(models.QuerySet["Office"]):
    """Poverty offices."""

    def of(self, user: User) -> Self:
        """Those in which the user works; none for a stranger or an inactive user."""
        if not user.is_active or user.pk is None:
            return self.none()
        return self.filter(memberships__user=user, memberships__is_active=True)

    def matching(self, text: str) -> Self:
        """Those whose name contains the text or whose region's code begins with it; all if it is empty."""
        words = text.replace("\0", "").strip()
        if not words:
            return self
        return self.filter(models.Q(name__icontains=words) | models.Q(region__code__startswith=words))

    def top_down(self) -> Self:
        """By the region's code: a province, its cities, their counties."""
        return self.order_by("region")


class MembershipQuerySet(models.QuerySet["OfficeMembership"]):
    """Who works where."""

    def active(self) -> Self:
        """Of those who have not left and whose account is on."""
        return self.filter(is_active=True, user__is_active=True)
