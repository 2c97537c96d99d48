"""A product: where it comes from, what it costs, who recognised it, and how to buy it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalog.catalogue.queries import CategoryTree, category_tree
from catalog.partner import shelf
from catalog.recognition.models import Recognition
from catalog.recognition.queries import in_force
from marketplace.accounts.models import User
from marketplace.campaigns.claims import Claim, claimed
from marketplace.core.strangers import same_for_strangers
from marketplace.core.templatetags.formats import cn_date, quantity, weight
from marketplace.favourites.queries import is_marked_by
from marketplace.portals.shop.campaigns import campaign_in
from marketplace.portals.shop.page import Buyer, Link, buyer_of
from marketplace.portals.shop.views.basket import institutions_of

if TYPE_CHECKING:
    from datetime import datetime

    from catalog.catalogue.models import Product


@login_not_required
@require_safe
@same_for_strangers
def product(request: HttpRequest, pk: int) -> HttpResponse:
    """A product's page; also of one that is not on sale now, for others have linked to it."""
    now = timezone.now()
    user = request.user if isinstance(request.user, User) else None
    page = shelf.product_page(pk, now, {"is_favourite": is_marked_by(user)} if user else None)
    if page is None:
        raise Http404
    tree = category_tree()
    campaign_id = campaign_in(request.GET)
    claim = _claim(page, campaign_id, now)
    recognitions = in_force([offer.stock_record_id for offer in page.on_sale], now)
    return render(
        request,
        "portals/shop/product.html",
        {
            "page": page,
            "product": page.product,
            "offers": [(offer, _recognition(recognitions, offer.stock_record_id)) for offer in page.on_sale],
            "facts": _facts(page.product),
            "way": _way(page, tree),
            "drawing": tree.drawing_of(page.category_id),
            "buyers": _buyers(request),
            "log_in_url": f"{reverse('account:login')}?next={quote(request.get_full_path())}",
            "campaign_id": campaign_id,
            "claim": claim,
            "section": "products",
        },
    )


def _claim(page: shelf.ProductPage, campaign_id: int | None, now: datetime) -> Claim | None:
    """Which of the offers count for the campaign from whose page the visitor came."""
    if campaign_id is None or not page.on_sale:
        return None
    return claimed(
        campaign_id=campaign_id, stock_record_ids=[each.stock_record_id for each in page.on_sale], now=now
    )


def _buyers(request: HttpRequest) -> list[Buyer]:
    """For whom the visitor may put something into a basket: institutions, then themself; no stranger."""
    if not isinstance(request.user, User):
        return []
    return [buyer_of(each) for each in (*institutions_of(request.user), None)]


def _way(page: shelf.ProductPage, tree: CategoryTree) -> list[Link]:
    above = [
        Link(each.name, reverse("shop:category", args=[each.slug])) for each in tree.way_to(page.category_id)
    ]
    return [Link(_("All products"), reverse("shop:products")), *above, Link(page.product.title)]


def _facts(product: Product) -> list[dict[str, str]]:
    unit = product.get_sale_unit_display()
    facts = {
        _("Sold by"): _("%(unit)s, %(weight)s net")
        % {"unit": unit, "weight": weight(product.net_weight_grams)}
        if product.net_weight_grams
        else unit,
        _("Storage"): product.get_storage_display(),
        _("Shelf life"): _shelf_life(product.shelf_life_days),
        _("Harvest"): _harvest(product.harvest_first_month, product.harvest_last_month),
    }
    return [{"label": label, "value": value} for label, value in facts.items() if value]


def _shelf_life(days: int | None) -> str:
    if not days:
        return ""
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": quantity(days)}


def _harvest(first: int | None, last: int | None) -> str:
    if first is None or last is None:
        return ""
    if (last - first) % 12 == 11:
        return _("all year round")
    if first == last:
        return _("month %(month)d") % {"month": first}
    return _("month %(first)d to month %(last)d") % {"first": first, "last": last}


def _recognition(recognitions: dict[int, dict[str, Any]], stock_record_id: int) -> dict[str, str] | None:
    found = recognitions.get(stock_record_id)
    if found is None:
        return None
    directories = [str(Recognition.Directory(name).label) for name in found["directories"]]
    return {
        "directories": _(", ").join(directories),
        "number": found["number"],
        "until": cn_date(date.fromisoformat(found["valid_until"]) - timedelta(days=1)),
    }
