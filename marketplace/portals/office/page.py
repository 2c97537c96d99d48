"""What every page of an office's portal has around it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from catalog.unsold_offers.queries import waiting_count
from marketplace.core.periods import SHANGHAI
from marketplace.portals.navigation import MenuItem, Organisation, office_url
from marketplace.portals.office.access import OfficeRequest
from supplier_villages.offices.models import Office


def menu(office: Office, section: str) -> list[MenuItem]:
    """The portal's ways, the current one marked, with how many offers wait."""
    waiting = waiting_count(region_code=office.region_id)
    ways = [
        ("home", _("What is next"), "clipboard-list", "office:home", None),
        ("queue", _("To recognise"), "hourglass", "office:queue", waiting or None),
        ("figures", _("Sales figures"), "chart-column", "office:figures", None),
    ]
    return [
        MenuItem(
            label=label,
            url=reverse(view, args=[office.region_id]),
            icon=icon,
            is_current=name == section,
            count=count,
        )
        for name, label, icon, view, count in ways
    ]


def office_page(
    request: OfficeRequest, template: str, context: Mapping[str, Any], *, section: str
) -> HttpResponse:
    """The template inside the office's portal, with `section` marked in its menu."""
    frame = {
        "office": request.office,
        "navigation": menu(request.office, section),
        "organisation_name": request.office.name,
        "organisation_note": request.office.get_level_display(),
        "organisations": [
            Organisation(
                name=each.name,
                note=each.get_level_display(),
                url=office_url(each.region_id),
                is_current=each == request.office,
            )
            for each in request.offices
        ],
    }
    return render(request, f"portals/office/{template}", {**frame, **context})


def source_line(now: datetime) -> str:
    """By what day sales count, and up to when the figures are: 按验收时间 · 截至今天 14:32."""
    return _("By acceptance · as of today %(time)s") % {"time": f"{localtime(now, SHANGHAI):%H:%M}"}
