"""The county metric: figures for screens, exports and reports, and their verification."""

from django.apps import AppConfig


class CountyFiguresConfig(AppConfig):
    name = "marketplace.county_figures"
    label = "county_figures"
