"""Numbers, amounts, phones, days, codes and people as they are typed, full-width figures too."""

import re
import unicodedata
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import BigIntegerField
from django.utils.translation import gettext_lazy as _

from catalog.partner.uscc import normalise_uscc, validate_uscc
from marketplace.accounts.identifiers import is_contact_phone, normalise_phone
from marketplace.accounts.models import User
from marketplace.accounts.queries import user_by_identifier

LONGEST_NUMBER = 40


def digits_of(value: str) -> str:
    """What was typed without separators and full-width forms: "１,２００" → "1200"."""
    return re.sub(r"[\s,，]", "", unicodedata.normalize("NFKC", value))


class QuantityField(forms.CharField):
    """A whole number; nothing typed is 0, unless it is required.

    Its limits are the service's; `least` is what it says would do at least.
    """

    def __init__(self, *, required: bool = False, least: int = 0, **options: Any) -> None:
        super().__init__(required=required, max_length=LONGEST_NUMBER, **options)
        self.least = least

    def clean(self, value: str | None) -> int:
        """The number. Raises ValidationError for 1.5, −1 and words."""
        digits = digits_of(super().clean(value))
        if not re.fullmatch(r"\d*", digits, re.ASCII):
            raise ValidationError(
                _("Enter a whole number, %(least)d or more."), "not_whole", {"least": self.least}
            )
        return int(digits or 0)


class PriceField(forms.CharField):
    """CNY with at most two decimals; None where nothing is typed. Its limits are the service's."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_NUMBER, **options)

    def clean(self, value: str | None) -> Decimal | None:
        """The amount. Raises ValidationError for a third decimal, a sign and words."""
        digits = digits_of(super().clean(value)).removeprefix("¥").removesuffix("元")
        if not digits and not self.required:
            return None
        if not re.fullmatch(r"\d+(\.\d{1,2})?", digits, re.ASCII):
            raise ValidationError(
                _("Enter an amount in CNY with at most two decimals, such as 1080.50."), code="not_money"
            )
        return Decimal(digits)


class ContactPhoneField(forms.CharField):
    """A phone at which somebody takes a delivery: mobile, or landline with its area code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput(attrs={"type": "tel"}), **options)

    def clean(self, value: str | None) -> str:
        """The digits. Raises ValidationError."""
        phone = normalise_phone(super().clean(value))
        if phone and not is_contact_phone(phone):
            raise ValidationError(
                _("Enter a mobile phone number of 11 digits, or a landline with its area code."),
                code="not_a_phone",
            )
        return phone


class SeenField(forms.IntegerField):
    """How things stood when the form was made: what is sent twice or comes too late is refused."""

    def __init__(self) -> None:
        # Without an id: a page may have several forms that say it.
        super().__init__(
            required=False,
            min_value=0,
            max_value=BigIntegerField.MAX_BIGINT,
            widget=forms.HiddenInput(attrs={"id": False}),
        )


class DayField(forms.DateField):
    """A calendar day, chosen or typed as 2020-03-15."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


class UsccField(forms.CharField):
    """A unified social credit code, however it was typed; None for none."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_NUMBER, required=False, **options)

    def clean(self, value: str | None) -> str | None:
        """The code in capitals without spaces. Raises ValidationError."""
        code = normalise_uscc(super().clean(value))
        if not code:
            return None
        validate_uscc(code)
        return code


class PersonField(forms.CharField):
    """Somebody who has an account, named by what they log in by; cleaned to the user."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("Phone number, e-mail or user name"),
            max_length=254,
            help_text=_("Of a person who has an account already."),
            **options,
        )

    def clean(self, value: str | None) -> User:
        """The user. Raises ValidationError."""
        user = user_by_identifier(super().clean(value))
        if user is None:
            raise ValidationError(
                _("Nobody logs in by this. Check it, or open an account for the person."), code="nobody"
            )
        return user
