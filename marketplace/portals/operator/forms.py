"""What the operator's staff type."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.identifiers import USERNAME_PATTERN
from marketplace.accounts.models import User
from marketplace.portals.account.forms import AddressField, PhoneField
from marketplace.portals.operator.audit_words import KINDS


class SearchForm(forms.Form):
    """A search by text."""

    q = forms.CharField(required=False, max_length=100)


class NewUserForm(forms.Form):
    """A person who gets an account."""

    name = forms.CharField(label=_("Full name"), max_length=100)
    phone = PhoneField(label=_("Mobile phone number"), required=False)
    email = AddressField(label=_("E-mail address"), required=False)
    username = forms.CharField(
        label=_("User name"),
        max_length=150,
        required=False,
        help_text=_("For people who have neither a phone nor an e-mail of their own."),
        validators=[
            RegexValidator(USERNAME_PATTERN, _("A user name has no @ and no space, and is no number."))
        ],
    )
    is_staff = forms.BooleanField(
        label=_("Operator's staff"),
        required=False,
        help_text=_("May run the platform: users, offices, pages."),
    )

    def __init__(self, maker: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not maker.is_superuser:
            del self.fields["is_staff"]

    def clean(self) -> dict[str, Any]:
        """There is something to log in by. Raises ValidationError."""
        data = self.cleaned_data
        if not (any(data.get(name) for name in ("phone", "email", "username")) or self.errors):
            self.add_error("phone", _("Give a phone number, an e-mail address or a user name to log in by."))
        return data


class AuditFilterForm(forms.Form):
    """Which part of the audit trail to show."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("everything")), *KINDS.items()])
    number = forms.CharField(label=_("Number"), required=False, max_length=64)
    actor = forms.CharField(label=_("Who"), required=False, max_length=100)
    first_day = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("Until and including"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
