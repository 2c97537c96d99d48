"""What every page of the buyers' portal has around it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.institutions.models import InstitutionMembership
from marketplace.portals.buyer.access import BuyerRequest, has_role
from marketplace.portals.navigation import MenuItem, Organisation, buyer_url, roles_of
from marketplace.procurement.queries import decisions_waiting

ROWS = 20
Role = InstitutionMembership.Role


def menu(request: BuyerRequest, section: str, *, to_decide: int) -> list[MenuItem]:
    """The portal's ways for this member, the current one marked, with what waits for them."""
    ways = [
        ("home", _("To do"), "house", "buyer:home", True),
        ("requests", _("Requests"), "clipboard-check", "buyer:requests", True),
        ("orders", _("Orders"), "truck", "buyer:orders", True),
        ("purchases", _("Purchases"), "receipt-text", "buyer:purchases", True),
        ("baskets", _("Baskets"), "shopping-basket", "buyer:baskets", True),
        (
            "addresses",
            _("Addresses"),
            "map-pin",
            "buyer:addresses_of_current",
            has_role(request, Role.REQUESTER),
        ),
        ("members", _("Members"), "users", "buyer:members_of_current", has_role(request, Role.HEAD)),
    ]
    return [
        MenuItem(
            label=label,
            url=reverse(view),
            icon=icon,
            is_current=name == section,
            count=to_decide if name == "requests" else None,
        )
        for name, label, icon, view, is_open in ways
        if is_open
    ]


def around(request: BuyerRequest, section: str) -> dict[str, Any]:
    """What stands around every page: the ways, the institution that the person acts for, and the others."""
    counts = decisions_waiting(request.user, timezone.now())
    here = request.institution
    return {
        "navigation": menu(request, section, to_decide=counts.get(here.pk, 0)),
        "organisation_name": here.name,
        "organisation_note": roles_of(request.memberships[here.pk]),
        "organisations": [
            Organisation(
                name=roles[0].institution.name,
                note=roles_of(roles),
                url=buyer_url(pk),
                is_current=pk == here.pk,
                count=counts.get(pk),
            )
            for pk, roles in request.memberships.items()
        ],
    }


def buyer_page(
    request: BuyerRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    section: str,
) -> HttpResponse:
    """A template of this portal inside it; see `framed`."""
    return framed(request, f"portals/buyer/{template}", context, section=section)


def framed(request: BuyerRequest, template: str, context: Mapping[str, Any], *, section: str) -> HttpResponse:
    """The template inside the portal, with `section` marked in its menu.

    Templates shared with individuals extend `frame`.
    """
    frame = "portals/buyer/base.html"
    return render(request, template, {**around(request, section), "frame": frame, **context})
