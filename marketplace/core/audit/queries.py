"""The audit trail, read."""

from django.db import models

from marketplace.core.audit.models import AuditEntry
from marketplace.core.audit.querysets import AuditEntryQuerySet


def entries_of(target: models.Model) -> AuditEntryQuerySet:
    """What was done to one object, newest first."""
    return AuditEntry.objects.of_object(target._meta.label_lower, str(target.pk)).newest_first()
