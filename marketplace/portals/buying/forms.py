"""What everybody types who buys: where the goods go, what arrived, what is cancelled or goes back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from catalog.partner.services import InvalidQuantity, NotSellable
from marketplace.order.models import Line, Order
from marketplace.portals.addresses.rows import place_of
from marketplace.portals.fields import ContactPhoneField, QuantityField, SeenField
from marketplace.portals.service_forms import ServiceForm
from marketplace.procurement.gateways import NoGateway
from marketplace.procurement.models import DeliveryAddress, PurchaseRequest
from marketplace.procurement.services.amounts import AmountTooLarge
from marketplace.procurement.services.delivery import (
    DELIVERY_LEVELS,
    Delivery,
    Destination,
    InvalidDelivery,
)
from marketplace.procurement.services.fulfilment import Judgement
from marketplace.procurement.services.orders import moved_so_far
from marketplace.procurement.services.requests import PricesChanged
from supplier_villages.regions.forms import RegionField


def reason_field(label: Any, help_text: Any) -> forms.CharField:
    """Why; the other side reads it."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=200, widget=forms.Textarea(attrs={"rows": 3})
    )


class DestinationForm(ServiceForm):
    """Where goods go and who takes them there."""

    delivery_region = RegionField(label=_("Delivery region"), levels=DELIVERY_LEVELS)
    delivery_address = forms.CharField(label=_("Street and number"), max_length=200)
    recipient = forms.CharField(label=_("Recipient"), max_length=50)
    recipient_phone = ContactPhoneField(label=_("Recipient's phone"))

    @property
    def destination(self) -> Destination:
        """What was typed, as the services take it."""
        data = self.cleaned_data
        return Destination(
            recipient=data["recipient"],
            recipient_phone=data["recipient_phone"],
            delivery_region_id=data["delivery_region"].pk,
            delivery_address=data["delivery_address"],
        )


@dataclass(frozen=True, slots=True)
class AddressChoice:
    """An address of the buyer's as the form offers it; needs its region's parents loaded."""

    address: DeliveryAddress

    def __str__(self) -> str:
        return f"{self.address.recipient} {self.address.recipient_phone} {self.place}"

    @property
    def place(self) -> str:
        """The whole way to the door."""
        return place_of(self.address)


# Instead of an address of the book's: what is typed.
ANOTHER = "another"
TYPED = ("delivery_region", "delivery_address", "recipient", "recipient_phone")
# Why a basket is not submitted or checked out as the form asks.
REFUSALS = (InvalidDelivery, AmountTooLarge, PricesChanged, InvalidQuantity, NotSellable, NoGateway)


