"""Who gets into the buyers' portal."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from marketplace.institutions.models import Institution, InstitutionMembership
from marketplace.institutions.queries import memberships_of
from marketplace.portals.requests import AuthenticatedRequest

P = ParamSpec("P")


class BuyerRequest(AuthenticatedRequest):
    """What a view gets behind `members_only`: memberships, never none, and institutions."""

    memberships: list[InstitutionMembership]
    institutions: list[Institution]


def institutions_in(memberships: list[InstitutionMembership]) -> list[Institution]:
    """Each institution once, in the memberships' order."""
    return list({each.institution_id: each.institution for each in memberships}.values())


def members_only(
    view: Callable[Concatenate[BuyerRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """The view for members of an institution: a stranger is asked to log in, everybody else is refused."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        member = cast("BuyerRequest", request)
        member.memberships = memberships_of(member.user)
        if not member.memberships:
            raise PermissionDenied(_("You are not a member of an institution."))
        member.institutions = institutions_in(member.memberships)
        return view(member, *args, **kwargs)

    return login_required(guarded)
