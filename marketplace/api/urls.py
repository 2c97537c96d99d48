"""The API: /api/v1/. Whatever else is asked there gets a problem, never a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, re_path

from marketplace.api.docs import docs
from marketplace.api.guard import guarded
from marketplace.api.problems import answer, not_found
from marketplace.api.v1 import api


def nothing_here(request: HttpRequest) -> HttpResponse:
    """404."""
    return answer(not_found())


def guarded_patterns() -> list[URLPattern]:
    """The library's patterns, without its root page, each behind the guard."""
    return [
        URLPattern(each.pattern, guarded(each.callback), each.default_args, each.name)
        for each in api.urls[0]
        if isinstance(each, URLPattern) and each.name != "api-root"
    ]


app_name = "api-v1"
urlpatterns = [
    path("docs", docs, name="docs"),
    *guarded_patterns(),
    path("", guarded(nothing_here), name="api-root"),
    re_path(r"^.+$", guarded(nothing_here)),
]
