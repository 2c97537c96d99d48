"""What members of an institution type."""

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.portals.buying.forms import DeliveryForm, reason_field
from marketplace.portals.fields import DayField


class SubmitForm(DeliveryForm):
    """Where the goods go and what for."""

    purpose = forms.CharField(
        label=_("Purpose"), max_length=200, help_text=_("For example: canteen, or gifts for the holiday.")
    )
    wanted_on = DayField(label=_("Wanted by"), required=False)
    field_order = ("purpose", "wanted_on")


class RejectForm(forms.Form):
    """Why a request is rejected."""

    reason = reason_field(_("Why it is rejected"), _("The requester reads it."))
