"""Addresses, forked from Oscar."""

from oscar.apps.address.models import (
    Country,
    UserAddress,
)

__all__ = [
    "Country",
    "UserAddress",
]
