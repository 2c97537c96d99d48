"""Writing the audit trail."""

from collections.abc import Mapping

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
    actor = current_actor()
    return AuditEntry.objects.create(
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
