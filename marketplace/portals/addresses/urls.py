"""The addresses of the pages on which a buyer's addresses are kept."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache

from marketplace.portals.addresses import views
from marketplace.portals.addresses.desk import AddressDesk

View = Callable[..., HttpResponse]


def address_urls(
    route: str, *, guard: Callable[[View], View], desk_of: Callable[..., AddressDesk]
) -> list[URLPattern]:
    """Five pages below a route, which names an institution by <int:pk> or nobody but the person.

    `guard` lets in; `desk_of` takes the request and that key to where the addresses are kept.
    """

    def at_desk(view: View) -> View:
        def opened(request: HttpRequest, **named: Any) -> HttpResponse:
            own = {name: named[name] for name in ("address_pk",) if name in named}
            buyer = {name: value for name, value in named.items() if name not in own}
            return view(request, desk_of(request, **buyer), **own)

        return never_cache(guard(opened))

    one = f"{route}<int:address_pk>/"
    return [
        path(route, at_desk(views.address_list), name="addresses"),
        path(f"{route}add/", at_desk(views.add), name="address_add"),
        path(one, at_desk(views.change), name="address"),
        path(f"{one}delete/", at_desk(views.delete), name="address_delete"),
        path(f"{one}default/", at_desk(views.make_default), name="address_default"),
    ]
