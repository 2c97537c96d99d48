"""/health."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_noop as _
from ninja import Router
from ninja.responses import Status

from marketplace.api.schemas.health import HealthOut
from marketplace.core.health import checks

router = Router(tags=[_("Health")])


@router.get("", response={200: HealthOut, 503: HealthOut}, summary=_("Whether the site works"))
def health(request: HttpRequest) -> Status[HealthOut]:
    """200 if every dependency works, else 503."""
    states = checks.states()
    works = all(states.values())
    answer = HealthOut(
        status="ok" if works else "failed",
        checks={name: "ok" if state else "failed" for name, state in states.items()},
    )
    return Status(200 if works else 503, answer)
