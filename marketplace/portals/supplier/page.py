"""What every page of the suppliers' portal has around it."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from marketplace.portals.navigation import MenuItem
from marketplace.portals.supplier.access import SupplierRequest

ROWS = 20
Row = TypeVar("Row", bound=Model)


def menu(section: str) -> list[MenuItem]:
    """The portal's ways, the current one marked."""
    ways = [
        ("home", _("To do now"), "clipboard-list", "supplier:home"),
        ("offers", _("My goods"), "sprout", "supplier:offers"),
        ("orders", _("My orders"), "package", "supplier:orders"),
    ]
    return [
        MenuItem(label=label, url=reverse(view), icon=icon, is_current=name == section)
        for name, label, icon, view in ways
    ]


def supplier_page(
    request: SupplierRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    section: str,
    status: int = 200,
) -> HttpResponse:
    """The template inside the portal, with `section` marked in its menu."""
    frame = {
        "navigation": menu(section),
        "organisation_name": "、".join(each.partner.name for each in request.memberships),
        "organisation_note": " · ".join(sorted({each.get_role_display() for each in request.memberships})),
    }
    return render(request, f"portals/supplier/{template}", {**frame, **context}, status=status)


def posted(request: SupplierRequest) -> QueryDict | None:
    """What was sent, for a form to be bound to; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None


def page_of(request: SupplierRequest, rows: QuerySet[Row]) -> Page[Row]:
    """The page that the address asks for; the nearest there is for nonsense."""
    return Paginator(rows, ROWS).get_page(request.GET.get("page"))
