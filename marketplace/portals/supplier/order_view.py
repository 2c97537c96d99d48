"""An order as its supplier reads it: how far it is, its lines, its money, what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from catalog.catalogue.units import SaleUnit
from marketplace.core.templatetags.formats import cn_datetime, quantity
from marketplace.order.models import Line, Order
from marketplace.order.status import Fulfilment, Payment
from marketplace.portals.pills import Pill, payment_pill
from marketplace.procurement.dues import recordable_fen
from marketplace.procurement.models import Payment as Transfer
from marketplace.procurement.models.fulfilment import OrderEvent
from marketplace.procurement.queries import StatementRow, statement_row
from marketplace.procurement.services.orders import possible_moves
from marketplace.procurement.supplier_work import buyer_of

TONES = {
    Fulfilment.CONTRACTED: "urgent",
    Fulfilment.CONFIRMED: "waiting",
    Fulfilment.PART_SHIPPED: "waiting",
    Fulfilment.SHIPPED: "waiting",
    Fulfilment.PART_ACCEPTED: "waiting",
    Fulfilment.ACCEPTED: "good",
    Fulfilment.RETURNED: "error",
    Fulfilment.CANCELLED: "neutral",
}


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list, with its two states."""

    order: Order
    buyer: str
    pill: Pill
    payment: Pill


def row_of(order: Order) -> OrderRow:
    """The order as a row; costs no query."""
    status = Fulfilment(order.status)
    return OrderRow(order, buyer_of(order), Pill(str(status.label), TONES[status]), payment_pill(order))


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line with its sale unit in words, and what became of it where that is not what was ordered."""

    line: Line
    unit: str
    notes: list[str]


@dataclass(frozen=True, slots=True)
class OrderView:
    """Everything that an order's page shows."""

    row: OrderRow
    lines: list[LineRow]
    account: StatementRow
    repayable_fen: int
    payments: list[Transfer]
    steps: list[dict[str, str]]
    events: list[dict[str, str]]
    allowed: tuple[str, ...]

    @property
    def order(self) -> Order:
        """The order itself."""
        return self.row.order


def view_of(order: Order) -> OrderView:
    """The page of an order that was loaded with its history; costs no query."""
    lines = list(order.lines.all())
    payments = list(order.payments.all())
    return OrderView(
        row=row_of(order),
        lines=[LineRow(line, unit_of(line), notes_of(line)) for line in lines],
        account=statement_row(order, lines),
        repayable_fen=recordable_fen(order, Transfer.Direction.REPAYMENT),
        payments=payments,
        steps=steps_of(order, lines),
        events=events_of(order),
        allowed=possible_moves(order, lines),
    )


def unit_of(line: Line) -> str:
    """The line's sale unit in words, as it was when the order was placed."""
    return str(SaleUnit(line.sale_unit).label) if line.sale_unit in SaleUnit.values else line.sale_unit


def notes_of(line: Line) -> list[str]:
    """How many sale units took which way; nothing for what did not happen."""
    counted = [
        (_("to ship: %s"), line.quantity_open),
        (_("on the way: %s"), line.quantity_in_transit),
        (_("accepted: %s"), line.quantity_accepted),
        (_("not accepted: %s"), line.quantity_rejected),
        (_("sent back: %s"), line.quantity_returned),
        (_("cancelled: %s"), line.quantity_cancelled),
    ]
    return [text % quantity(number, unit_of(line)) for text, number in counted if number]


def steps_of(order: Order, lines: list[Line]) -> list[dict[str, str]]:
    """Confirm, ship, be accepted, be paid: which is done, which is next. A private buyer has paid before."""
    to_deliver = sum(line.quantity - line.quantity_cancelled for line in lines)
    judged = sum(line.quantity_accepted + line.quantity_rejected for line in lines)
    done = [
        (_("Take the order"), order.confirmed_at is not None),
        (_("Ship"), sum(line.quantity_shipped for line in lines) == to_deliver > 0),
        (_("Buyer accepts"), judged == to_deliver > 0),
    ]
    if order.purchase.is_individual:
        done.insert(0, (_("Buyer has paid"), True))
    else:
        done.append((_("Get paid"), order.payment_status == Payment.PAID))
    current = next((index for index, (_label, is_done) in enumerate(done) if not is_done), None)
    return [
        {"label": label, "state": "done" if is_done else "current" if index == current else "upcoming"}
        for index, (label, is_done) in enumerate(done)
    ]


def events_of(order: Order) -> list[dict[str, str]]:
    """What happened, the latest on top."""
    found: list[tuple[datetime, dict[str, str]]] = [
        (order.date_placed, event(_("Order placed"), buyer_of(order), "file-text"))
    ]
    if order.confirmed_at:
        found.append((order.confirmed_at, event(_("Order taken"), order.supplier.name, "check")))
    found += [(each.at, shipped(each)) for each in order.shipments.all()]
    found += [
        (each.at, event(_("Accepted by the buyer"), actor_of(each, order), "package-check"))
        for each in order.receipts.all()
    ]
    found += [
        (each.at, event(str(each.get_kind_display()), actor_of(each, order), "ban", each.reason, "error"))
        for each in order.cancellations.all()
    ]
    found += [
        (each.at, event(_("Sent back by the buyer"), actor_of(each, order), "undo-2", each.reason, "error"))
        for each in order.returns.all()
    ]
    return [
        {**facts, "at": cn_datetime(at)}
        for at, facts in sorted(found, key=lambda each: each[0], reverse=True)
    ]


def shipped(shipment: Any) -> dict[str, str]:
    """A dispatch in words."""
    goods = "；".join(
        f"{row.line.title} {quantity(row.quantity, unit_of(row.line))}" for row in shipment.lines.all()
    )
    carrier = f"{shipment.carrier} {shipment.tracking_number}"
    return event(_("Shipped"), shipment.actor, "truck", f"{carrier} · {goods}")


def actor_of(happened: OrderEvent, order: Order) -> Any:
    """Who did it; a private buyer is not named here, either."""
    is_buyer = order.purchase.is_individual and happened.actor_id == order.purchase.buyer_id
    return buyer_of(order) if is_buyer else happened.actor


def event(title: str, actor: Any, icon: str, text: str = "", tone: str = "good") -> dict[str, str]:
    """One entry of the timeline."""
    name = actor.get_full_name() if hasattr(actor, "get_full_name") else str(actor)
    return {"title": title, "actor": name, "icon": icon, "text": text, "tone": tone}
