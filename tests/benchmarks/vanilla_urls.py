"""The addresses of an unforked Oscar."""

from typing import cast

from django.apps import apps
from django.urls import include, path
from oscar.config import Shop

oscar = cast(Shop, apps.get_app_config("oscar"))

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include(oscar.urls[0])),
]
