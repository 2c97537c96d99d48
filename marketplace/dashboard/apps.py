"""Oscar's staff dashboard, forked: for the operator's staff only."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.generic import RedirectView
from oscar.apps.dashboard.apps import DashboardConfig as OscarDashboardConfig


class DashboardConfig(OscarDashboardConfig):
    """Without a log-in and without user pages of its own.

    The log-in would look different and lock differently; Oscar's user pages search by first and last name,
    which our users do not have, and mail password resets.
    """

    name = "marketplace.dashboard"

    def get_urls(self) -> list[Any]:
        """Ours first: the first address that fits is taken. Oscar's stay, because its templates name them."""
        to_login = RedirectView.as_view(pattern_name="account:login", query_string=True)
        return [
            path("login/", login_not_required(to_login)),
            path("users/", RedirectView.as_view(pattern_name="operator:users")),
            path("users/<int:pk>/", RedirectView.as_view(pattern_name="operator:user")),
            path("users/<int:pk>/password-reset/", RedirectView.as_view(pattern_name="operator:user")),
            *super().get_urls(),  # type: ignore[no-untyped-call]  # Oscar has no types
        ]
