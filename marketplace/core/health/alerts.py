"""What somebody should look at although the site works: each app names its own, in a word.

An alert takes no server out of service: /health/ready shows it beside the dependencies, for monitoring.
"""

from collections.abc import Callable

import structlog
from django.db import DatabaseError, InterfaceError

logger = structlog.get_logger(__name__)
OK, UNKNOWN = "ok", "unknown"

_alerts: dict[str, Callable[[], str]] = {}


def register(name: str, state: Callable[[], str]) -> None:
    """From now on `state` is asked: "ok", or the word for what is the matter; by the database only."""
    _alerts[name] = state


def states(*, database_works: bool) -> dict[str, str]:
    """The word of each alert; "unknown" where it cannot be found out."""
    return {name: _state(state) if database_works else UNKNOWN for name, state in _alerts.items()}


def _state(state: Callable[[], str]) -> str:
    try:
        return state()
    except (DatabaseError, InterfaceError) as error:
        logger.warning("an alert cannot be found out", error=type(error).__name__)
        return UNKNOWN
