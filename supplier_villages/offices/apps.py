"""Poverty offices (扶贫办): a region, a level, members; what each may see and supervise."""

from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "supplier_villages.offices"
    label = "offices"
