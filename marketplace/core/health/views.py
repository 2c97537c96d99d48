"""/health/live and /health/ready."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from marketplace.core.health import alerts, checks


@login_not_required
@never_cache
@require_safe
def live(_request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers at all; needs no dependency."""
    return JsonResponse({"status": "ok"})


@login_not_required
@never_cache
@require_safe
def ready(_request: HttpRequest) -> JsonResponse:
    """200 if every dependency works, else 503; each with "ok" or "failed" and no detail.

    Alerts change nothing of that: they say in a word what a person should look at.
    """
    states = checks.states()
    works = all(states.values())
    words = {name: "ok" if state else "failed" for name, state in states.items()}
    answer = {
        "status": "ok" if works else "failed",
        "checks": words,
        "alerts": alerts.states(database_works=states["database"]),
    }
    return JsonResponse(answer, status=200 if works else 503)
