"""Access tokens, chained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from catalog.partner.models import SupplierMembership
from marketplace.institutions.models import InstitutionMembership
from supplier_villages.offices.models import OfficeMembership

if TYPE_CHECKING:
    from datetime import datetime

    from marketplace.access_tokens.models import AccessToken  # noqa: F401 -- the type that the set holds
    from marketplace.accounts.models import User


class AccessTokenQuerySet(models.QuerySet["AccessToken"]):
    """Tokens by which systems act for people."""

    def of(self, user: User) -> Self:
        """Those that the user made."""
        return self.filter(user=user)

    def unrevoked(self) -> Self:
        """Those that nobody has revoked; perhaps expired."""
        return self.filter(revoked_at=None)

    def with_standing(self) -> Self:
        """Each with `stands`: whether its user is active and holds the membership at this moment."""
        supplier = SupplierMembership.objects.filter(partner=OuterRef("supplier"))
        institution = InstitutionMembership.objects.filter(institution=OuterRef("institution"))
        office = OfficeMembership.objects.filter(office=OuterRef("office"))
        held = Q(supplier=None, institution=None, office=None)
        for memberships in (supplier, institution, office):
            held |= Q(Exists(memberships.filter(user=OuterRef("user"), is_active=True)))
        return self.annotate(
            stands=models.ExpressionWrapper(
                Q(user__is_active=True) & held, output_field=models.BooleanField()
            )
        )

    def ended(self) -> Self:
        """Those that are not revoked, although the membership or the account has ended."""
        return self.unrevoked().with_standing().filter(stands=False)

    def newest_first(self) -> Self:
        """The last made first."""
        return self.order_by("-created_at", "-pk")

    def unused_since(self, moment: datetime) -> Self:
        """Those of which no use is written down since then."""
        return self.filter(Q(last_used_at=None) | Q(last_used_at__lte=moment))
