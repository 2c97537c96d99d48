"""Submitting an institution's basket for approval."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.basket.queries import PricedLine, open_basket, priced_lines
from marketplace.core.permissions import require
from marketplace.institutions.models import Institution
from marketplace.portals.addresses.keeping import keep_address
from marketplace.portals.buyer.access import BuyerRequest, act_for, members_only
from marketplace.portals.buyer.forms import SubmitForm
from marketplace.portals.buyer.page import buyer_page
from marketplace.portals.buying.forms import REFUSALS, delivery_of
from marketplace.portals.buying.parts import parts_of_basket, sums_of
from marketplace.procurement import permissions
from marketplace.procurement.address_books import book_of
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.queries import last_request
from marketplace.procurement.services import requests as services


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def submit(request: BuyerRequest, institution_pk: int | None = None) -> HttpResponse:
    """Asks where to and what for, shows what it comes to, and sends the basket to the approvers.

    The address says whose basket, where the person has several institutions: never the one looked at last.
    """
    if institution_pk is None and len(request.memberships) > 1:
        return redirect("buyer:baskets")
    if institution_pk is not None:
        act_for(request, institution_pk)
    institution = request.institution
    require(allowed=permissions.can_submit(request.user, institution))
    initial = delivery_of(last_request(request.user, institution))
    form = SubmitForm(request.POST or None, initial=initial, book=book_of(request.user, institution))
    problems: Mapping[int, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            return submitted(request, send(request, institution, form))
        except services.EmptyBasket as error:
            messages.error(request, str(error))
            return redirect("buyer:baskets")
        except REFUSALS as error:
            problems = form.add_refusal(error)
    return submit_page(request, institution, form, problems)


def send(request: BuyerRequest, institution: Institution, form: SubmitForm) -> PurchaseRequest:
    """The request that the service makes of the basket and the form."""
    made = services.submit_request(
        user=request.user,
        institution=institution,
        key=form.cleaned_data["key"],
        delivery=form.delivery,
        now=timezone.now(),
        seen_fen=form.cleaned_data["seen_fen"],
    )
    keep_address(request, institution, form)
    return made


def submit_page(
    request: BuyerRequest, institution: Institution, form: SubmitForm, problems: Mapping[int, str]
) -> HttpResponse:
    """The form beside what is asked for; a line that cannot be had is named, with the remedy."""
    lines = basket_lines(request, institution)
    for line in lines:
        if problem := problems.get(line.line.stockrecord_id):
            form.add_error(None, line_problem(line.line.product.title, problem))
    parts = parts_of_basket(lines, problems)
    sums = sums_of(parts)
    form.initial["seen_fen"] = sums["total_fen"]
    context = {
        "form": form,
        "institution": institution,
        "parts": parts,
        **sums,
        "hours": settings.RESERVATION_HOURS,
    }
    return buyer_page(request, "submit.html", context, section="baskets")


def basket_lines(request: BuyerRequest, institution: Institution) -> list[PricedLine]:
    """What the basket holds, at the prices of this moment."""
    basket = open_basket(request.user, institution)
    return priced_lines(basket, timezone.now()) if basket else []


def line_problem(title: str, problem: str) -> str:
    """Names the line, and what to do about it."""
    return _("%(title)s: %(problem)s Change it in the basket and submit again.") % {
        "title": title,
        "problem": problem,
    }


def submitted(request: BuyerRequest, made: PurchaseRequest) -> HttpResponse:
    """On to the request, saying what comes next."""
    messages.success(
        request,
        _("Submitted. The goods are reserved for %(hours)d hours while an approver decides.")
        % {"hours": settings.RESERVATION_HOURS},
    )
    return redirect("buyer:request", pk=made.pk)
