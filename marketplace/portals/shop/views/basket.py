"""The basket of a person for one of their institutions."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.partner.models import StockRecord
from marketplace.basket import queries, services
from marketplace.institutions.models import Institution
from marketplace.institutions.permissions import Role
from marketplace.portals.shop.basket_rows import groups_of
from marketplace.portals.shop.quantities import WrongQuantity, quantities_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marketplace.accounts.models import User
    from marketplace.portals.requests import AuthenticatedRequest


@require_safe
@login_required
def basket(request: AuthenticatedRequest) -> HttpResponse:
    """What is in the basket for an institution, what it costs and what stands in the way of buying it."""
    choices = queries.institutions_with_lines(request.user, Role.REQUESTER)
    # Without a choice the fullest basket: an empty one would look as if everything were lost.
    choices_by_need = sorted(choices, key=lambda each: -each.line_count)
    chosen = _chosen([each.institution for each in choices_by_need], request.GET.get("institution", ""))
    found = queries.open_basket(request.user, chosen) if chosen else None
    lines = queries.priced_lines(found, timezone.now()) if found else []
    groups = groups_of(lines) if lines else []
    return render(
        request,
        "portals/shop/basket.html",
        {
            "choices": choices,
            "institution": chosen,
            "groups": groups,
            "line_count": len(lines),
            "obstacle_count": sum(not priced.is_sellable for priced in lines),
            "goods_total": sum((group.totals.goods_total for group in groups), Decimal(0)),
            "freight_total": sum((group.totals.freight for group in groups), Decimal(0)),
            "total": sum((group.totals.total for group in groups), Decimal(0)),
            "section": "basket",
        },
    )


@require_POST
@login_required
def basket_set(request: AuthenticatedRequest) -> HttpResponse:
    """Sets the quantities of any number of stock records at once; all of them or none."""
    institution = _chosen(institutions_of(request.user), request.POST.get("institution", "-"))
    if institution is None:
        raise Http404
    try:
        quantities = _wanted(request)
        services.set_quantities(
            user=request.user, institution=institution, quantities=quantities, now=timezone.now()
        )
    except WrongQuantity as error:
        messages.error(request, f"{_named(error.typed.items())} {error}")
        return redirect(_back(request, institution))
    except services.NotForSale as error:
        messages.error(request, _not_on_sale(error.stock_record_ids))
        return redirect(_back(request, institution))
    messages.success(request, _("Your basket is up to date."))
    return redirect(basket_url(institution))


def institutions_of(user: User) -> list[Institution]:
    """The institutions for which the person may ask to buy."""
    return list(Institution.objects.with_role(user, Role.REQUESTER).by_name())


def basket_url(institution: Institution) -> str:
    """The address of the basket for this institution."""
    return reverse("shop:basket", query={"institution": institution.pk})


def _chosen(institutions: list[Institution], pk: str) -> Institution | None:
    """The institution that was asked for; the first if none was.

    Raises:
        Http404: it is not one of the person's.
    """
    if not pk:
        return institutions[0] if institutions else None
    for institution in institutions:
        if str(institution.pk) == pk:
            return institution
    raise Http404


def _wanted(request: HttpRequest) -> dict[int, int]:
    """A line's button takes out that line alone; from a product's page at least one is wanted."""
    removed = request.POST.get("remove", "")
    if removed:
        return quantities_in({f"quantity-{removed}": "0"})
    return quantities_in(request.POST, least=1 if "product" in request.POST else 0)


def _back(request: HttpRequest, institution: Institution) -> str:
    product = request.POST.get("product", "")
    if product.isascii() and product.isdecimal():
        return reverse("shop:product", args=[int(product)])
    return basket_url(institution)


def _named(typed: Iterable[tuple[int, str]]) -> str:
    """Each line's name with what was typed into it."""
    wrong = dict(typed)
    titles = _titles(wrong)
    return " ".join(
        _("%(product)s: “%(typed)s” is no quantity.") % {"product": titles.get(pk, pk), "typed": text[:20]}
        for pk, text in wrong.items()
    )


def _not_on_sale(stock_record_ids: list[int]) -> str:
    titles = _titles(stock_record_ids)
    names = _(", ").join(titles.get(pk, str(pk)) for pk in stock_record_ids)
    return _("Not on sale now: %(products)s. Nothing was changed; take these out and try again.") % {
        "products": names
    }


def _titles(stock_record_ids: Iterable[int]) -> dict[int, str]:
    records = StockRecord.objects.filter(pk__in=list(stock_record_ids))
    return dict(records.values_list("pk", "product__title"))
