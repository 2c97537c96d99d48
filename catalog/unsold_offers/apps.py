"""Unsold products (滞销) that villages offer: listed from a phone, recognised by the county's office."""

from django.apps import AppConfig


class UnsoldOffersConfig(AppConfig):
    name = "catalog.unsold_offers"
    label = "unsold_offers"
