"""Money on its way between bank accounts, as either side types it from the bank's receipt."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.portals.fields import DayField, PriceField


class TransferForm(forms.Form):
    """A bank transfer that has been made."""

    amount = PriceField(label=_("Amount"))
    paid_on = DayField(label=_("Paid on"))
    bank_reference = forms.CharField(
        label=_("Bank's serial number"), max_length=64, help_text=_("As it stands on the bank's receipt.")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_paid_on(self) -> date:
        """The day, today at the latest. Raises ValidationError."""
        day: date = self.cleaned_data["paid_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day is yet to come."), code="future")
        return day

    @property
    def amount_fen(self) -> int:
        """The amount in whole fen."""
        return int(self.cleaned_data["amount"] * 100)
