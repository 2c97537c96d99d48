"""Oscar's dashboard of the catalogue, forked: categories only."""

from typing import Any

from oscar.apps.dashboard.catalogue.apps import CatalogueDashboardConfig as OscarCatalogueDashboardConfig


class CatalogueDashboardConfig(OscarCatalogueDashboardConfig):
    """Without products, stock, product types and options: their forms save every column that they loaded.

    An edited price would overwrite what was reserved meanwhile, and an uploaded picture would keep the place
    where it was taken. Suppliers have their portal for both.
    """

    name = "marketplace.dashboard.catalogue"

    def get_urls(self) -> list[Any]:
        """Oscar's addresses of categories, which its templates name."""
        urls = super().get_urls()  # type: ignore[no-untyped-call]  # Oscar has no types
        return [url for url in urls if (url.name or "").startswith("catalogue-category")]
