"""What is on sale, narrowed by category, county, time left and words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from catalog.catalogue.queries import CategoryTree, category_tree
from catalog.partner import shelf
from marketplace.core.paging import page_of, rows_of
from marketplace.core.strangers import same_for_strangers
from marketplace.portals.shop.forms import FilterForm
from marketplace.portals.shop.page import Link
from supplier_villages.regions.codes import is_code
from supplier_villages.regions.models import Region

if TYPE_CHECKING:
    from datetime import datetime

    from catalog.partner.querysets import StockRecordQuerySet

PAGE_SIZE = 24
FILTERS = ("q", "category", "county", "within")


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter that is set, and the address of the list without it."""

    label: str
    remove_url: str


@login_not_required
@require_safe
@same_for_strangers
def products(request: HttpRequest) -> HttpResponse:
    """All that is on sale."""
    now = timezone.now()
    tree, form = _form(request, now)
    return _listing(request, tree, form, now, title=_title(form), section="products")


@login_not_required
@require_safe
@same_for_strangers
def category(request: HttpRequest, slug: str) -> HttpResponse:
    """What is on sale in a category and those below it."""
    now = timezone.now()
    tree, form = _form(request, now)
    entry = tree.by_slug(slug)
    if entry is None:
        raise Http404
    form.preset("category", str(entry.pk), entry.name)
    above = [Link(each.name, reverse("shop:category", args=[each.slug])) for each in tree.way_to(entry.pk)]
    way = [Link(_("All products"), reverse("shop:products")), *above]
    return _listing(request, tree, form, now, title=entry.name, section="products", way=way)


@login_not_required
@require_safe
@same_for_strangers
def county(request: HttpRequest, code: str) -> HttpResponse:
    """What is on sale from the villages of a county (or of a whole city or province)."""
    if not (is_code(code) and len(code) == 6):
        raise Http404
    region = get_object_or_404(Region.objects.select_related("parent__parent"), pk=code)
    now = timezone.now()
    tree, form = _form(request, now)
    form.preset("county", region.pk, region.name)
    way = [Link(_("County halls"), reverse("shop:county_halls")), Link(region.name)]
    return _listing(
        request, tree, form, now, title=region.name, section="county", way=way, above=region.path_above
    )


@login_not_required
@require_safe
@same_for_strangers
def county_halls(request: HttpRequest) -> HttpResponse:
    """The counties with goods on sale, most weight first."""
    context = {"counties": shelf.counties_on_sale(timezone.now()), "section": "county"}
    return render(request, "portals/shop/county_halls.html", context)


def _form(request: HttpRequest, now: datetime) -> tuple[CategoryTree, FilterForm]:
    tree = category_tree()
    return tree, FilterForm(request.GET, tree, shelf.counties_on_sale(now))


def _listing(
    request: HttpRequest, tree: CategoryTree, form: FilterForm, now: datetime, **context: object
) -> HttpResponse:
    page = page_of(request, _records(tree, form, now), PAGE_SIZE)
    return render(
        request,
        "portals/shop/listing.html",
        {
            "form": form,
            "page": page,
            "cards": shelf.cards(rows_of(page), tree, now),
            "active": _active(form),
            "query": form.chosen["q"],
            **context,
        },
    )


def _records(tree: CategoryTree, form: FilterForm, now: datetime) -> StockRecordQuerySet:
    chosen = form.chosen
    records = shelf.matching(shelf.on_sale(now), chosen["q"])
    entry = tree.get(int(chosen["category"])) if chosen["category"] else None
    if entry:
        records = shelf.of_categories(records, tree.keys_within(entry))
    if chosen["county"]:
        records = shelf.from_region(records, chosen["county"])
    if chosen["within"]:
        records = shelf.ending_within(records, int(chosen["within"]), now)
    return shelf.in_order(records, shelf.Sort(chosen["sort"] or shelf.Sort.SOONEST))


def _active(form: FilterForm) -> list[ActiveFilter]:
    return [
        ActiveFilter(form.chosen[name] if name == "q" else form.label_of(name), _without(form, name))
        for name in FILTERS
        if form.chosen[name]
    ]


def _without(form: FilterForm, name: str) -> str:
    """The list of everything with the other filters only; the page begins again at the first."""
    kept = {key: value for key, value in form.chosen.items() if value and key != name}
    return reverse("shop:products", query=kept or None)


def _title(form: FilterForm) -> str:
    text = form.chosen["q"]
    return _("Results for “%(text)s”") % {"text": text} if text else _("All products")
