"""The states of what somebody buys, in a buyer's words and colours."""

from datetime import datetime

from django.utils.translation import gettext as _

from catalog.catalogue.units import SaleUnit
from marketplace.order.models import Order
from marketplace.order.status import Fulfilment
from marketplace.portals.pills import Pill
from marketplace.procurement.models import PurchaseRequest

Status = PurchaseRequest.Status

REQUEST_TONES = {
    Status.PENDING: "waiting",
    Status.APPROVED: "good",
    Status.REJECTED: "error",
    Status.WITHDRAWN: "neutral",
    Status.EXPIRED: "neutral",
    Status.PAID: "good",
}
ORDER_TONES = {
    Fulfilment.CONTRACTED: "waiting",
    Fulfilment.CONFIRMED: "waiting",
    Fulfilment.PART_SHIPPED: "waiting",
    Fulfilment.SHIPPED: "waiting",
    Fulfilment.PART_ACCEPTED: "good",
    Fulfilment.ACCEPTED: "good",
    Fulfilment.RETURNED: "neutral",
    Fulfilment.CANCELLED: "neutral",
}


def request_pill(request: PurchaseRequest, now: datetime) -> Pill:
    """The request's state; past its reservation it reads expired before the task ends it."""
    status = Status(request.status)
    if status == Status.PENDING and request.expires_at <= now:
        status = Status.EXPIRED
    label = individual_label(status) if request.is_individual else str(status.label)
    return Pill(label, REQUEST_TONES[status])


def individual_label(status: PurchaseRequest.Status) -> str:
    """What an individual calls the states of what they buy: nobody decides, they pay."""
    labels = {
        Status.PENDING: _("waiting for payment"),
        Status.WITHDRAWN: _("purchase cancelled"),
        Status.EXPIRED: _("not paid in time"),
    }
    return labels.get(status, str(status.label))


def order_pill(order: Order) -> Pill:
    """How far the order's goods are."""
    status = Fulfilment(order.status)
    return Pill(str(status.label), ORDER_TONES[status])


def unit_label(code: str) -> str:
    """斤 for jin; empty for goods without a unit."""
    return str(SaleUnit(code).label) if code else ""
