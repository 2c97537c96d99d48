"""What a supplier types about an order."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from marketplace.order.models import Line
from marketplace.portals.fields import DayField, PriceField, QuantityField, SeenField
from marketplace.portals.supplier.order_view import unit_of
from marketplace.portals.transfer_forms import TransferForm
from marketplace.procurement.certificates import PROMISE, KnownFields, weight_text
from marketplace.procurement.services.fulfilment import Certificate
from marketplace.procurement.services.orders import moved_so_far


def reason_field() -> forms.CharField:
    """Why; the buyer reads it."""
    return forms.CharField(
        label=_("Why?"),
        help_text=_("One sentence. The buyer reads it."),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class RefuseForm(forms.Form):
    """Why the order cannot be supplied at all."""

    reason = reason_field()


class QuantitiesForm(forms.Form):
    """So many sale units of each line that is still open, of an order with these lines."""

    seen = SeenField()

    def __init__(self, lines: Iterable[Line], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        every = list(lines)
        self.initial["seen"] = moved_so_far(every)
        self.lines = [line for line in every if line.quantity_open]
        for line in self.lines:
            self.fields[f"quantity_{line.pk}"] = QuantityField(
                label=line.title, initial=line.quantity_open, required=True
            )

    @property
    def quantities(self) -> dict[int, int]:
        """Line id → sale units."""
        return {line.pk: self.cleaned_data[f"quantity_{line.pk}"] for line in self.lines}

    @property
    def rows(self) -> list[tuple[Line, forms.BoundField, str]]:
        """Each line with the field for its quantity and its sale unit."""
        return [(line, self[f"quantity_{line.pk}"], unit_of(line)) for line in self.lines]

    def add_problems(self, problems: Mapping[int, str]) -> None:
        """Puts what the service refused beside its line; what is about no line above the form."""
        for pk, problem in problems.items():
            field = f"quantity_{pk}"
            self.add_error(field if field in self.fields else None, problem)


class ReasonedQuantitiesForm(QuantitiesForm):
    """So many sale units of each line, and why: for confirming less and for cancelling."""

    reason = reason_field()


class ShipForm(QuantitiesForm):
    """One dispatch: who carries it, how much of what, and the certificates of fresh goods."""

    carrier = forms.CharField(
        label=_("Who carries it?"),
        max_length=50,
        help_text=_("An express company, or your own van with its number plate."),
    )
    tracking_number = forms.CharField(
        label=_("Waybill number"),
        max_length=50,
        help_text=_("For your own van: the driver's phone number."),
    )

    def __init__(
        self,
        lines: Iterable[Line],
        *args: Any,
        known: Mapping[int, KnownFields],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(lines, *args, **kwargs)
        self.known = known
        for line in self.certified_lines:
            for name, field in certificate_fields(known[line.pk], today).items():
                self.fields[f"{name}_{line.pk}"] = field

    @property
    def certified_lines(self) -> list[Line]:
        """The open lines that must not leave without a certificate."""
        return [line for line in self.lines if line.pk in self.known]

    @property
    def certificate_rows(self) -> list[tuple[Line, dict[str, forms.BoundField]]]:
        """Each of these lines with the fields of its certificate by name."""
        names = ("product_name", "weight", "producer", "origin", "contact", "issued_on", "promise")
        return [(line, {name: self[f"{name}_{line.pk}"] for name in names}) for line in self.certified_lines]

    @property
    def certificates(self) -> dict[int, Certificate]:
        """Line id → its certificate, complete or not, for the lines of which something is shipped."""
        return {line.pk: self.certificate(line) for line in self.certified_lines if self.quantities[line.pk]}

    def certificate(self, line: Line) -> Certificate:
        """The seven fields; a weight left empty is that of the shipped quantity."""

        def typed(name: str) -> Any:
            return self.cleaned_data[f"{name}_{line.pk}"]

        return Certificate(
            product_name=typed("product_name"),
            weight=typed("weight") or weight_text(line, self.quantities[line.pk]),
            producer=typed("producer"),
            origin=typed("origin"),
            contact=typed("contact"),
            issued_on=typed("issued_on"),
            promise=PROMISE if typed("promise") else "",
        )


def certificate_fields(known: KnownFields, today: date) -> dict[str, forms.Field]:
    """Name → field, filled with what is known; whether the promise is missing is the service's to say."""
    return {
        "product_name": text_field(_("Product"), 100, known.product_name),
        "weight": text_field(
            _("Quantity or weight"),
            50,
            "",
            required=False,
            help_text=_("Leave it empty to take the shipped quantity."),
        ),
        "producer": text_field(_("Producer"), 100, known.producer),
        "origin": text_field(_("Place of origin"), 200, known.origin),
        "contact": text_field(_("Contact phone"), 50, known.contact),
        "issued_on": DayField(label=_("Issued on"), initial=today),
        "promise": forms.BooleanField(label=_("I promise"), help_text=PROMISE, required=False),
    }


def text_field(
    label: Any, longest: int, initial: str, *, required: bool = True, help_text: Any = ""
) -> forms.CharField:
    """One line of text, filled with what is known."""
    return forms.CharField(
        label=label, max_length=longest, initial=initial, required=required, help_text=help_text
    )


class RepayForm(TransferForm):
    """Money that the supplier sent back to the buyer."""

    amount = PriceField(label=_("How much was sent back?"))
    paid_on = DayField(label=_("On which day?"))
