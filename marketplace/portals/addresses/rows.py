"""Addresses as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from marketplace.procurement.models import DeliveryAddress


@dataclass(frozen=True, slots=True)
class AddressRow:
    """An address with the whole way to its place, and where it is changed."""

    address: DeliveryAddress
    place: str
    change_url: str
    default_url: str
    delete_url: str


def row_of(address: DeliveryAddress, *, change_url: str, default_url: str, delete_url: str) -> AddressRow:
    """The address as a list shows it; its region's parents are loaded."""
    return AddressRow(address, place_of(address), change_url, default_url, delete_url)


def place_of(address: DeliveryAddress) -> str:
    """广东省 揭阳市 榕城区 黄岐山大道1号: as it is written on a parcel."""
    region = address.delivery_region
    return f"{region.path_above} {region.name} {address.delivery_address}".strip()
