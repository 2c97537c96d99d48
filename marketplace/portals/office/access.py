"""Who gets into an office's portal."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from marketplace.portals.requests import AuthenticatedRequest
from supplier_villages.offices.models import Office
from supplier_villages.offices.queries import offices_of

P = ParamSpec("P")


class OfficeRequest(AuthenticatedRequest):
    """A request of somebody who works in the office that the address names."""

    office: Office
    has_other_offices: bool


def office_members_only(
    view: Callable[Concatenate[OfficeRequest, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """The view for the office of the region `code`: for who does not work in it, it is not there."""

    @wraps(view)
    def guarded(request: HttpRequest, /, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        known = cast("OfficeRequest", request)
        offices = {office.region_id: office for office in offices_of(request.user)}
        if code not in offices:
            raise Http404
        known.office, known.has_other_offices = offices[code], len(offices) > 1
        return view(known, *args, **kwargs)

    return login_required(guarded)
