"""Writing the audit trail."""

from collections.abc import Mapping, Sequence

from django.db import models

from marketplace.core.audit.context import current_actor
from marketplace.core.audit.models import AuditEntry

Values = Mapping[str, object]


def record(
    *, action: str, target: models.Model, before: Values | None = None, after: Values | None = None
) -> AuditEntry:
    """The new entry: the current actor did `action` ("offices.member_added") to `target`.

    Call it inside the transaction of what it records: both stand or neither. `before` and `after` hold what
    changed, as JSON can hold it (dates and Decimals too); never a password or a token.
    """
    entry = _entry(action, target, before, after)
    entry.save(force_insert=True)
    return entry


def record_each(*, action: str, changes: Sequence[tuple[models.Model, Values | None]]) -> None:
    """The same for many objects, each with its values afterwards; one query however many."""
    AuditEntry.objects.bulk_create([_entry(action, target, None, after) for target, after in changes])


def _entry(action: str, target: models.Model, before: Values | None, after: Values | None) -> AuditEntry:
    actor = current_actor()
    return AuditEntry(
        actor_id=actor.user_id,
        actor_name=actor.name,
        action=action,
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        before=before,
        after=after,
        ip=actor.ip,
        request_id=actor.request_id,
    )
