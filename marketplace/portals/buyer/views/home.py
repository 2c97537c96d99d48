"""The portal's front door, and the baskets."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from marketplace.basket.queries import baskets_of
from marketplace.core.periods import Window, shanghai_day
from marketplace.portals.buyer.access import BuyerRequest, members_only
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
    context = {
        "todos": todos_of(request.user, now),
        "figures": buyer_figures(request.user, Window.year(shanghai_day(now))),
        "pending": request_counts(request.user).get("pending", 0),
        "year": shanghai_day(now).year,
        "latest": [(each, request_pill(each, now)) for each in requests_of(request.user)[:LATEST]],
    }
    return buyer_page(request, "home.html", context, section="home")


@require_safe
@members_only
def baskets(request: BuyerRequest) -> HttpResponse:
    """What the person is putting together, for each of their institutions."""
    counts = baskets_of(request.user)
    requester_in = {each.institution_id for each in request.memberships if each.role == each.Role.REQUESTER}
    rows = [
        {
            "institution": each,
            "line_count": counts.get(each.pk, 0),
            "can_submit": each.pk in requester_in,
        }
        for each in request.institutions
    ]
    return buyer_page(request, "baskets.html", {"rows": rows}, section="baskets")
