"""Wagtail pages: what editors write."""

from importlib import import_module

from django.apps import AppConfig


class CmsConfig(AppConfig):
    name = "cms"
    label = "cms"

    def ready(self) -> None:
        """Registers what is done when a page has changed."""
        import_module("cms.receivers")
