"""A purchase of an individual: it waits for their payment, is paid, or has ended."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.periods import shanghai_day
from marketplace.core.templatetags.formats import cn_date
from marketplace.portals.buying.parts import parts_of_request
from marketplace.portals.buying.rows import row_of
from marketplace.portals.buying.statement import statement_of
from marketplace.portals.buying.words import request_pill
from marketplace.portals.requests import AuthenticatedRequest
from marketplace.portals.shopper.page import shopper_page
from marketplace.portals.shopper.payment import to_gateway
from marketplace.procurement.gateways import gateway_in_use
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.own_purchases import own_request, payments_that_bought_nothing
from marketplace.procurement.services import requests as services
from supplier_villages.regions.queries import path_of

Status = PurchaseRequest.Status


@never_cache
@require_safe
@login_required
def purchase(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What is bought and what it comes to; what can be done about it; what became of the money."""
    asked = found(request, pk)
    now = timezone.now()
    context = {
        "asked": asked,
        "delivery_place": path_of(asked.delivery_region_id),
        "pill": request_pill(asked, now),
        "is_open": asked.status == Status.PENDING and asked.expires_at > now,
        "minutes_left": int((asked.expires_at - now).total_seconds() // 60) + 1,
        "parts": parts_of_request(asked),
        "orders": orders_of(asked),
        "going_back": payments_that_bought_nothing(asked),
        "gateway": gateway_in_use(),
    }
    return shopper_page(request, "portals/shopper/purchase.html", context)


@require_POST
@login_required
def pay(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """To the gateway's page."""
    return to_gateway(request, found(request, pk))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def cancel(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Asks once more, then cancels what is not paid; the goods are free for others."""
    asked = found(request, pk)
    back_url = reverse("shopper:purchase", args=[asked.pk])
    try:
        if request.method == "POST":
            services.withdraw_request(request_id=asked.pk, actor=request.user, now=timezone.now())
            messages.success(request, _("Cancelled. Nothing has been ordered."))
            return redirect(back_url)
        if asked.status != Status.PENDING:
            raise services.NotPending(asked)
    except services.NotPending as error:
        messages.error(request, str(error))
        return redirect(back_url)
    context = {
        "title": _("Cancel this purchase?"),
        "text": _("The reserved goods are free for others. You have not paid anything."),
        "verb": _("Cancel the purchase"),
        "danger": True,
        "back_url": back_url,
    }
    return shopper_page(request, "portals/buying/confirm.html", context)


@require_safe
@login_required
def statement(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The paid purchase's account on paper."""
    asked = found(request, pk)
    if asked.purchase is None:
        raise Http404
    context = {
        "title": _("Statement of what was bought"),
        "document_number": _("No. %(number)s") % {"number": asked.purchase.number},
        "purchase": asked.purchase,
        "statement": statement_of(asked.purchase),
        "signer": request.user.get_full_name(),
        "signed_on": cn_date(shanghai_day(timezone.now())),
        "back_url": reverse("shopper:purchase", args=[asked.pk]),
    }
    return render(request, "documents/statement.html", context)


def found(request: AuthenticatedRequest, pk: int) -> PurchaseRequest:
    """The person's own request. Raises Http404: none, somebody else's, or an institution's."""
    try:
        return own_request(request.user, pk)
    except PurchaseRequest.DoesNotExist as error:
        raise Http404 from error


def orders_of(asked: PurchaseRequest) -> list[object]:
    """The orders that it has become, one per supplier."""
    if asked.purchase is None:
        return []
    orders = asked.purchase.orders.select_related("supplier", "purchase").order_by("number")
    return [row_of(order) for order in orders]
