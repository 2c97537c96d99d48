"""A form field that holds a region: shown by components/region_picker.html, checked here."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from supplier_villages.regions.codes import is_code
from supplier_villages.regions.levels import Level
from supplier_villages.regions.models import Region
from supplier_villages.regions.queries import placed, resolve


class RegionBoundField(forms.BoundField):
    """What the picker's template asks besides Django's own: where to load from, what the code is called."""

    field: "RegionField"

    @property
    def url(self) -> str:
        """The endpoint that answers the picker."""
        return reverse("regions:options")

    @property
    def levels(self) -> str:
        """The levels that may be chosen, separated by spaces."""
        return " ".join(self.field.levels)

    @cached_property
    def region_name(self) -> str:
        """The whole way to the region that the field holds now; empty if it holds none."""
        code = self.field.prepare_value(self.value())
        region = Region.objects.filter(pk=code).first() if is_code(code or "") else None
        return placed([region])[0].path if region else ""


class RegionField(forms.CharField):
    """A region that exists today, of one of the levels; its value is the Region, or None if left empty.

    `RegionField(levels=(Level.VILLAGE,))` takes villages only; without `levels` any region will do.
    """

    default_error_messages = {
        "unknown": _("There is no region %(code)s. Choose one from the list."),
        "superseded": _("The code %(code)s is no longer in force: it is now %(successor)s."),
        "level": _("%(name)s is too wide or too narrow here. Choose: %(levels)s."),
    }

    def __init__(self, *, levels: tuple[Level, ...] = tuple(Level), **kwargs: Any) -> None:
        self.levels = levels
        super().__init__(**kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> RegionBoundField:
        return RegionBoundField(form, self, field_name)

    def prepare_value(self, value: Any) -> Any:
        return value.pk if isinstance(value, Region) else value

    def clean(self, value: Any) -> Region | None:
        code = unicodedata.normalize("NFKC", super().clean(self.prepare_value(value)))
        code = "".join(code.split())
        return self._region(code) if code else None

    def _region(self, code: str) -> Region:
        region = Region.objects.valid_on(timezone.localdate()).filter(pk=code).first()
        if region is None:
            raise self._missing(code)
        if region.level not in self.levels:
            levels = " / ".join(str(level.label) for level in self.levels)
            raise ValidationError(
                self.error_messages["level"], "level", {"name": region.name, "levels": levels}
            )
        return region

    def _missing(self, code: str) -> ValidationError:
        successor = resolve(code)
        if successor is None or successor.code == code:
            return ValidationError(self.error_messages["unknown"], "unknown", {"code": code})
        return ValidationError(
            self.error_messages["superseded"],
            "superseded",
            {"code": code, "successor": f"{successor.name} {successor.code}"},
        )