class DeliveryForm(DestinationForm):
    """Where the goods go: to an address of the buyer's `book`, or where is typed.

    `key` is made with the form: sent twice, it is one request. `seen_fen` is the total that stands beside it.
    """

    key = forms.CharField(max_length=64, widget=forms.HiddenInput)
    seen_fen = SeenField()
    saved = forms.ChoiceField(
        label=_("Choose an address"),
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("This address is in the list no more. Choose another one.")},
    )
    keep = forms.BooleanField(label=_("Keep this address for the next time"), required=False)

    def __init__(self, *args: Any, book: Iterable[DeliveryAddress], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("key", uuid4().hex)
        self.book = {str(each.pk): each for each in book}
        choices = [(key, AddressChoice(each)) for key, each in self.book.items()]
        self.fields["saved"].choices = [*choices, (ANOTHER, _("Another address"))]  # type: ignore[attr-defined]
        self.initial.setdefault("saved", next(iter(self.book), ANOTHER))
        self.initial.setdefault("keep", not self.book)

    def clean(self) -> dict[str, Any]:
        """Leaves aside what is typed where an address of the book's is chosen."""
        for name in TYPED if self.chosen else ():
            self.errors.pop(name, None)
        return self.cleaned_data

    @property
    def chosen(self) -> DeliveryAddress | None:
        """The address of the book's; None for what is typed."""
        return self.book.get(self.cleaned_data.get("saved", ""))

    @property
    def destination(self) -> Destination:
        """The chosen address, or what was typed."""
        if (chosen := self.chosen) is None:
            return super().destination
        return Destination(
            recipient=chosen.recipient,
            recipient_phone=chosen.recipient_phone,
            delivery_region_id=chosen.delivery_region_id,
            delivery_address=chosen.delivery_address,
        )

    @property
    def delivery(self) -> Delivery:
        """Where to and what for, as the service takes it."""
        data = self.cleaned_data
        return Delivery(
            **vars(self.destination), purpose=data.get("purpose", ""), wanted_on=data.get("wanted_on")
        )

    def add_problems(self, problems: Mapping[str, str]) -> None:
        """What is wrong with a chosen address stands beside the choice."""
        names = dict.fromkeys(TYPED, "saved") if self.chosen else {}
        super().add_problems({names.get(name, name): problem for name, problem in problems.items()})

    def add_refusal(self, error: Exception) -> Mapping[int, str]:
        """Says why the service refuses; what is wrong with single lines comes back, by stock record.

        After a change of the total the form carries the new one: it has been said.
        """
        match error:
            case NotSellable():
                return {pk: each.message for pk, each in error.by_stock_record.items()}
            case AmountTooLarge():
                return error.problems
            case InvalidDelivery():
                self.add_problems(error.problems)
            case PricesChanged():
                self.add_error(None, str(error))
                self.data = dict(self.data.items()) | {"seen_fen": error.total_fen}
            case _:
                self.add_error(None, str(error))
        return {}


def delivery_of(request: PurchaseRequest | None) -> dict[str, Any]:
    """Where the last request went, to begin the next form with."""
    if request is None:
        return {}
    names = ("delivery_address", "recipient", "recipient_phone")
    return {"delivery_region": request.delivery_region_id, **{name: getattr(request, name) for name in names}}


class LinesForm(forms.Form):
    """A form with fields of its own for each of these lines of an order, named <name>_<line id>."""

    seen = SeenField()

    def __init__(self, order: Order, lines: Iterable[Line], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = moved_so_far(order.lines.all())
        self.lines = list(lines)
        for line in self.lines:
            for name, field in self.fields_of(line).items():
                self.fields[f"{name}_{line.pk}"] = field

    def fields_of(self, line: Line) -> Mapping[str, forms.Field]:
        """Name → field for one line."""
        raise NotImplementedError

    def value(self, name: str, line: Line) -> Any:
        """What was typed for the line."""
        return self.cleaned_data[f"{name}_{line.pk}"]

    @property
    def rows(self) -> list[tuple[Line, list[forms.BoundField]]]:
        """Each line with its fields."""
        return [(line, [self[f"{name}_{line.pk}"] for name in self.fields_of(line)]) for line in self.lines]

    def add_problems(self, problems: Mapping[int, str], name: str) -> None:
        """Puts what the service refused beside its line; what is about no line above the form."""
        for pk, problem in problems.items():
            field = f"{name}_{pk}"
            self.add_error(field if field in self.fields else None, problem)


class AcceptForm(LinesForm):
    """What arrived of each line: accepted, not accepted, and why not."""

    accepted_label = _("Accepted")

    def fields_of(self, line: Line) -> Mapping[str, forms.Field]:
        return {
            "accepted": QuantityField(label=self.accepted_label, initial=line.quantity_in_transit),
            "rejected": QuantityField(label=_("Not accepted"), initial=0),
            "reason": forms.CharField(label=_("Why not accepted"), required=False, max_length=200),
        }

    def clean(self) -> dict[str, Any]:
        """Names the line whose reason is missing; the service would refuse the whole."""
        for line in self.lines:
            data = self.cleaned_data
            if data.get(f"rejected_{line.pk}") and not data.get(f"reason_{line.pk}"):
                self.add_error(f"reason_{line.pk}", _("Please say why; the supplier will read it."))
        return self.cleaned_data

    @property
    def judgements(self) -> dict[int, Judgement] | None:
        """Line id → what the receiver says of it; None for all that is on its way."""
        if "all" in self.data:
            return None
        return {
            line.pk: Judgement(
                self.value("accepted", line), self.value("rejected", line), self.value("reason", line)
            )
            for line in self.lines
        }


class ReceiveForm(AcceptForm):
    """The same in the words of an individual, who receives and does not inspect."""

    accepted_label = _("Received in good order")


class QuantitiesForm(LinesForm):
    """So many sale units of each line, with one reason for all."""

    def fields_of(self, line: Line) -> Mapping[str, forms.Field]:
        return {"quantity": QuantityField(label=_("Quantity"), initial=self.proposed(line))}

    def proposed(self, line: Line) -> int:
        """What the form begins with."""
        raise NotImplementedError

    @property
    def quantities(self) -> dict[int, int]:
        """Line id → sale units."""
        return {line.pk: self.value("quantity", line) for line in self.lines}


class CancelForm(QuantitiesForm):
    """What shall not be shipped any more."""

    reason = reason_field(_("Why it is cancelled"), _("The supplier reads it."))

    def proposed(self, line: Line) -> int:
        return line.quantity_open


class ReturnForm(QuantitiesForm):
    """What goes back."""

    reason = reason_field(_("Why it goes back"), _("The supplier reads it."))

    def proposed(self, line: Line) -> int:
        return 0
