"""Purchase requests: the list, one of them, and what is decided about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalog.partner import services as stock
from marketplace.core.paging import page_of
from marketplace.core.permissions import require
from marketplace.core.templatetags.formats import fen_cny
from marketplace.portals.buyer.access import BuyerRequest, act_for, members_only
from marketplace.portals.buyer.forms import RejectForm
from marketplace.portals.buyer.page import ROWS, buyer_page, framed
from marketplace.portals.buyer.request_trail import moves_of, trail_of
from marketplace.portals.buying.parts import parts_of_request
from marketplace.portals.buying.words import request_pill
from marketplace.procurement import permissions, queries
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import placing
from marketplace.procurement.services import requests as services
from supplier_villages.regions.queries import path_of

Status = PurchaseRequest.Status
asks_first = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@members_only
def request_list(request: BuyerRequest) -> HttpResponse:
    """The institution's requests, newest first, by status."""
    asked = request.GET.get("status", "")
    status = asked if asked in Status.values else ""
    rows = queries.requests_of(request.user).filter(institution=request.institution)
    page = page_of(request, rows.filter(status=status) if status else rows, ROWS)
    now = timezone.now()
    context = {
        "page": page,
        "rows": [(each, request_pill(each, now)) for each in page],
        "tabs": tabs(status, queries.request_counts(request.institution)),
        "status": status,
    }
    return buyer_page(request, "requests.html", context, section="requests")


def tabs(current: str, counts: Mapping[str, int]) -> list[dict[str, object]]:
    """All, and each status with how many there are."""
    url = reverse("buyer:requests")
    every = {"label": _("All"), "url": url, "is_current": not current, "count": sum(counts.values())}
    return [
        every,
        *(
            {
                "label": status.label,
                "url": f"{url}?status={status.value}",
                "is_current": status == current,
                "count": counts.get(status.value, 0),
            }
            for status in Status
            if status != Status.PAID  # only individuals' are paid
        ),
    ]


@require_safe
@members_only
def request_page(request: BuyerRequest, pk: int) -> HttpResponse:
    """One request: what is asked for, who decided what, and what the person may do."""
    try:
        asked = queries.request_with_lines(request.user, pk)
    except PurchaseRequest.DoesNotExist as error:
        raise Http404 from error
    act_for(request, asked.institution_id)
    now = timezone.now()
    context = {
        "asked": asked,
        "pill": request_pill(asked, now),
        "delivery_place": path_of(asked.delivery_region_id),
        "parts": parts_of_request(asked),
        "trail": trail_of(asked, now),
        "moves": moves_of(request.user, asked, now),
        "is_open": asked.status == Status.PENDING and asked.expires_at > now,
    }
    return buyer_page(request, "request.html", context, section="requests")


@never_cache
@asks_first
@members_only
def approve(request: BuyerRequest, pk: int) -> HttpResponse:
    """Asks once more, then approves: the request becomes a purchase with an order per supplier."""
    asked = own_request(request, pk)
    permissions.require_decider(request.user, asked)
    problems: list[str] = []
    if request.method == "POST":
        try:
            purchase = placing.approve_request(request_id=asked.pk, approver=request.user, now=timezone.now())
        except services.NotPending as error:
            return back(request, asked, str(error))
        except stock.NotSellable as error:
            problems = named(asked, error)
        else:
            messages.success(request, _("Approved. The suppliers have been told."))
            return redirect("buyer:purchase", number=purchase.number)
    elif asked.status != Status.PENDING:
        return back(request, asked, str(services.NotPending(asked)))
    context = {
        "title": _("Approve this request?"),
        "text": _("One order goes to each supplier, %(total)s together. This cannot be taken back.")
        % {"total": fen_cny(asked.total_fen)},
        "verb": _("Approve"),
        "problems": problems,
        "remedy": _("Reject the request with this reason, so that the requester can change it."),
        "back_url": reverse("buyer:request", args=[asked.pk]),
    }
    return confirm_page(request, context)


def named(asked: PurchaseRequest, error: stock.NotSellable) -> list[str]:
    """Each line that can no longer be had, by its title."""
    failures = error.by_stock_record
    return [
        f"{line.title}{_(': ')}{failures[line.stock_record_id].message}"
        for line in asked.lines.order_by("pk")
        if line.stock_record_id in failures
    ]


@never_cache
@asks_first
@members_only
def reject(request: BuyerRequest, pk: int) -> HttpResponse:
    """Asks why, then rejects; the requester reads the reason, and the stock is free again."""
    asked = own_request(request, pk)
    permissions.require_decider(request.user, asked)
    form = RejectForm(request.POST or None)
    if asked.status != Status.PENDING:
        return back(request, asked, str(services.NotPending(asked)))
    if request.method == "POST" and form.is_valid():
        try:
            services.reject_request(
                request_id=asked.pk,
                approver=request.user,
                reason=form.cleaned_data["reason"],
                now=timezone.now(),
            )
        except services.NotPending as error:
            return back(request, asked, str(error))
        messages.success(request, _("Rejected. The requester reads the reason; the stock is free again."))
        return redirect("buyer:request", pk=asked.pk)
    context = {"asked": asked, "form": form}
    return buyer_page(request, "reject.html", context, section="requests")


@never_cache
@asks_first
@members_only
def withdraw(request: BuyerRequest, pk: int) -> HttpResponse:
    """Asks once more, then takes the request back; the stock is free again."""
    asked = own_request(request, pk)
    require(allowed=permissions.can_withdraw(request.user, asked))
    if asked.status != Status.PENDING:
        return back(request, asked, str(services.NotPending(asked)))
    if request.method == "POST":
        try:
            services.withdraw_request(request_id=asked.pk, actor=request.user, now=timezone.now())
        except services.NotPending as error:
            return back(request, asked, str(error))
        messages.success(request, _("Withdrawn. The stock is free again."))
        return redirect("buyer:request", pk=asked.pk)
    context = {
        "title": _("Withdraw this request?"),
        "text": _("Nobody can approve it any more, and the reserved goods are free for others."),
        "verb": _("Withdraw"),
        "danger": True,
        "back_url": reverse("buyer:request", args=[asked.pk]),
    }
    return confirm_page(request, context)


def confirm_page(request: BuyerRequest, context: Mapping[str, Any]) -> HttpResponse:
    """The question before something is done with a request."""
    return framed(request, "portals/buying/confirm.html", context, section="requests")


def own_request(request: BuyerRequest, pk: int) -> PurchaseRequest:
    """The request to do something about; the page is then its institution's.

    Raises:
        Http404: none, or another institution's.
    """
    asked: PurchaseRequest = get_object_or_404(queries.requests_of(request.user), pk=pk)
    act_for(request, asked.institution_id)
    return asked


def back(request: BuyerRequest, asked: PurchaseRequest, problem: str) -> HttpResponse:
    """To the request's page, which shows its present state, with what was in the way."""
    messages.error(request, problem)
    return redirect("buyer:request", pk=asked.pk)
