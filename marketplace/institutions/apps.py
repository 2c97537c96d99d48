"""Buyers: government units, enterprises, unions, universities; their members and what each may do."""

from django.apps import AppConfig


class InstitutionsConfig(AppConfig):
    name = "marketplace.institutions"
    label = "institutions"
