"""Products and categories, forked from Oscar."""

from oscar.apps.catalogue.apps import CatalogueConfig as OscarCatalogueConfig


class CatalogueConfig(OscarCatalogueConfig):
    name = "catalog.catalogue"
