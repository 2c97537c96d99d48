"""The audit trail, read."""

from datetime import datetime

from django.db import models

from marketplace.core.audit.models import AuditEntry
from marketplace.core.audit.querysets import AuditEntryQuerySet


def entries_of(target: models.Model) -> AuditEntryQuerySet:
    """What was done to one object, newest first."""
    return AuditEntry.objects.of_object(target._meta.label_lower, str(target.pk)).newest_first()


def matching(
    *,
    object_type: str = "",
    object_id: str = "",
    actor: str = "",
    start: datetime | None = None,
    end: datetime | None = None,
) -> AuditEntryQuerySet:
    """The part of the trail that meets all criteria, newest first; an empty criterion is met by everything.

    `actor` is a user's number or a part of the name; the window is half-open.
    """
    given: dict[str, object] = {
        "object_type": object_type,
        "object_id": object_id,
        ("actor_id" if actor.isdecimal() else "actor_name__icontains"): actor,
        "at__gte": start,
        "at__lt": end,
    }
    wanted = {lookup: value for lookup, value in given.items() if value not in ("", None)}
    return AuditEntry.objects.filter(**wanted).newest_first()
