"""Keeping an address that was typed where goods were asked for."""

from __future__ import annotations

from django.contrib import messages
from django.utils import timezone

from marketplace.institutions.models import Institution
from marketplace.portals.buying.forms import DeliveryForm
from marketplace.portals.requests import AuthenticatedRequest
from marketplace.procurement.services.addresses import BookFull, save_address
from marketplace.procurement.services.delivery import InvalidDelivery


def keep_address(request: AuthenticatedRequest, institution: Institution | None, form: DeliveryForm) -> None:
    """The typed address in the buyer's book, where the form says so; what forbids it is told."""
    if form.chosen is not None or not form.cleaned_data["keep"]:
        return
    try:
        save_address(
            actor=request.user,
            institution=institution,
            destination=form.destination,
            is_default=False,
            now=timezone.now(),
        )
    except (BookFull, InvalidDelivery) as error:
        messages.warning(request, str(error))
