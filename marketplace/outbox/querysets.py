"""Outgoing messages, chained."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from marketplace.outbox.models import OutboxMessage  # noqa: F401 -- the type that the set holds


WAITING = models.Q(delivered_at=None, set_aside_at=None)


class OutboxMessageQuerySet(models.QuerySet["OutboxMessage"]):
    """Messages that wait, that came to an end, that may be forgotten."""

    def waiting(self) -> Self:
        """Neither delivered nor set aside."""
        return self.filter(WAITING)

    def due(self, now: dt.datetime) -> Self:
        """Those whose turn has come, longest waiting first."""
        return self.waiting().filter(available_at__lte=now).order_by("available_at", "pk")

    def set_aside(self) -> Self:
        """Those that failed too often and wait for a person."""
        return self.filter(set_aside_at__isnull=False).order_by("pk")

    def delivered_before(self, moment: dt.datetime) -> Self:
        """Those that left before the moment."""
        return self.filter(delivered_at__lt=moment)
