"""What a payment gateway tells us, and the page of the one that is only a sandbox."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.portals.requests import AuthenticatedRequest
from marketplace.procurement.gateways import NoGateway, NotGenuine
from marketplace.procurement.gateways.sandbox import Ticket, notification_of, ticket_of
from marketplace.procurement.services import online

PLAIN = "text/plain; charset=utf-8"


@login_not_required
@csrf_exempt  # it comes from a machine; the gateway's signature says that it is genuine
@require_POST
def notify(request: HttpRequest) -> HttpResponse:
    """Takes a payment of which the gateway tells; "success" is the word that ends its telling."""
    try:
        online.take_notification(body=request.body, headers=request.headers, now=timezone.now())
    except NoGateway as error:
        raise Http404 from error
    except NotGenuine:
        return HttpResponse("not genuine", content_type=PLAIN, status=400)
    return HttpResponse("success", content_type=PLAIN)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def sandbox(request: AuthenticatedRequest, token: str) -> HttpResponse:
    """The sandbox's own page: says what it is, and asks whether to pay. Only where the sandbox is in use."""
    try:
        ticket = ticket_of(token)
    except NotGenuine as error:
        raise Http404 from error
    is_open = ticket.expires_at > timezone.now()
    if request.method == "POST":
        if "pay" in request.POST and is_open:
            tell(ticket)
        return redirect(ticket.return_url)
    return render(request, "portals/shopper/sandbox.html", {"ticket": ticket, "is_open": is_open})


def tell(ticket: Ticket) -> None:
    """What the sandbox does where a real gateway calls `notify`: through the same door."""
    online.take_notification(body=notification_of(ticket), headers={}, now=timezone.now())
