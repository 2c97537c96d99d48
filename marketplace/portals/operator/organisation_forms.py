"""What the operator's staff type about suppliers and institutions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.partner import services as suppliers
from catalog.partner.models import Partner
from marketplace.institutions import services as institutions
from marketplace.institutions.models import Institution
from marketplace.institutions.queries import institutions_called
from marketplace.portals.fields import UsccField
from marketplace.portals.service_forms import ServiceForm
from supplier_villages.regions.forms import RegionField
from supplier_villages.regions.levels import Level


class OrganisationForm(ServiceForm):
    """What a licence says; the rules are the service's."""

    name = forms.CharField(label=_("Name"), help_text=_("As it stands on the licence."), max_length=100)
    kind = forms.ChoiceField(label=_("Kind of organisation"))
    uscc = UsccField(label=_("Unified social credit code"))
    region = RegionField(
        label=_("Seat"), help_text=_("The county, town or village in which it is registered.")
    )


class SupplierForm(OrganisationForm):
    """A supplier."""

    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=Partner.Kind.choices)

    @property
    def registration(self) -> suppliers.Registration:
        """What was typed, as the service takes it."""
        data: dict[str, Any] = self.cleaned_data
        return suppliers.Registration(**{**data, "kind": Partner.Kind(data["kind"])})


class InstitutionField(forms.CharField):
    """An institution by its exact name or its code; cleaned to it, None if left empty."""

    def prepare_value(self, value: Any) -> Any:
        return value.name if isinstance(value, Institution) else value

    def clean(self, value: str | None) -> Institution | None:
        """The institution. Raises ValidationError: none or several are called so."""
        text = super().clean(value)
        if not text:
            return None
        found = list(institutions_called(text)[:2])
        if len(found) == 1:
            return found[0]
        if found:
            raise ValidationError(
                _("Several institutions have this name. Enter the code of the one you mean.")
            )
        raise ValidationError(
            _("No institution has this name or code. Register it first, or leave this empty.")
        )


class InstitutionForm(OrganisationForm):
    """An institution."""

    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=Institution.Kind.choices)
    parent = InstitutionField(
        label=_("Belongs to"),
        help_text=_(
            "The exact name or the code of its supervising department, or of the unit it is an office of."
        ),
        max_length=100,
        required=False,
    )

    @property
    def registration(self) -> institutions.Registration:
        """What was typed, as the service takes it."""
        data: dict[str, Any] = self.cleaned_data
        return institutions.Registration(**{**data, "kind": Institution.Kind(data["kind"])})


class VillageForm(forms.Form):
    """A village for which a supplier may list."""

    village = RegionField(
        label=_("Village"),
        levels=(Level.VILLAGE,),
        help_text=_("A village with a village committee; residents' committees are no villages."),
    )


def registered(organisation: Partner | Institution) -> dict[str, Any]:
    """What a form of an organisation begins with."""
    names = ("name", "kind", "uscc", "region", "parent")
    return {name: getattr(organisation, name, None) for name in names}
