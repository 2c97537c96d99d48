"""Audit entries as people read them."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from marketplace.core.audit.context import SYSTEM, VISITOR
from marketplace.core.audit.models import AuditEntry
from marketplace.core.templatetags.formats import cn_datetime
from marketplace.portals.operator.audit_words import ACTIONS, ACTORS, FIELDS, KINDS, VALUES


@dataclass(frozen=True, slots=True)
class Change:
    """One value before and after."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Row:
    """An entry with its words, and only those values that differ."""

    entry: AuditEntry
    actor: str
    action: str
    kind: str
    changes: list[Change]


def row_of(entry: AuditEntry) -> Row:
    """The entry in words; what has none yet keeps its code."""
    unnamed = entry.actor_id is None and entry.actor_name in (SYSTEM, VISITOR)
    return Row(
        entry=entry,
        actor=str(ACTORS[entry.actor_name]) if unnamed else entry.actor_name,
        action=str(ACTIONS.get(entry.action, entry.action)),
        kind=str(KINDS.get(entry.object_type, entry.object_type)),
        changes=_changes(entry.before or {}, entry.after or {}),
    )


def _changes(before: dict[str, object], after: dict[str, object]) -> list[Change]:
    return [
        Change(str(FIELDS.get(name, name)), _words(name, before.get(name)), _words(name, after.get(name)))
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]


def _words(name: str, value: object) -> str:
    if value is None:
        return ""
    if name in VALUES:
        return str(VALUES[name].get(str(value), value))
    if name.endswith("_at"):
        return cn_datetime(datetime.fromisoformat(str(value)))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return _(", ").join(map(str, value))
    return str(value)
