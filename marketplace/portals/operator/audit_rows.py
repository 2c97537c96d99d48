"""Audit entries as people read them."""

from collections.abc import Iterable
from dataclasses import dataclass

from marketplace.core.audit.context import SYSTEM, VISITOR
from marketplace.core.audit.models import AuditEntry
from marketplace.portals.operator.audit_values import Names, in_words, names_in
from marketplace.portals.operator.audit_words import ACTIONS, ACTORS, FIELDS, KINDS


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


def rows_of(entries: Iterable[AuditEntry]) -> list[Row]:
    """The entries in words; what has none yet keeps its code. At most two queries beside theirs."""
    found = list(entries)
    names = names_in(found)
    return [_row(entry, names) for entry in found]


def _row(entry: AuditEntry, names: Names) -> Row:
    unnamed = entry.actor_id is None and entry.actor_name in (SYSTEM, VISITOR)
    return Row(
        entry=entry,
        actor=str(ACTORS[entry.actor_name]) if unnamed else entry.actor_name,
        action=str(ACTIONS.get(entry.action, entry.action)),
        kind=str(KINDS.get(entry.object_type, entry.object_type)),
        changes=_changes(entry.object_type, entry.before or {}, entry.after or {}, names),
    )


def _changes(kind: str, before: dict[str, object], after: dict[str, object], names: Names) -> list[Change]:
    changes = [
        Change(
            str(FIELDS.get(name, name)),
            in_words(kind, name, before.get(name), names),
            in_words(kind, name, after.get(name), names),
        )
        for name in {**before, **after}
        if before.get(name) != after.get(name)
    ]
    return [change for change in changes if change.before or change.after]
