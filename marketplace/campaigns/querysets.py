"""Campaigns, chained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from marketplace.campaigns.models import Campaign  # noqa: F401 -- what the set holds
    from marketplace.core.periods import Window


class CampaignQuerySet(models.QuerySet["Campaign"]):
    """Campaigns; every set that is shown ends in an explicit order."""

    def running(self, day: date) -> Self:
        """Those that have begun and are not over."""
        return self.filter(start_date__lte=day, end_date__gt=day)

    def sharing_days(self, window: Window) -> Self:
        """Those with a day in the window."""
        return self.filter(start_date__lt=window.end, end_date__gt=window.start)

    def in_counties(self, codes: Collection[str]) -> Self:
        """Those in which one of the counties takes part."""
        return self.filter(counties__in=codes).distinct()

    def newest_first(self) -> Self:
        """What begins last on top."""
        return self.order_by("-start_date", "-pk")
