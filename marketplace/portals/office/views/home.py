"""The front door: what is to be done next, then this month's figures."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from catalog.unsold_offers import queries
from marketplace.core.periods import Window, shanghai_day
from marketplace.portals.office.access import OfficeRequest, office_members_only
from marketplace.portals.office.figures_compared import compared_totals
from marketplace.portals.office.offer_rows import shown
from marketplace.portals.office.page import office_page, source_line
from supplier_villages.offices.queries import offices_of

NEXT = 5


@require_safe
@login_required
def entrance(request: HttpRequest) -> HttpResponse:
    """Leads to the highest office in which the person works."""
    office = offices_of(request.user).first()
    if office is None:
        raise PermissionDenied
    return redirect("office:home", code=office.region_id)


@require_safe
@office_members_only
def home(request: OfficeRequest) -> HttpResponse:
    """The offers that wait, what spoils first first, and the three figures of this month."""
    now = timezone.now()
    code = request.office.region_id
    waiting = queries.queue(region_code=code, now=now)
    today = shanghai_day(now)
    month = Window.month(today)
    totals, compared = compared_totals(request.office.region, month, today)
    context = {
        "offers": shown(waiting[:NEXT]),
        "waiting_count": len(waiting),
        "month": month,
        "totals": totals,
        "compared": compared,
        "source": source_line(now),
    }
    return office_page(request, "home.html", context, section="home")
