"""What is typed to keep an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.portals.buying.forms import DestinationForm

if TYPE_CHECKING:
    from marketplace.procurement.models import DeliveryAddress


class AddressForm(DestinationForm):
    """Where to and to whom, and whether forms begin with it."""

    is_default = forms.BooleanField(label=_("Begin with this address"), required=False)


def values_of(address: DeliveryAddress) -> dict[str, Any]:
    """The address, to begin the form with."""
    return {
        "delivery_region": address.delivery_region_id,
        "delivery_address": address.delivery_address,
        "recipient": address.recipient,
        "recipient_phone": address.recipient_phone,
        "is_default": address.is_default,
    }
