"""Suppliers (Oscar calls them partners) and their stock, forked from Oscar."""

from oscar.apps.partner.apps import PartnerConfig as OscarPartnerConfig


class PartnerConfig(OscarPartnerConfig):
    name = "catalog.partner"

    def ready(self) -> None:
        """Leaves out Oscar's stock alerts: two open ones make every later save of the stock record fail."""
