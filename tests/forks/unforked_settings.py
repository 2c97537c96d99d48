"""Throw-away settings: Oscar as it comes, without our forks, with our user. Only for migrating a database."""

from marketplace.settings.base import OSCAR_APPS
from marketplace.settings.test import *

INSTALLED_APPS = [
    "marketplace.accounts",
    *OSCAR_APPS,
    *(
        f"oscar.apps.{path}"
        for path in (
            "address.apps.AddressConfig",
            "catalogue.apps.CatalogueConfig",
            "partner.apps.PartnerConfig",
            "basket.apps.BasketConfig",
            "order.apps.OrderConfig",
            "dashboard.apps.DashboardConfig",
            "dashboard.catalogue.apps.CatalogueDashboardConfig",
        )
    ),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sites",
    "django.contrib.flatpages",
    "django.contrib.postgres",
]
MIGRATION_MODULES: dict[str, str] = {}
SILENCED_SYSTEM_CHECKS = ["urls", "templates"]
OSCAR_DASHBOARD_NAVIGATION = []
