"""The institution's delivery addresses: its members see them, who asks for goods keeps them."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from marketplace.portals.addresses.desk import AddressDesk
from marketplace.portals.buyer.access import BuyerRequest, act_for, members_only
from marketplace.portals.buyer.page import framed


@require_safe
@members_only
def of_current(request: BuyerRequest) -> HttpResponse:
    """Leads to the addresses of the institution that the person acts for: there the address says which."""
    return redirect("buyer:addresses", pk=request.institution.pk)


def desk_of(request: BuyerRequest, pk: int) -> AddressDesk:
    """Where the institution's addresses are kept. Raises Http404: not one of the person's institutions."""
    act_for(request, pk)
    return AddressDesk(
        request,
        request.institution,
        "buyer",
        lambda template, context: framed(request, template, context, section="addresses"),
    )
