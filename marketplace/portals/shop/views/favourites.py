"""A person's favourites: the page, marking a product, taking the mark away."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.catalogue.models import Product
from marketplace.basket.queries import basket_choices
from marketplace.favourites import services
from marketplace.favourites.queries import marked_products
from marketplace.institutions.permissions import Role
from marketplace.portals.requests import AuthenticatedRequest
from marketplace.portals.shop.campaigns import campaign_in
from marketplace.portals.shop.favourites import favourites
from marketplace.portals.shop.page import buyer_of, product_url

PAGE_SIZE = 24


@never_cache
@require_safe
@login_required
def favourite_list(request: AuthenticatedRequest) -> HttpResponse:
    """The marked products, the last marked first."""
    page = Paginator(marked_products(request.user), PAGE_SIZE).get_page(request.GET.get("page"))
    buyers = [buyer_of(each.institution) for each in basket_choices(request.user, Role.REQUESTER)]
    # Favourites are the person's own: so is the basket, unless they say otherwise.
    named = (each for each in buyers if each.key == request.GET.get("institution"))
    context = {
        "page": page,
        "favourites": favourites(list(page.object_list), timezone.now()),
        "buyers": buyers,
        "buyer": next(named, buyers[-1]),
        "section": "account",
    }
    return render(request, "portals/shop/favourites.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def favourite_add(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Marks the product; who had to log in first is asked once more."""
    product = Product.objects.filter(pk=pk, is_public=True).first()
    if product is None:
        raise Http404
    if request.method != "POST":
        campaign_id = campaign_in(request.GET)
        context = {
            "product": product,
            "campaign_id": campaign_id,
            "back_url": product_url(pk, campaign_id),
            "section": "products",
        }
        return render(request, "portals/shop/favourite.html", context)
    try:
        services.mark(user=request.user, product_id=pk)
    except services.TooManyFavourites as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Marked. You find it under “My favourites”."))
    return redirect(product_url(pk, campaign_in(request.POST)))


@require_POST
@login_required
def favourite_remove(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Takes the mark away, from the list or from the product's own page."""
    services.unmark(user=request.user, product_id=pk)
    messages.success(request, _("No favourite any more."))
    if "list" in request.POST:
        return redirect("shop:favourites")
    return redirect(product_url(pk, campaign_in(request.POST)))
