"""Baskets, forked from Oscar."""

from oscar.apps.basket.models import (
    Basket,
    Line,
    LineAttribute,
)

__all__ = [
    "Basket",
    "Line",
    "LineAttribute",
]
