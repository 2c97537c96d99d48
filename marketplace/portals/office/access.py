"""Who gets into an office's portal."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from marketplace.portals.requests import AuthenticatedRequest
from supplier_villages.offices.models import Office
from supplier_villages.offices.queries import offices_of

P = ParamSpec("P")


class OfficeRequest(AuthenticatedRequest):
    """A request of somebody who works in the office that the address names, and perhaps in others."""

    office: Office
    offices: list[Office]


def office_members_only(
    view: Callable[Concatenate[OfficeRequest, P], HttpResponseBase],
) -> Callable[..., HttpResponseBase]:
    """The view for the office of the region `code`: for who does not work in it, it is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, /, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        known = cast("OfficeRequest", request)
        known.offices = list(offices_of(request.user))
        found = next((office for office in known.offices if office.region_id == code), None)
        if found is None:
            raise Http404
        known.office = found
        return view(known, *args, **kwargs)

    return login_required(guarded)
