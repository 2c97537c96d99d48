"""The portal's front door, and the basket."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from marketplace.basket.queries import baskets_of
from marketplace.core.periods import Window, shanghai_day
from marketplace.institutions.models import InstitutionMembership
from marketplace.portals.buyer.access import BuyerRequest, has_role, members_only
from marketplace.portals.buyer.page import buyer_page
from marketplace.portals.buyer.todos import todos_of
from marketplace.portals.buying.words import request_pill
from marketplace.procurement.queries import buyer_figures, request_counts, requests_of

LATEST = 5


@require_safe
@members_only
def home(request: BuyerRequest) -> HttpResponse:
    """What is to be done next and by when, then this year's numbers and the latest requests."""
    now = timezone.now()
    latest = requests_of(request.user).filter(institution=request.institution)
    context = {
        "todos": todos_of(request.user, request.institution, now),
        "figures": buyer_figures(request.institution, Window.year(shanghai_day(now))),
        "pending": request_counts(request.institution).get("pending", 0),
        "year": shanghai_day(now).year,
        "latest": [(each, request_pill(each, now)) for each in latest[:LATEST]],
    }
    return buyer_page(request, "home.html", context, section="home")


@require_safe
@members_only
def baskets(request: BuyerRequest) -> HttpResponse:
    """What the person is putting together for the institution."""
    context = {
        "institution": request.institution,
        "line_count": baskets_of(request.user).get(request.institution.pk, 0),
        "can_submit": has_role(request, InstitutionMembership.Role.REQUESTER),
    }
    return buyer_page(request, "baskets.html", context, section="baskets")
