"""The floor: money, periods, locks, audit, masks, languages. Imports nothing of ours."""

from importlib import import_module

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "marketplace.core"
    label = "core"

    def ready(self) -> None:
        """Web and commands hand tasks to our broker: without the application Celery looks for another."""
        import_module("marketplace.celery")
