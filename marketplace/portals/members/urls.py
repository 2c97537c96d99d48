"""The addresses of the pages on which an organisation's members are managed."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from marketplace.portals.members import views
from marketplace.portals.members.desk import MemberDesk

View = Callable[..., HttpResponse]


def member_urls(
    route: str, prefix: str, *, guard: Callable[[View], View], desk_of: Callable[[Any, int], MemberDesk]
) -> list[URLPattern]:
    """Five pages below a route that names the organisation by <int:pk>.

    `guard` lets in; `desk_of` takes the request and the organisation's key to where its members are managed,
    and refuses who may not.
    """

    def at_desk(view: View) -> View:
        def opened(request: HttpRequest, pk: int, **kwargs: Any) -> HttpResponse:
            return view(request, desk_of(request, pk), **kwargs)

        return never_cache(guard(opened))

    return [
        path(f"{route}add/", at_desk(views.add), name=f"{prefix}member_add"),
        path(f"{route}new/", at_desk(views.new), name=f"{prefix}member_new"),
        path(f"{route}<int:user_pk>/", at_desk(views.member), name=f"{prefix}member"),
        path(f"{route}<int:user_pk>/remove/", at_desk(views.remove), name=f"{prefix}member_remove"),
        path(f"{route}<int:user_pk>/link/", at_desk(views.renew_link), name=f"{prefix}member_link"),
    ]
