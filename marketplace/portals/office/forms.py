"""What an office types."""

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from catalog.recognition.services import Certificate, Directory
from catalog.unsold_offers.models import UnsoldOffer
from marketplace.core.periods import Window
from marketplace.portals.fields import SeenField
from marketplace.portals.service_forms import ServiceForm

MAX_CAPACITY = 10_000_000
LAST_DAY = dt.date(2999, 12, 31)


def day_picker() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class DecisionForm(ServiceForm):
    """A decision on the offer at this revision."""

    seen = SeenField()

    def __init__(self, offer: UnsoldOffer, data: QueryDict | None = None) -> None:
        super().__init__(data, initial={"seen": offer.revision})


class RecognitionForm(DecisionForm):
    """The certificate with which an office recognises; the day until which it holds is its last day."""

    directory = forms.ChoiceField(
        label=_("Directory"), choices=Directory.choices, widget=forms.RadioSelect, initial=Directory.LOCAL
    )
    number = forms.CharField(label=_("Certificate number"), max_length=60, required=False)
    batch = forms.CharField(label=_("Batch"), max_length=60, required=False)
    valid_until = forms.DateField(
        label=_("Valid until"),
        help_text=_("The last day on which it holds."),
        widget=day_picker(),
        validators=[MaxValueValidator(LAST_DAY)],
    )
    yearly_capacity = forms.IntegerField(
        label=_("Yearly capacity"),
        help_text=_("How many sale units the village can deliver in a year."),
        required=False,
        max_value=MAX_CAPACITY,
        widget=forms.TextInput,
    )

    def certificate(self, today: dt.date) -> Certificate:
        """What was typed, in force from today."""
        data: dict[str, Any] = self.cleaned_data
        return Certificate(
            directory=Directory(data["directory"]),
            valid_from=today,
            valid_until=data["valid_until"] + dt.timedelta(days=1),
            number=data["number"],
            batch=data["batch"],
            yearly_capacity=data["yearly_capacity"],
        )


class ReturnForm(DecisionForm):
    """Why an offer goes back to its supplier; the length is the service's rule."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The village reads it: say what to change."),
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": 200}),
    )


class WindowForm(forms.Form):
    """The days whose sales are asked for: this month unless it says this year or names two days."""

    THIS_YEAR = "year"

    period = forms.CharField(required=False, widget=forms.HiddenInput)
    first_day = forms.DateField(
        label=_("First day"), required=False, widget=day_picker(), validators=[MaxValueValidator(LAST_DAY)]
    )
    last_day = forms.DateField(
        label=_("Last day"), required=False, widget=day_picker(), validators=[MaxValueValidator(LAST_DAY)]
    )

    def clean(self) -> dict[str, Any]:
        """Two days in their order, or none. Raises ValidationError."""
        data = self.cleaned_data
        first, last = data.get("first_day"), data.get("last_day")
        if not self.errors and (first is None) != (last is None):
            raise ValidationError({"last_day" if first else "first_day": _("Give both days.")})
        if first and last and first > last:
            raise ValidationError({"last_day": _("The last day is before the first.")})
        return data

    def window(self, today: dt.date) -> Window:
        """The days asked for; this month if what was typed makes no sense."""
        first, last = self.cleaned_data.get("first_day"), self.cleaned_data.get("last_day")
        if self.is_valid() and first and last:
            return Window.through(first, last)
        if self.is_valid() and self.cleaned_data["period"] == self.THIS_YEAR:
            return Window.year(today)
        return Window.month(today)
