"""Oscar's staff dashboard, forked: for the operator's staff only."""

from oscar.apps.dashboard.apps import DashboardConfig as OscarDashboardConfig


class DashboardConfig(OscarDashboardConfig):
    name = "marketplace.dashboard"
