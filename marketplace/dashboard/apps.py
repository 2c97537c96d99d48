"""Oscar's staff dashboard, forked: for the operator's staff only."""

from typing import Any, cast

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.generic import RedirectView
from oscar.apps.dashboard.apps import DashboardConfig as OscarDashboardConfig

from marketplace.dashboard.catalogue.apps import CatalogueDashboardConfig


class DashboardConfig(OscarDashboardConfig):
    """What is safe and of use of it: the categories.

    Not mounted: products, stock and orders, whose forms pass our services by; offers and vouchers, which
    count wrong under load; figures and reports, which add other suppliers' lines; pages, mails, reviews,
    ranges and shipping, which Wagtail and we do otherwise; partners, whose addresses change data by GET.
    Log-in and users are ours: Oscar's look and lock differently, search by first and last name, and mail
    password resets.
    """

    name = "marketplace.dashboard"

    def get_urls(self) -> list[Any]:
        """What the templates of the categories name, and the ways to our own pages."""
        catalogue = cast(CatalogueDashboardConfig, self.catalogue_app)
        to_login = RedirectView.as_view(pattern_name="account:login", query_string=True)
        return [
            path("", RedirectView.as_view(pattern_name="dashboard:catalogue-category-list"), name="index"),
            path("login/", login_not_required(to_login), name="login"),
            path("users/", RedirectView.as_view(pattern_name="operator:users")),
            path("users/<int:pk>/", RedirectView.as_view(pattern_name="operator:user")),
            path("users/<int:pk>/password-reset/", RedirectView.as_view(pattern_name="operator:user")),
            path("catalogue/", include(catalogue.urls[0])),
        ]
