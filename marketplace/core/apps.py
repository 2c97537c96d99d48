"""The floor: money, periods, locks, audit, masks, languages. Imports nothing of ours."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "marketplace.core"
    label = "core"
