"""The addresses of an unforked Oscar, and one that places the visitor's basket at once."""

from typing import cast

from django.apps import apps
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path
from oscar.config import Shop

oscar = cast(Shop, apps.get_app_config("oscar"))


def place(request: HttpRequest) -> HttpResponse:
    """What the last step of the checkout does, without its form, mail and page of thanks: kind to Oscar."""
    # Only now: it asks for Oscar's classes, which need the models.
    from tests.benchmarks import vanilla_checkout

    vanilla_checkout.place(request.user)
    return redirect("/")


urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("place/", place),
    path("", include(oscar.urls[0])),
]
