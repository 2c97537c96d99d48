"""Buying: purchase requests, approvals, online payment, fulfilment, payment."""

from importlib import import_module

from django.apps import AppConfig


class ProcurementConfig(AppConfig):
    name = "marketplace.procurement"
    label = "procurement"

    def ready(self) -> None:
        """Registers the checks."""
        import_module("marketplace.procurement.checks")
