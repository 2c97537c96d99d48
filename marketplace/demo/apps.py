"""The demo: real specialties and villages, invented people, a year of purchases through the real services."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "marketplace.demo"
    label = "demo"
