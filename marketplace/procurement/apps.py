"""Buying in bulk: purchase requests, approvals, fulfilment, payment."""

from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "marketplace.procurement"
    label = "procurement"
