"""What every page of the suppliers' portal has around it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from catalog.partner.models import SupplierMembership
from marketplace.portals.navigation import MenuItem, Organisation, supplier_url
from marketplace.portals.supplier.access import SupplierRequest

ROWS = 20


def menu(membership: SupplierMembership, section: str) -> list[MenuItem]:
    """The portal's ways for this member, the current one marked."""
    ways = [
        ("home", _("To do now"), "clipboard-list", "supplier:home", True),
        ("offers", _("My goods"), "sprout", "supplier:offers", membership.handles_goods),
        ("orders", _("My orders"), "package", "supplier:orders", True),
        ("members", _("Members"), "users", "supplier:members_of_current", membership.is_head),
        ("details", _("Our details"), "file-text", "supplier:details_of_current", membership.is_head),
    ]
    return [
        MenuItem(label=label, url=reverse(view), icon=icon, is_current=name == section)
        for name, label, icon, view, is_open in ways
        if is_open
    ]


def around(request: SupplierRequest, section: str) -> dict[str, Any]:
    """What stands around every page: the ways, the supplier that the person acts for, and the others."""
    return {
        "navigation": menu(request.membership, section),
        "organisation_name": request.supplier.name,
        "organisation_note": request.membership.get_role_display(),
        "organisations": [
            Organisation(
                name=each.partner.name,
                note=each.get_role_display(),
                url=supplier_url(each.partner_id),
                is_current=each.partner_id == request.supplier.pk,
            )
            for each in request.memberships
        ],
    }


def supplier_page(
    request: SupplierRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    section: str,
    status: int = 200,
) -> HttpResponse:
    """The template inside the portal, with `section` marked in its menu."""
    return render(
        request, f"portals/supplier/{template}", {**around(request, section), **context}, status=status
    )


def posted(request: SupplierRequest) -> QueryDict | None:
    """What was sent, for a form to be bound to; None when the page is only looked at."""
    return request.POST if request.method == "POST" else None
