"""Unsold offers, chained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import ExpressionWrapper, F
from django.db.models.functions import Least

from catalog.unsold_offers.status import Status
from supplier_villages.regions.codes import code_range

if TYPE_CHECKING:
    from datetime import date, datetime

    from catalog.unsold_offers.models import UnsoldOffer  # noqa: F401 -- what the set holds


class UnsoldOfferQuerySet(models.QuerySet["UnsoldOffer"]):
    """Offers of unsold products."""

    def of_member(self, user_id: int) -> Self:
        """Those of the suppliers for which the user acts."""
        return self.filter(supplier__memberships__user_id=user_id, supplier__memberships__is_active=True)

    def within(self, region_code: str) -> Self:
        """Those from villages in the region: a subtree is one range of codes."""
        first, last = code_range(region_code)
        return self.filter(village_id__gte=first, village_id__lt=last)

    def waiting(self) -> Self:
        """Those that wait for an office's decision."""
        return self.filter(status=Status.SUBMITTED)

    def overdue(self, today: date) -> Self:
        """Those that wait or are on sale although their sell-by date has passed."""
        return self.filter(status__in=(Status.SUBMITTED, Status.RECOGNISED), sell_by__lt=today)

    def unescalated(self, submitted_before: datetime) -> Self:
        """Those that have waited since then and of which the city has not been told."""
        return self.waiting().filter(submitted_at__lte=submitted_before, escalated_at__isnull=True)

    def with_spoils_on(self) -> Self:
        """Each with `spoils_on`: harvest plus shelf life, or the sell-by date if earlier or all we know."""
        shelf_life_ends = ExpressionWrapper(
            F("harvested_on") + F("product__shelf_life_days"), output_field=models.DateField()
        )
        # PostgreSQL's LEAST leaves NULLs out.
        return self.annotate(spoils_on=Least("sell_by", shelf_life_ends))

    def soonest_spoilt_first(self) -> Self:
        """What spoils first stands first; among equals who has waited longest."""
        return self.with_spoils_on().order_by("spoils_on", "submitted_at", "pk")

    def newest_first(self) -> Self:
        """The last begun first."""
        return self.order_by("-created_at", "-pk")

    def with_goods(self) -> Self:
        """With all that a list shows of them, in a fixed number of queries."""
        return self.select_related("supplier", "village", "product", "stock_record").prefetch_related(
            "product__images", "product__categories"
        )
