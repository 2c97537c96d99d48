"""Recognitions, chained."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from marketplace.core.periods import shanghai_day

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from catalog.recognition.models import Recognition  # noqa: F401 -- what the set holds


class RecognitionQuerySet(models.QuerySet["Recognition"]):
    """Recognitions in any directory."""

    def of_stock_records(self, stock_record_ids: Collection[int]) -> Self:
        """Those of these stock records."""
        return self.filter(stock_record_id__in=list(stock_record_ids))

    def standing(self) -> Self:
        """Those that nobody has revoked."""
        return self.filter(revoked_at__isnull=True)

    def in_force(self, now: datetime) -> Self:
        """Those that are valid on the day of now and not revoked."""
        day = shanghai_day(now)
        return self.standing().filter(valid_from__lte=day, valid_until__gt=day)

    def newest_first(self) -> Self:
        """The last decision first."""
        return self.order_by("-decided_at", "-pk")
