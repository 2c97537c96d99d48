"""Suppliers (Oscar calls them partners) and their stock, forked from Oscar."""

from oscar.apps.partner.apps import PartnerConfig as OscarPartnerConfig


class PartnerConfig(OscarPartnerConfig):
    name = "catalog.partner"
