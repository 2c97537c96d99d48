"""A form that is ready to be sent, and the list of all of them by address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from marketplace.accounts.models import User
from marketplace.core.audit.models import AuditEntry
from tests.concurrency.clicks.market import Market


@dataclass(frozen=True)
class Click:
    """What somebody sends; `effect` gives `once`, however often. A callable in `data` makes a file."""

    user: User
    path: str
    effect: Callable[[], object]
    once: object
    data: Mapping[str, Any] = field(default_factory=dict)

    def sent(self) -> dict[str, Any]:
        """The form, with files of its own."""
        return {name: value() if callable(value) else value for name, value in self.data.items()}


CLICKS: dict[str, Callable[[Market], Click]] = {}


def click(route: str) -> Callable[[Callable[[Market], Click]], Callable[[Market], Click]]:
    """Lists the function under its address, as tests.access.table writes it."""

    def listed(make: Callable[[Market], Click]) -> Callable[[Market], Click]:
        CLICKS[route] = make
        return make

    return listed


def trail(action: str, target: Any) -> Callable[[], int]:
    """How many times the audit trail says that this was done to it."""
    return AuditEntry.objects.filter(action=action, object_id=str(target.pk)).count
