"""Checking out what an individual has in their own basket, and on to the payment."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.accounts.models import User
from marketplace.basket.queries import open_basket, priced_lines
from marketplace.portals.addresses.keeping import keep_address
from marketplace.portals.buying.forms import REFUSALS, DeliveryForm, delivery_of
from marketplace.portals.buying.parts import parts_of_basket, sums_of
from marketplace.portals.requests import AuthenticatedRequest
from marketplace.portals.shop.views.basket import basket_url
from marketplace.portals.shopper.page import shopper_page
from marketplace.portals.shopper.payment import to_gateway
from marketplace.procurement.address_books import book_of
from marketplace.procurement.gateways import gateway_in_use
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.queries import last_request
from marketplace.procurement.services import requests as services


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def check_out(request: AuthenticatedRequest) -> HttpResponse:
    """Asks where to, shows what it comes to, reserves the goods and leads to the payment."""
    form = DeliveryForm(
        request.POST or None, initial=initial_of(request.user), book=book_of(request.user, None)
    )
    problems: Mapping[int, str] = {}
    if request.method == "POST" and form.is_valid():
        try:
            return to_gateway(request, ordered(request, form))
        except services.EmptyBasket as error:
            messages.error(request, str(error))
            return redirect(basket_url(None))
        except REFUSALS as error:
            problems = form.add_refusal(error)
    return checkout_page(request, form, problems)


def ordered(request: AuthenticatedRequest, form: DeliveryForm) -> PurchaseRequest:
    """The request that the service makes of the basket and the form."""
    made = services.check_out(
        user=request.user,
        key=form.cleaned_data["key"],
        delivery=form.delivery,
        now=timezone.now(),
        seen_fen=form.cleaned_data["seen_fen"],
    )
    keep_address(request, None, form)
    return made


def checkout_page(
    request: AuthenticatedRequest, form: DeliveryForm, problems: Mapping[int, str]
) -> HttpResponse:
    """The form beside what is bought; a line that cannot be had is named, with the remedy."""
    basket = open_basket(request.user, None)
    lines = priced_lines(basket, timezone.now()) if basket else []
    for line in lines:
        if problem := problems.get(line.line.stockrecord_id):
            words = {"title": line.line.product.title, "problem": problem}
            form.add_error(None, _("%(title)s: %(problem)s Change it in the basket.") % words)
    parts = parts_of_basket(lines, problems)
    sums = sums_of(parts)
    form.initial["seen_fen"] = sums["total_fen"]
    context = {
        "form": form,
        "parts": parts,
        **sums,
        "minutes": settings.PAYMENT_MINUTES,
        "gateway": gateway_in_use(),
        "basket_url": basket_url(None),
        "section": "basket",
    }
    return shopper_page(request, "portals/shopper/checkout.html", context)


def initial_of(user: User) -> dict[str, object]:
    """Where the last purchase went; at the first, the person themself."""
    last = last_request(user, None)
    return delivery_of(last) if last else {"recipient": user.get_full_name(), "recipient_phone": user.phone}
