"""What every page of the operator's portal has around it."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from marketplace.outbox.queries import set_aside_count
from marketplace.portals.navigation import MenuItem
from marketplace.portals.requests import AuthenticatedRequest

ROWS = 30


def menu(section: str) -> list[MenuItem]:
    """The portal's ways, the current one marked, with how many messages could not leave; one query."""
    ways = [
        ("users", _("Users"), "users", "operator:users"),
        ("offices", _("Offices"), "landmark", "operator:offices"),
        ("suppliers", _("Suppliers"), "sprout", "operator:suppliers"),
        ("institutions", _("Institutions"), "building-2", "operator:institutions"),
        ("audit", _("Audit trail"), "history", "operator:audit"),
        ("outbox", _("Outgoing messages"), "bell", "operator:outbox"),
        ("components", _("Components"), "layout-grid", "operator:components"),
    ]
    counts = {"outbox": set_aside_count()}
    return [
        MenuItem(
            label=label, url=reverse(view), icon=icon, is_current=name == section, count=counts.get(name)
        )
        for name, label, icon, view in ways
    ]


def around(request: AuthenticatedRequest, section: str) -> dict[str, Any]:
    """What stands around every page; the menu counts when it is drawn, for a page may have two frames."""
    return {
        "navigation": SimpleLazyObject(partial(menu, section)),
        "organisation_name": _("Platform operator"),
        "organisation_note": request.user.get_full_name(),
    }


def operator_page(
    request: AuthenticatedRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    section: str,
    status: int = 200,
) -> HttpResponse:
    """The template inside the portal, with `section` marked in its menu."""
    return render(
        request, f"portals/operator/{template}", {**around(request, section), **context}, status=status
    )
