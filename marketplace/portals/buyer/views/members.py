"""Who belongs to the institution: its head sees and changes it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from marketplace.portals.buyer.access import BuyerRequest, act_for, members_only, require_head
from marketplace.portals.buyer.page import around
from marketplace.portals.members.desk import MemberDesk
from marketplace.portals.members.rosters import InstitutionRoster


@require_safe
@members_only
def of_current(request: BuyerRequest) -> HttpResponse:
    """Leads to the members of the institution that the person acts for: there the address says which."""
    require_head(request)
    return redirect("buyer:members", pk=request.institution.pk)


@require_safe
@members_only
def member_list(request: BuyerRequest, pk: int) -> HttpResponse:
    """Everybody who belongs to the institution."""
    return desk_of(request, pk).page(request, "list.html", {})


def desk_of(request: BuyerRequest, pk: int) -> MemberDesk:
    """Where a head manages the institution's members.

    Raises:
        Http404: not one of the person's institutions.
        PermissionDenied: the person is no head of it.
    """
    act_for(request, pk)
    require_head(request)
    return MemberDesk(
        roster=InstitutionRoster(request.institution),
        pk=pk,
        name=request.institution.name,
        prefix="buyer:",
        list_url=reverse("buyer:members", args=[pk]),
        frame=around(request, "members"),
    )
