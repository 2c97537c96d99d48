"""How requests are narrowed."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from marketplace.institutions.models import Institution

if TYPE_CHECKING:
    from marketplace.accounts.models import User
    from marketplace.procurement.models import PurchaseRequest  # noqa: F401 -- what the set holds


class PurchaseRequestQuerySet(models.QuerySet["PurchaseRequest"]):
    """Chains; nobody sees the requests of an institution that is not theirs, or of another individual."""

    def visible_to(self, user: User) -> PurchaseRequestQuerySet:
        """Those of the institutions of which the user is an active member, and the user's own."""
        member = Q(institution__in=Institution.objects.of_member(user))
        own = Q(institution__isnull=True, requester=user)
        return self.filter(member | own)

    def of_institutions(self) -> PurchaseRequestQuerySet:
        """Those that wait for somebody else's approval."""
        return self.filter(institution__isnull=False)

    def of_individuals(self) -> PurchaseRequestQuerySet:
        """Those that wait for their requester's payment."""
        return self.filter(institution__isnull=True)

    def pending(self) -> PurchaseRequestQuerySet:
        """Those that wait for a decision or a payment."""
        return self.filter(status="pending")

    def overdue(self, now: datetime) -> PurchaseRequestQuerySet:
        """Those that still wait although their reservation has run out."""
        return self.pending().filter(expires_at__lte=now)

    def newest_first(self) -> PurchaseRequestQuerySet:
        """In the order in which people look for them."""
        return self.order_by("-submitted_at", "-pk")
