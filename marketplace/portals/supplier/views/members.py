"""Who acts for the supplier: its head sees and changes it."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from marketplace.portals.members.desk import MemberDesk
from marketplace.portals.members.rosters import SupplierRoster
from marketplace.portals.supplier.access import SupplierRequest, act_for, members_only, require_head
from marketplace.portals.supplier.page import around


@require_safe
@members_only
def of_current(request: SupplierRequest) -> HttpResponse:
    """Leads to the members of the supplier that the person acts for: there the address says which."""
    require_head(request)
    return redirect("supplier:members", pk=request.supplier.pk)


@require_safe
@members_only
def member_list(request: SupplierRequest, pk: int) -> HttpResponse:
    """Everybody who acts for the supplier."""
    return desk_of(request, pk).page(request, "list.html", {})


def desk_of(request: SupplierRequest, pk: int) -> MemberDesk:
    """Where a head manages the supplier's members.

    Raises:
        Http404: not one of the person's suppliers.
        PermissionDenied: the person is no head of it.
    """
    act_for(request, pk)
    require_head(request)
    return MemberDesk(
        roster=SupplierRoster(request.supplier),
        pk=pk,
        name=request.supplier.name,
        prefix="supplier:",
        list_url=reverse("supplier:members", args=[pk]),
        frame=around(request, "members"),
    )
