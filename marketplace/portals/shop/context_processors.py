"""What the shop's frame shows on every page."""

from django.http import HttpRequest

from marketplace.accounts.models import User
from marketplace.basket import queries as baskets


def basket_line_count(request: HttpRequest) -> dict[str, object]:
    """How many lines the person's baskets hold; asked only where a page shows it, and only once."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    return {"basket_line_count": Once(user)}


class Once:
    """The count as a template reads it: one query at the first look, none where nobody looks."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.count: int | None = None

    def __call__(self) -> int:
        """The number of lines."""
        if self.count is None:
            self.count = baskets.line_count(self.user)
        return self.count
