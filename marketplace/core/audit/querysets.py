"""Audit entries, chained: by object, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from marketplace.core.audit.models import AuditEntry  # noqa: F401 -- the type that the set holds


class AuditEntryQuerySet(models.QuerySet["AuditEntry"]):
    """The audit trail or a part of it."""

    def of_object(self, object_type: str, object_id: str) -> Self:
        """What was done to one object; `object_type` is "app_label.model"."""
        return self.filter(object_type=object_type, object_id=object_id)

    def newest_first(self) -> Self:
        """The same, newest first."""
        return self.order_by("-at", "-id")
