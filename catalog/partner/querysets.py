"""Suppliers and stock, chained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Least
from django.db.models.lookups import GreaterThan

if TYPE_CHECKING:
    from datetime import datetime

    from catalog.partner.models import Partner, Reservation, StockRecord  # noqa: F401 -- what the sets hold


# When the windows of recognition and of offer are no longer both open; an index holds it.
ENDS_AT = Least("offered_until", "recognised_until")


class PartnerQuerySet(models.QuerySet["Partner"]):
    """Suppliers."""

    def admitted(self) -> Self:
        """Those that an office has admitted: only they can list."""
        return self.filter(admitted_at__isnull=False)

    def of_member(self, user_id: int) -> Self:
        """Those of which the user is an active member."""
        return self.filter(memberships__user_id=user_id, memberships__is_active=True)

    def matching(self, text: str) -> Self:
        """Those whose name contains the text or whose code begins with it; all if it is empty."""
        words = text.replace("\0", "").strip()
        if not words:
            return self
        return self.filter(Q(name__icontains=words) | Q(uscc__istartswith=words))

    def by_name(self) -> Self:
        """In a fixed order."""
        return self.order_by("name", "pk")


def within_windows(now: datetime) -> Q:
    """The condition that a stock record is open.

    The earlier end says nothing new: by its index the database leaves out all that has ended.
    """
    windows = Q(
        recognised_from__lte=now, recognised_until__gt=now, offered_from__lte=now, offered_until__gt=now
    )
    return windows & Q(GreaterThan(ENDS_AT, now))


class StockRecordQuerySet(models.QuerySet["StockRecord"]):
    """Stock records: one supplier's stock and price of one product."""

    def open(self, now: datetime) -> Self:
        """Those whose windows of recognition and of offer both contain now; one that is NULL is closed."""
        return self.filter(within_windows(now))

    def sellable(self, now: datetime) -> Self:
        """Those that are open and have at least one sale unit left."""
        return self.open(now).filter(num_in_stock__gt=F("num_allocated"))

    def locked(self) -> Self:
        """The same rows, locked in the order of their keys until the transaction ends.

        Every write to stock or reservations takes these locks first, always in this order, so that no two of
        them wait for each other. Rows that merely refer to a stock record are not held up (NO KEY).
        """
        return self.order_by("pk").select_for_update(of=("self",), no_key=True)


class ReservationQuerySet(models.QuerySet["Reservation"]):
    """Reservations and allocations of orders."""

    def of_source(self, source_key: str) -> Self:
        """What one request or order holds."""
        return self.filter(source_key=source_key)

    def expired(self, now: datetime) -> Self:
        """Those that have run out; an allocation of an order never does."""
        return self.filter(expires_at__lte=now)
