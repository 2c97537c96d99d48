"""Who gets into the suppliers' portal."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.partner.models import SupplierMembership
from catalog.partner.queries import memberships_of
from marketplace.portals.requests import AuthenticatedRequest

P = ParamSpec("P")


class SupplierRequest(AuthenticatedRequest):
    """What a view gets behind `members_only`: the person and their memberships, never none."""

    memberships: list[SupplierMembership]


def members_only(
    view: Callable[Concatenate[SupplierRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The view for members of a supplier: a stranger is asked to log in, everybody else is refused."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        member = cast("SupplierRequest", request)
        member.memberships = memberships_of(member.user)
        if not member.memberships:
            raise PermissionDenied(_("You are not a member of a supplier."))
        return view(member, *args, **kwargs)

    return login_required(guarded)
