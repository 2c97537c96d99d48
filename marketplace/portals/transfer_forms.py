"""Money on its way between bank accounts, as either side types it from the bank's receipt."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.portals.fields import DayField, PriceField
from marketplace.portals.service_forms import ServiceForm


class TransferForm(ServiceForm):
    """A bank transfer that has been made."""

    amount = PriceField(label=_("Amount"))
    paid_on = DayField(label=_("Paid on"))
    bank_reference = forms.CharField(
        label=_("Bank's serial number"), max_length=64, help_text=_("As it stands on the bank's receipt.")
    )

    @property
    def amount_fen(self) -> int:
        """The amount in whole fen."""
        return int(self.cleaned_data["amount"] * 100)
