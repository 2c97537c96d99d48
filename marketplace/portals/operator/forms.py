"""What the operator's staff type."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.models import User
from marketplace.accounts.page_roles import PageRole
from marketplace.portals.fields import PersonField
from marketplace.portals.members.forms import PersonForm
from marketplace.portals.operator.audit_words import KINDS
from supplier_villages.offices.models import Office
from supplier_villages.regions.models import Region


def day_picker() -> forms.DateInput:
    """The browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class SearchForm(forms.Form):
    """A search by text."""

    q = forms.CharField(required=False, max_length=100)


class OfficeField(forms.CharField):
    """The code of a region that has an office; cleaned to the office, None for no code."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=12, **options)

    def clean(self, value: str | None) -> Office | None:
        """The office. Raises ValidationError."""
        code = super().clean(value)
        office = Office.objects.filter(region=code).first() if code else None
        if code and office is None:
            raise ValidationError(_("This region has no office yet. Open it first, under Offices."))
        return office


class NewUserForm(PersonForm):
    """A person who gets an account; staff may be made by an administrator."""

    office = OfficeField(
        label=_("Works in the office of"),
        required=False,
        help_text=_("The region whose poverty office the person works in."),
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


class PageRoleForm(forms.Form):
    """What a person does with pages; cleaned to the role, None for nothing."""

    role = forms.TypedChoiceField(
        label=_("Role at the pages"),
        choices=[("", _("none")), *PageRole.choices],
        coerce=PageRole,
        empty_value=None,
        required=False,
    )


class JoinOfficeForm(forms.Form):
    """The office in which a person is to work."""

    office = OfficeField(label=_("Region of the office"))


class NewOfficeForm(forms.Form):
    """A region that gets an office; cleaned to the region itself."""

    region = forms.CharField(
        label=_("Region"),
        max_length=12,
        help_text=_("Province, city, county or town; its code does as well."),
    )
    name = forms.CharField(label=_("Name of the office"), max_length=100)

    def clean_region(self) -> Region:
        """The region with this code. Raises ValidationError."""
        region = Region.objects.filter(code=self.cleaned_data["region"]).first()
        if region is None:
            raise ValidationError(_("No region has this code. Choose it from the list."))
        return region


class MemberForm(forms.Form):
    """A person who is to work in an office."""

    identifier = PersonField()


class AuditFilterForm(forms.Form):
    """Which part of the audit trail to show."""

    kind = forms.ChoiceField(
        label=_("Kind of object"), required=False, choices=[("", _("everything")), *KINDS.items()]
    )
    number = forms.CharField(label=_("Number of the object"), required=False, max_length=64)
    actor = forms.CharField(label=_("Who"), required=False, max_length=100)
    first_day = forms.DateField(label=_("First day"), required=False, widget=day_picker())
    last_day = forms.DateField(label=_("Last day"), required=False, widget=day_picker())
