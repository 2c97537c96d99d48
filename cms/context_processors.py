"""What the shop's frame shows of the pages."""

from django.http import HttpRequest

from cms.links import Menu, menu


class Once:
    """The navigation as a template reads it: looked up at the first look only."""

    def __init__(self) -> None:
        self.found: Menu | None = None

    def __call__(self) -> Menu:
        """The navigation."""
        if self.found is None:
            self.found = menu()
        return self.found


def site_menu(_request: HttpRequest) -> dict[str, object]:
    """The pages of the navigation; asked for only where a page shows it."""
    return {"site_menu": Once()}
