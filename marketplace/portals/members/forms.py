"""What whoever manages members types: who, and what they may do."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.identifiers import USERNAME_PATTERN
from marketplace.accounts.services import NewPerson
from marketplace.portals.account.forms import AddressField, PhoneField
from marketplace.portals.fields import PersonField
from marketplace.portals.members.rosters import Roster


class PersonForm(forms.Form):
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

    def clean(self) -> dict[str, Any]:
        """There is something to log in by. Raises ValidationError."""
        data = self.cleaned_data
        if not (any(data.get(name) for name in ("phone", "email", "username")) or self.errors):
            self.add_error("phone", _("Give a phone number, an e-mail address or a user name to log in by."))
        return data

    @property
    def person(self) -> NewPerson:
        """What was typed, as the service takes it."""
        names = ("name", "phone", "email", "username")
        return NewPerson(**{name: self.cleaned_data[name] for name in names})


class RolesForm(forms.Form):
    """What a member may do: one role, or for an institution several."""

    def __init__(self, roster: Roster, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: type[forms.ChoiceField] = forms.MultipleChoiceField if roster.several else forms.ChoiceField
        widget = forms.CheckboxSelectMultiple if roster.several else forms.RadioSelect
        self.fields["roles"] = kind(
            label=_("What may the person do?"),
            choices=[(role.value, text) for role, text in roster.explanations.items()],
            widget=widget,
            error_messages={"required": _("Choose what the person may do.")},
        )

    @property
    def roles(self) -> list[str]:
        """The chosen roles' values."""
        chosen: str | list[str] = self.cleaned_data["roles"]
        return chosen if isinstance(chosen, list) else [chosen]


class AddMemberForm(RolesForm):
    """A person who has an account already."""

    person = PersonField()


class NewMemberForm(RolesForm, PersonForm):
    """A person who gets an account and becomes a member at once."""
