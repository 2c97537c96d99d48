"""What people type about themselves."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib.auth import authenticate, password_validation
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from marketplace.access_tokens.memberships import Membership
from marketplace.accounts.identifiers import is_phone, normalise_email, normalise_phone
from marketplace.accounts.lockout import one_attempt_at_a_time
from marketplace.accounts.models import User
from marketplace.core.periods import start_of
from marketplace.portals.fields import DayField

# Argon2 costs time for every byte: a megabyte of password must not reach it.
LONGEST_PASSWORD = 128


class PhoneField(forms.CharField):
    """A mobile phone number as it is stored, however it was typed."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"type": "tel"}), **options)

    def clean(self, value: str | None) -> str:
        """The eleven digits, "" for none. Raises ValidationError."""
        phone = normalise_phone(super().clean(value))
        if phone and not is_phone(phone):
            raise ValidationError(_("A mobile phone number has 11 digits and begins with 1."))
        return phone


class AddressField(forms.EmailField):
    """An e-mail address in lower case."""

    def clean(self, value: str | None) -> str:
        """The address, "" for none. Raises ValidationError."""
        return normalise_email(super().clean(value))


class NewPasswordField(forms.CharField):
    """A password that is being chosen; never sent back to the page."""

    def __init__(self, **options: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
        help_text = _("At least 8 characters, not only digits, nothing that others guess.")
        super().__init__(
            strip=False, max_length=LONGEST_PASSWORD, widget=widget, help_text=help_text, **options
        )


def old_password_field(label: Any) -> forms.CharField:
    """A password that exists already."""
    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
    return forms.CharField(label=label, strip=False, max_length=LONGEST_PASSWORD, widget=widget)


class LoginForm(forms.Form):
    """One field for phone number, e-mail or user name, and the password. `user` is set when valid."""

    identifier = forms.CharField(
        label=_("Phone number, e-mail or user name"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
    )
    password = old_password_field(_("Password"))

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        """One message whether the person, the password or the account is wrong. Raises ValidationError."""
        identifier, password = (self.cleaned_data.get(name) for name in ("identifier", "password"))
        if identifier and password:
            with one_attempt_at_a_time(identifier):
                self.user = authenticate(self.request, username=identifier, password=password)
            if self.user is None:
                raise ValidationError(
                    _("This name and this password do not belong together. Please try again."), code="refused"
                )
        return self.cleaned_data


class RegisterForm(forms.Form):
    """An individual who buys for themselves."""

    name = forms.CharField(
        label=_("Full name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    phone = PhoneField(label=_("Mobile phone number"), required=False)
    email = AddressField(label=_("E-mail address"), required=False)
    password = NewPasswordField(label=_("Password"))

    def clean(self) -> dict[str, Any]:
        """One of phone and e-mail is given, and the password is a good one. Raises ValidationError."""
        data = self.cleaned_data
        if not (data.get("phone") or data.get("email") or self.errors):
            self.add_error("phone", _("Give a mobile phone number or an e-mail address: you log in by it."))
        if "password" in data:
            _check_password(
                self, "password", User(**{key: data.get(key) for key in ("name", "phone", "email")})
            )
        return data


class PasswordLinkForm(forms.Form):
    """The password that a one-time link sets."""

    password = NewPasswordField(label=_("New password"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """The password is a good one. Raises ValidationError."""
        if "password" in self.cleaned_data:
            _check_password(self, "password", self.user)
        return self.cleaned_data


class ChangePasswordForm(forms.Form):
    """The old password and the new one."""

    old_password = old_password_field(_("Present password"))
    password = NewPasswordField(label=_("New password"))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """The new password is a good one. Raises ValidationError."""
        if "password" in self.cleaned_data:
            _check_password(self, "password", self.user)
        return self.cleaned_data


class DetailsForm(forms.Form):
    """A person's name and e-mail address."""

    name = forms.CharField(
        label=_("Full name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = AddressField(label=_("E-mail address"), required=False)


class TokenForm(forms.Form):
    """A new access token: what it is for, for whom it acts, until when.

    `key` is made with the form: sent twice, it is one token.
    """

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    name = forms.CharField(
        label=_("What it is for"), max_length=60, help_text=_("For example: our warehouse system.")
    )
    membership = forms.ChoiceField(label=_("For whom it acts"), widget=forms.RadioSelect)
    last_day = DayField(
        label=_("Last day"), help_text=_("Leave it empty: it is valid until you revoke it."), required=False
    )

    def __init__(self, *args: Any, memberships: Mapping[Membership, str], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.memberships = {each.key: each for each in memberships}
        choices = [(each.key, f"{name} · {each.kind.label}") for each, name in memberships.items()]
        self.fields["membership"].choices = choices  # type: ignore[attr-defined]
        self.initial.setdefault("membership", choices[0][0])
        self.initial.setdefault("key", uuid4().hex)

    def clean_last_day(self) -> date | None:
        """The day, today at the earliest. Raises ValidationError."""
        day: date | None = self.cleaned_data["last_day"]
        if day and day < self.today:
            raise ValidationError(_("This day is over. Choose today or a later day."), code="past")
        return day

    @property
    def chosen(self) -> Membership:
        """The membership that was chosen."""
        return self.memberships[self.cleaned_data["membership"]]

    @property
    def expires_at(self) -> datetime | None:
        """The end of the last day; None for no end."""
        day: date | None = self.cleaned_data["last_day"]
        return start_of(day + timedelta(days=1)) if day else None


def _check_password(form: forms.Form, field: str, user: User) -> None:
    try:
        password_validation.validate_password(form.cleaned_data[field], user)
    except ValidationError as error:
        form.add_error(field, error)
