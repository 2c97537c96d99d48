"""Baskets, forked from Oscar."""

from oscar.apps.basket.apps import BasketConfig as OscarBasketConfig


class BasketConfig(OscarBasketConfig):
    name = "marketplace.basket"
