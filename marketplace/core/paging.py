"""Lists in pages."""

from typing import TypeVar, cast

from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest

Row = TypeVar("Row", bound=Model)


def page_of(request: HttpRequest, rows: QuerySet[Row], per_page: int) -> Page[Row]:
    """The page that the address asks for; the nearest there is for nonsense."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))


def rows_of(page: Page[Row]) -> QuerySet[Row]:
    """The page's rows, not read yet: whoever shows more than they are sorted by adds it to these few only."""
    return cast("QuerySet[Row]", page.object_list)
