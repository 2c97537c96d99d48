"""What the buying side does with an order's goods: accept, cancel, send back."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.portals.buyer.access import BuyerRequest, members_only
from marketplace.portals.buyer.desk import DESK
from marketplace.portals.buying import moves

asks_first = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@asks_first
@members_only
def accept(request: BuyerRequest, number: str) -> HttpResponse:
    """Accepts what is on its way."""
    return moves.accept(DESK, request, number)


@never_cache
@asks_first
@members_only
def cancel(request: BuyerRequest, number: str) -> HttpResponse:
    """Cancels what is not shipped."""
    return moves.cancel(DESK, request, number)


@never_cache
@asks_first
@members_only
def give_back(request: BuyerRequest, number: str) -> HttpResponse:
    """Sends accepted goods back."""
    return moves.give_back(DESK, request, number)
