"""Who gets into the suppliers' portal, and for which supplier they act there."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from catalog.partner.models import Partner, SupplierMembership
from catalog.partner.queries import memberships_of
from marketplace.core.permissions import require
from marketplace.portals import acting
from marketplace.portals.requests import AuthenticatedRequest

P = ParamSpec("P")
KIND = "supplier"


class SupplierRequest(AuthenticatedRequest):
    """What a view gets behind `members_only`: all the person's memberships, and the one that they act by."""

    memberships: list[SupplierMembership]
    membership: SupplierMembership
    supplier: Partner


def members_only(
    view: Callable[Concatenate[SupplierRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The view for members of a supplier: a stranger is asked to log in, everybody else is refused.

    A view of one supplier's object says so by `act_for`; the next list is then that supplier's.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        member = cast("SupplierRequest", request)
        member.memberships = memberships_of(member.user)
        if not member.memberships:
            raise PermissionDenied(_("You are not a member of a supplier."))
        own = [each.partner_id for each in member.memberships]
        act_for(member, acting.chosen(request, KIND, own))
        response = view(member, *args, **kwargs)
        if len(member.memberships) > 1:
            acting.remember(request, response, KIND, member.supplier.pk)
        return response

    return login_required(guarded)


def act_for(request: SupplierRequest, supplier_id: int) -> None:
    """From here on the request is about this supplier.

    Raises:
        Http404: the person is no member of it.
    """
    found = next((each for each in request.memberships if each.partner_id == supplier_id), None)
    if found is None:
        raise Http404
    request.membership, request.supplier = found, found.partner


def require_goods(request: SupplierRequest) -> None:
    """Goes on only for who lists and ships for the supplier. Raises PermissionDenied."""
    require(allowed=request.membership.handles_goods)


def require_head(request: SupplierRequest) -> None:
    """Goes on only for a head of the supplier. Raises PermissionDenied."""
    require(allowed=request.membership.is_head)
