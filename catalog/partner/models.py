"""Suppliers (Oscar calls them partners) and their stock, forked from Oscar."""

from oscar.apps.partner.models import (
    Partner,
    PartnerAddress,
    StockAlert,
    StockRecord,
)

__all__ = [
    "Partner",
    "PartnerAddress",
    "StockAlert",
    "StockRecord",
]
