"""Who gets into the buyers' portal, and for which institution they act there."""

from collections.abc import Callable
from functools import wraps
from itertools import groupby
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from marketplace.core.permissions import require
from marketplace.institutions.models import Institution, InstitutionMembership
from marketplace.institutions.queries import memberships_of
from marketplace.portals import acting
from marketplace.portals.requests import AuthenticatedRequest

P = ParamSpec("P")
KIND = "institution"


class BuyerRequest(AuthenticatedRequest):
    """What a view gets behind `members_only`: the person's institutions, and the one that they act for.

    `memberships` are their roles there, by the institution's id; never none.
    """

    memberships: dict[int, list[InstitutionMembership]]
    institution: Institution


def members_only(
    view: Callable[Concatenate[BuyerRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The view for members of an institution: a stranger is asked to log in, everybody else is refused.

    A view of one institution's object says so by `act_for`; the next list is then that institution's.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        member = cast("BuyerRequest", request)
        member.memberships = {
            pk: list(roles)
            for pk, roles in groupby(memberships_of(member.user), lambda each: each.institution_id)
        }
        if not member.memberships:
            raise PermissionDenied(_("You are not a member of an institution."))
        act_for(member, acting.chosen(request, KIND, list(member.memberships)))
        response = view(member, *args, **kwargs)
        if len(member.memberships) > 1:
            acting.remember(request, response, KIND, member.institution.pk)
        return response

    return login_required(guarded)


def act_for(request: BuyerRequest, institution_id: int | None) -> None:
    """From here on the request is about this institution.

    Raises:
        Http404: the person is no member of it.
    """
    if institution_id not in request.memberships:
        raise Http404
    request.institution = request.memberships[institution_id][0].institution


def has_role(request: BuyerRequest, role: InstitutionMembership.Role) -> bool:
    """Whether the person holds the role in the institution that the request is about."""
    return any(each.role == role for each in request.memberships[request.institution.pk])


def require_head(request: BuyerRequest) -> None:
    """Goes on only for a head of the institution. Raises PermissionDenied."""
    require(allowed=has_role(request, InstitutionMembership.Role.HEAD))
