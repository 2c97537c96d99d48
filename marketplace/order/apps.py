"""Orders, forked from Oscar."""

from oscar.apps.order.apps import OrderConfig as OscarOrderConfig


class OrderConfig(OscarOrderConfig):
    name = "marketplace.order"
