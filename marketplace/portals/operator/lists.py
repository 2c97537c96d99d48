"""The operator's lists: searched by what is typed, in pages, with a way to a new one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.urls import reverse

from marketplace.core.paging import page_of
from marketplace.portals.operator.forms import SearchForm
from marketplace.portals.operator.page import ROWS, operator_page
from marketplace.portals.requests import AuthenticatedRequest

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Words:
    """What a list says: title and button, what can be searched by, what stands there when it is empty."""

    title: str
    new: str
    search: str
    none_found: str
    search_again: str
    none_yet: str = ""
    begin: str = ""
    drawing: str = "papers"


def list_page(
    request: AuthenticatedRequest, kind: str, words: Words, matching: Callable[[str], QuerySet[Row]]
) -> HttpResponse:
    """The rows that match what was searched for.

    `kind` (supplier) names the addresses operator:suppliers and operator:supplier_new and the template.
    """
    section = f"{kind}s"
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    context = {
        "words": words,
        "page": page_of(request, matching(query), ROWS),
        "query": query,
        "list_url": reverse(f"operator:{section}"),
        "new_url": reverse(f"operator:{kind}_new"),
    }
    return operator_page(request, f"{section}.html", context, section=section)
