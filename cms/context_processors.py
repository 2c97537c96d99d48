"""What the shop's frame shows of the pages."""

from functools import cache

from django.http import HttpRequest

from cms.links import menu


def site_menu(_request: HttpRequest) -> dict[str, object]:
    """The pages of the navigation; asked for only where a page shows it, and only once."""
    return {"site_menu": cache(menu)}
