"""What the shop's frame shows on every page."""

from functools import cache, partial

from django.http import HttpRequest

from marketplace.accounts.models import User
from marketplace.basket import queries as baskets


def basket_line_count(request: HttpRequest) -> dict[str, object]:
    """How many lines the person's baskets hold; asked only where a page shows it, and only once."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {"basket_line_count": cache(partial(baskets.line_count, user))}
