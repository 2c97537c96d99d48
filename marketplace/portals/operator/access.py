"""Who gets into the operator's portal."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from marketplace.accounts.permissions import can_operate
from marketplace.portals.requests import AuthenticatedRequest

P = ParamSpec("P")


def staff_only(
    view: Callable[Concatenate[AuthenticatedRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The view for the operator's staff: a stranger is asked to log in, everybody else is refused."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not can_operate(request.user):
            raise PermissionDenied
        return view(cast("AuthenticatedRequest", request), *args, **kwargs)

    return login_required(guarded)
