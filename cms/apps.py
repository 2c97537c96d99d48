"""Wagtail pages: what editors write."""

from importlib import import_module

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"

    def ready(self) -> None:
        """Registers what is done when a page has changed, and makes exports safe."""
        import_module("cms.receivers")
        import_module("cms.exports").escape_formulas()
