"""What a supplier says of itself: whom to call, where to pay, what sending costs."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.partner.models import Partner
from catalog.partner.services import Details
from marketplace.portals.fields import ContactPhoneField, PriceField
from marketplace.portals.service_forms import ServiceForm

NAMES = ("contact_name", "contact_phone", "account_name", "bank_name", "account_number", "flat_freight")


class DetailsForm(ServiceForm):
    """Contact, bank account and freight; the rules are the service's."""

    contact_name = forms.CharField(label=_("Contact person"), max_length=50, required=False)
    contact_phone = ContactPhoneField(
        label=_("Contact's phone number"),
        required=False,
        help_text=_("Stands on compliance certificates, too."),
    )
    account_name = forms.CharField(label=_("Account holder"), max_length=100, required=False)
    bank_name = forms.CharField(
        label=_("Bank"), max_length=100, required=False, help_text=_("With its branch.")
    )
    account_number = forms.CharField(label=_("Account number"), max_length=60, required=False)
    flat_freight = PriceField(
        label=_("Freight per order"),
        required=False,
        help_text=_("What one order costs the buyer to send; 0 or nothing means free."),
    )

    def clean_account_number(self) -> str:
        """The number without the gaps in which it is printed."""
        return re.sub(r"\s", "", unicodedata.normalize("NFKC", self.cleaned_data["account_number"]))

    @property
    def details(self) -> Details:
        """What was typed, as the service takes it."""
        data: dict[str, Any] = self.cleaned_data
        return Details(
            **{**{name: data[name] for name in NAMES}, "flat_freight": data["flat_freight"] or Decimal(0)}
        )


def details_of(supplier: Partner) -> dict[str, Any]:
    """What the form begins with."""
    return {name: getattr(supplier, name) for name in NAMES}
