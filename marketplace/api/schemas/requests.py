"""Purchase requests."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from django.utils.translation import gettext_noop as _
from pydantic import BaseModel, Field

from marketplace.api.schemas.campaigns import CampaignName
from marketplace.api.schemas.values import (
    MOST_LINES,
    Day,
    Fen,
    Input,
    Key,
    Name,
    OptionalReason,
    PageFilters,
    Phone,
    Reason,
    RegionCode,
    Units,
)
from marketplace.procurement.models import OnlinePayment, PurchaseRequest


class WantedLine(Input):
    """So many sale units of a stock record, for a campaign or for none."""

    stock_record_id: Key
    quantity: Units
    campaign_id: Key | None = Field(
        None, description=_("Counts for this campaign: it must run now, and the goods must be its own.")
    )


class DeliveryIn(Input):
    """Where the goods go."""

    region_code: RegionCode
    address: Reason
    recipient: Name
    recipient_phone: Phone


class RequestIn(Input):
    """What is asked for: reserved until somebody else of the institution decides, or the individual pays."""

    lines: Annotated[list[WantedLine], Field(min_length=1, max_length=MOST_LINES)]
    delivery: DeliveryIn
    purpose: OptionalReason = Field(
        "", description=_("What the goods are for: an institution must say it, an individual does not.")
    )
    wanted_on: Day | None = Field(None, description=_("For institutions: the day by which they are needed."))
    expected_total_fen: Fen | None = Field(
        None, description=_("Goods and freight together: if it is another sum now, nothing is submitted.")
    )


class ReasonIn(Input):
    """Why; the other side reads it."""

    reason: Reason


class RequestFilters(PageFilters):
    """What narrows the requests."""

    status: PurchaseRequest.Status | None = Field(None, description=_("In this state."))


class RequestOut(BaseModel):
    """A request without its lines."""

    id: int
    status: PurchaseRequest.Status
    institution_id: int | None
    institution: str | None
    requester: str
    submitted_at: datetime
    expires_at: datetime
    decided_at: datetime | None
    purpose: str
    wanted_on: date | None
    goods_fen: int
    freight_fen: int
    total_fen: int
    line_count: int


class RequestLineOut(BaseModel):
    """One stock record at the price of the moment of submission."""

    stock_record_id: int
    product_id: int
    supplier_id: int
    supplier: str
    title: str
    quantity: int
    unit_price_fen: int
    line_fen: int
    campaign: CampaignName | None


class DecisionOut(BaseModel):
    """Who decided what, and why."""

    verdict: str
    approver: str
    reason: str
    decided_at: datetime


class DeliveryOut(BaseModel):
    """Where the goods go."""

    region_code: str
    address: str
    recipient: str
    recipient_phone: str


class OnlinePaymentOut(BaseModel):
    """What an individual has paid for a request; `reason` says why it goes back, "" if it bought."""

    amount_fen: int
    received_at: datetime
    outcome: OnlinePayment.Outcome
    reason: OnlinePayment.Reason | Literal[""]
    refunded_at: datetime | None


class PaymentWayOut(BaseModel):
    """Where a person pays for their request, with a browser, before `expires_at`."""

    payment_url: str
    amount_fen: int
    expires_at: datetime


class RequestDetail(RequestOut):
    """A request with its lines, its trail, its payments and the purchase that it became."""

    delivery: DeliveryOut
    lines: list[RequestLineOut]
    decisions: list[DecisionOut]
    online_payments: list[OnlinePaymentOut]
    purchase_number: str | None
    orders: list[str]


class RequestPage(BaseModel):
    """Requests, the newest first; `next_cursor` is null on the last page."""

    items: list[RequestOut]
    next_cursor: str | None


class PurchaseOut(BaseModel):
    """What an approved request has become: one order per supplier."""

    number: str
    transfer_reference: str
    goods_fen: int
    freight_fen: int
    total_fen: int
    orders: list[str]
