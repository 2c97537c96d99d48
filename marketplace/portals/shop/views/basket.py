"""The basket of a person for one of their institutions, or for themselves."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
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
from marketplace.portals.shop.basket_rows import groups_of, in_order
from marketplace.portals.shop.campaigns import campaign_in
from marketplace.portals.shop.page import buyer_of, product_url
from marketplace.portals.shop.quantities import MOST_DIGITS, WrongQuantity, quantities_in
from marketplace.procurement.gateways import gateway_in_use

if TYPE_CHECKING:
    from collections.abc import Iterable

    from marketplace.accounts.models import User
    from marketplace.portals.requests import AuthenticatedRequest

# More than a phone can show at a time; the totals are those of all lines.
LINES_PER_PAGE = 50


@require_safe
@login_required
def basket(request: AuthenticatedRequest) -> HttpResponse:
    """What is in the basket for an institution or oneself, what it costs and what stands in the way."""
    choices = queries.basket_choices(request.user, Role.REQUESTER)
    # Without a choice the fullest basket: an empty one would look as if everything were lost.
    fullest_first = sorted(choices, key=lambda each: -each.line_count)
    institution = _chosen([each.institution for each in fullest_first], request.GET.get("institution", ""))
    found = queries.open_basket(request.user, institution)
    now = timezone.now()
    lines = queries.priced_lines(found, now) if found else []
    parts = queries.by_supplier(lines)
    page = Paginator(in_order(parts), LINES_PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "portals/shop/basket.html",
        {
            "choices": [(buyer_of(each.institution), each.line_count) for each in choices],
            "buyer": buyer_of(institution),
            "institution": institution,
            "page": page,
            "groups": groups_of(parts, list(page), now) if lines else [],
            "line_count": len(lines),
            "obstacle_count": sum(not priced.is_sellable for priced in lines),
            "goods_total": sum((part.goods_total for part in parts), Decimal(0)),
            "freight_total": sum((part.freight for part in parts), Decimal(0)),
            "total": sum((part.total for part in parts), Decimal(0)),
            "can_pay_online": gateway_in_use() is not None,
            "section": "basket",
        },
    )


@require_POST
@login_required
def basket_set(request: AuthenticatedRequest) -> HttpResponse:
    """Sets the quantities of any number of stock records at once; all of them or none."""
    institution = _chosen([*institutions_of(request.user), None], request.POST.get("institution", "-"))
    try:
        quantities = _wanted(request)
        refusal = _put(request, institution, quantities)
    except WrongQuantity as error:
        messages.error(request, f"{_named(error.typed.items())} {error}")
        return redirect(_back(request, institution))
    except services.NotForSale as error:
        messages.error(request, _not_on_sale(error.stock_record_ids))
        return redirect(_back(request, institution))
    messages.success(request, _("Your basket is up to date."))
    if refusal:
        messages.warning(request, refusal)
    return redirect(_back_to_basket(request, institution))


def _put(request: AuthenticatedRequest, institution: Institution | None, quantities: dict[int, int]) -> str:
    """The quantities set, and why they do not count for the campaign of the page that they came from."""
    who: Any = {"user": request.user, "institution": institution, "quantities": quantities}
    if "product" not in request.POST:
        services.set_quantities(**who, now=timezone.now())
        return ""
    campaign_id = campaign_in(request.POST)
    return services.put_in(**who, campaign_id=campaign_id, now=timezone.now()).refusal


def institutions_of(user: User) -> list[Institution]:
    """The institutions for which the person may ask to buy."""
    return list(Institution.objects.with_role(user, Role.REQUESTER).by_name())


def basket_url(institution: Institution | None) -> str:
    """The address of the basket for this institution, or for oneself."""
    return reverse("shop:basket", query={"institution": buyer_of(institution).key})


def _chosen(buyers: list[Institution | None], key: str) -> Institution | None:
    """Whom was asked for; the first if nobody was.

    Raises:
        Http404: it is not one for whom the person may buy.
    """
    if not key:
        return buyers[0]
    for each in buyers:
        if buyer_of(each).key == key:
            return each
    raise Http404


def _wanted(request: HttpRequest) -> dict[int, int]:
    """A line's button takes out that line alone; from a product's page at least one is wanted."""
    removed = request.POST.get("remove", "")
    if removed:
        return quantities_in({f"quantity-{removed}": "0"})
    return quantities_in(request.POST, least=1 if "product" in request.POST else 0)


def _back(request: HttpRequest, institution: Institution | None) -> str:
    product = request.POST.get("product", "")
    if not (product.isascii() and product.isdecimal() and len(product) <= MOST_DIGITS):
        return _back_to_basket(request, institution)
    return product_url(int(product), campaign_in(request.POST))


def _back_to_basket(request: HttpRequest, institution: Institution | None) -> str:
    """The basket's page from which the form came: the first from anywhere else."""
    query = {"institution": buyer_of(institution).key}
    page = request.POST.get("page", "")
    return reverse("shop:basket", query=query | ({"page": page} if page not in ("", "1") else {}))


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
