"""What a locked-out person sees: how long to wait, and the other way in."""

import math
from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from marketplace.accounts.lockout import locked_until


def locked_out(
    request: HttpRequest, _original: HttpResponse | None, credentials: Mapping[str, str] | None
) -> HttpResponse:
    """The lock page with the minutes to wait, as 429; called by django-axes."""
    until = locked_until(request, credentials)
    seconds = max(1, math.ceil((until - timezone.now()).total_seconds())) if until else 1
    response = render(
        request, "portals/account/locked.html", {"minutes": math.ceil(seconds / 60)}, status=429
    )
    response["Retry-After"] = str(seconds)
    return response
