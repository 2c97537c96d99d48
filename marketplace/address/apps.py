"""Addresses, forked from Oscar."""

from oscar.apps.address.apps import AddressConfig as OscarAddressConfig


class AddressConfig(OscarAddressConfig):
    name = "marketplace.address"
