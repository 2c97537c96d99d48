"""What every page of the buyers' portal has around it."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.institutions.models import Institution, InstitutionMembership
from marketplace.portals.buyer.access import BuyerRequest, institutions_in
from marketplace.portals.navigation import MenuItem
from marketplace.procurement.queries import requests_to_decide

ROWS = 20
Row = TypeVar("Row", bound=Model)


def menu(section: str, *, to_decide: int) -> list[MenuItem]:
    """The portal's ways, the current one marked, with what waits for the person."""
    ways = [
        ("home", _("To do"), "house", "buyer:home", None),
        ("requests", _("Requests"), "clipboard-check", "buyer:requests", to_decide),
        ("orders", _("Orders"), "truck", "buyer:orders", None),
        ("purchases", _("Purchases"), "receipt-text", "buyer:purchases", None),
        ("baskets", _("Baskets"), "shopping-basket", "buyer:baskets", None),
    ]
    return [
        MenuItem(label=label, url=reverse(view), icon=icon, is_current=name == section, count=count)
        for name, label, icon, view, count in ways
    ]


def buyer_page(
    request: BuyerRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    section: str,
    institution: Institution | None = None,
) -> HttpResponse:
    """A template of this portal inside it; see `framed`."""
    return framed(request, f"portals/buyer/{template}", context, section=section, institution=institution)


def framed(
    request: BuyerRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    section: str,
    institution: Institution | None = None,
) -> HttpResponse:
    """The template inside the portal; with `institution` its name and the person's roles there on top.

    Templates shared with individuals extend `frame`.
    """
    held = [each for each in request.memberships if institution in (None, each.institution)]
    around = {
        "frame": "portals/buyer/base.html",
        "navigation": menu(section, to_decide=requests_to_decide(request.user, timezone.now()).count()),
        "organisation_name": names_of(institutions_in(held)),
        "organisation_note": roles_of(held),
        "has_several": len(request.institutions) > 1,
    }
    return render(request, template, {**around, **context})


def names_of(institutions: list[Institution]) -> str:
    """The one name, or the first with how many there are."""
    first, count = institutions[0].name, len(institutions)
    if count == 1:
        return first
    return ngettext("%(first)s and %(others)d more", "%(first)s and %(others)d more", count - 1) % {
        "first": first,
        "others": count - 1,
    }


def roles_of(memberships: Iterable[InstitutionMembership]) -> str:
    """What the person is there, in the roles' own order."""
    held = {each.role for each in memberships}
    return " · ".join(str(role.label) for role in InstitutionMembership.Role if role in held)


def page_of(request: BuyerRequest, rows: QuerySet[Row]) -> Page[Row]:
    """The page that the address asks for; the nearest there is for nonsense."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))
