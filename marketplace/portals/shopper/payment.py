"""The way to the payment gateway."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from marketplace.portals.requests import AuthenticatedRequest
from marketplace.procurement.gateways import NoGateway
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import online
from marketplace.procurement.services.requests import NotPending


def to_gateway(request: AuthenticatedRequest, asked: PurchaseRequest) -> HttpResponse:
    """To the gateway's page; where there is nothing to pay any more, to the purchase, which says why."""
    page = reverse("shopper:purchase", args=[asked.pk])
    try:
        way = online.start_payment(
            request_id=asked.pk,
            user=request.user,
            return_url=request.build_absolute_uri(page),
            now=timezone.now(),
        )
    except (NotPending, NoGateway) as error:
        messages.error(request, str(error))
        return redirect(page)
    return redirect(way)
