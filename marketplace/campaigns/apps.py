"""Campaigns: their time, organisers, counties and goods, and what was sold by them."""

from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "marketplace.campaigns"
    label = "campaigns"
