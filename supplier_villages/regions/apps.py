"""The region tree, paired assistance and listed supervision."""

from django.apps import AppConfig


class RegionsConfig(AppConfig):
    name = "supplier_villages.regions"
    label = "regions"
