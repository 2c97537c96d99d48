"""Orders, and what happens to them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, Field, StringConstraints

from marketplace.api.schemas.campaigns import CampaignName
from marketplace.api.schemas.requests import DeliveryOut
from marketplace.api.schemas.values import (
    LARGEST_KEY,
    MOST_LINES,
    PRINTABLE,
    Day,
    Fen,
    Input,
    Key,
    Name,
    OptionalReason,
    PageFilters,
    Reason,
    Units,
    UnitsOrNone,
)
from marketplace.order.status import Fulfilment, Payment

Short = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=PRINTABLE)
]
Reference = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=64, pattern=PRINTABLE)
]
Moved = Annotated[
    int,
    Field(
        strict=True,
        ge=0,
        le=LARGEST_KEY,
        description=_(
            "“moved” of the order as you saw it: if it is another one now nothing is done, so that a "
            "call that is sent twice moves goods once."
        ),
    ),
]


class QuantityIn(Input):
    """So many sale units of an order's line."""

    line_id: Key
    quantity: Units


Quantities = Annotated[list[QuantityIn], Field(min_length=1, max_length=MOST_LINES)]


class ConfirmIn(Input):
    """What the supplier can deliver: everything where no lines are named; less needs a reason."""

    lines: Quantities | None = None
    reason: OptionalReason = ""


class CancelIn(Input):
    """What will not be shipped: everything open where no lines are named."""

    reason: Reason
    lines: Quantities | None = None
    moved: Moved


class CertificateIn(Input):
    """The seven fields of a compliance certificate (承诺达标合格证) for one line."""

    line_id: Key
    product_name: Short
    weight: Name
    producer: Short
    origin: Reason
    contact: Name
    issued_on: Day
    promise: Reason


class ShipIn(Input):
    """One dispatch: everything open where no lines are named."""

    carrier: Name
    tracking_number: Name
    lines: Quantities | None = None
    certificates: Annotated[list[CertificateIn], Field(max_length=MOST_LINES)] = []
    moved: Moved


class JudgementIn(Input):
    """What the receiver says of a line; what is not accepted needs a reason."""

    line_id: Key
    accepted: UnitsOrNone
    rejected: UnitsOrNone = 0
    reason: OptionalReason = ""


class AcceptIn(Input):
    """What arrived: all that is on its way is accepted where no lines are named."""

    lines: Annotated[list[JudgementIn], Field(min_length=1, max_length=MOST_LINES)] | None = None
    moved: Moved


class ReturnIn(Input):
    """Accepted goods that go back."""

    reason: Reason
    lines: Quantities
    moved: Moved


class TransferIn(Input):
    """A bank transfer that has been made."""

    amount_fen: Fen
    paid_on: Day
    bank_reference: Reference


class OrderFilters(PageFilters):
    """What narrows the orders."""

    status: Fulfilment | None = Field(None, description=_("In this state."))
    payment_status: Payment | None = Field(None, description=_("With this state of payment."))


class PaymentFilters(PageFilters):
    """What narrows the payments."""

    order: Annotated[str, StringConstraints(pattern=r"^[0-9-]{1,30}$")] | None = Field(
        None, description=_("For the order of this number.")
    )
    confirmed: bool | None = Field(None, description=_("Whether the receiving side has confirmed it."))


class LineOut(BaseModel):
    """One stock record of an order; the quantities are whole sale units and only ever grow."""

    id: int
    stock_record_id: int
    product_id: int
    title: str
    sale_unit: str
    net_weight_grams: int
    village_code: str
    campaign: CampaignName | None
    needs_certificate: bool
    unit_price_fen: int
    quantity: int
    confirmed: int
    cancelled: int
    shipped: int
    accepted: int
    rejected: int
    returned: int
    paid_fen: int
    repaid_fen: int


class OrderOut(BaseModel):
    """An order with its lines; `allowed` names what can happen to it now."""

    number: str
    purchase_number: str
    supplier_id: int
    supplier: str
    buyer: str
    status: Fulfilment
    payment_status: Payment
    allowed: list[str]
    moved: int
    placed_at: datetime
    confirmed_at: datetime | None
    freight_fen: int
    payable_fen: int
    paid_fen: int
    lines: list[LineOut]


class PaymentOut(BaseModel):
    """A bank transfer for an order; it counts once the receiving side has confirmed it."""

    id: int
    order: str
    direction: str
    amount_fen: int
    paid_on: date
    bank_reference: str
    recorded_at: datetime
    confirmed_at: datetime | None


class ShipmentOut(BaseModel):
    """One dispatch."""

    at: datetime
    carrier: str
    tracking_number: str


class OrderDetail(OrderOut):
    """An order with where it goes, its dispatches and payments."""

    delivery: DeliveryOut
    wanted_on: date | None
    shipments: list[ShipmentOut]
    payments: list[PaymentOut]


class OrderPage(BaseModel):
    """Orders, the newest first; `next_cursor` is null on the last page."""

    items: list[OrderOut]
    next_cursor: str | None


class PaymentPage(BaseModel):
    """Payments, the newest first; `next_cursor` is null on the last page."""

    items: list[PaymentOut]
    next_cursor: str | None
