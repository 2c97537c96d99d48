"""How far an order has come, what happened to it, and what the user may do next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.templatetags.formats import cn_datetime, fen_cny, quantity
from marketplace.order.models import Line, Order
from marketplace.order.status import Fulfilment
from marketplace.order.status import Payment as PaymentStatus
from marketplace.portals.buying.words import unit_label
from marketplace.procurement import permissions
from marketplace.procurement.dues import recordable_fen
from marketplace.procurement.models import Payment, Receipt, Shipment
from marketplace.procurement.models.fulfilment import OrderEvent
from marketplace.procurement.services.orders import Move, possible_moves

# Status → how many of the steps are done.
STEPS_DONE = {
    Fulfilment.CONTRACTED: 1,
    Fulfilment.CONFIRMED: 2,
    Fulfilment.PART_SHIPPED: 2,
    Fulfilment.SHIPPED: 3,
    Fulfilment.PART_ACCEPTED: 3,
    Fulfilment.ACCEPTED: 4,
}


def steps_of(order: Order) -> list[dict[str, str]]:
    """Ordered, confirmed, shipped, accepted, paid; none for what was cancelled or went back.

    An individual has paid when the order begins.
    """
    status = Fulfilment(order.status)
    if status not in STEPS_DONE:
        return []
    done = STEPS_DONE[status]
    if order.purchase.is_individual:
        labels = [_("Order paid"), _("Supplier confirms"), _("Ship"), _("Confirm receipt of goods")]
    else:
        labels = [_("Order placed"), _("Supplier confirms"), _("Ship"), _("Accept"), _("Pay")]
        done += status == Fulfilment.ACCEPTED and order.payment_status == PaymentStatus.PAID
    return [
        {"label": label, "state": "done" if at < done else "current" if at == done else "upcoming"}
        for at, label in enumerate(labels)
    ]


def moves_of(user: User, order: Order) -> set[str]:
    """What the user may do now: receive, cancel, return, pay; of an order from `with_history`."""
    receives, cancels = permissions.can_receive(user, order), permissions.can_cancel_as_buyer(user, order)
    may = {Move.RECEIVE: receives, Move.RETURN: receives, Move.CANCEL: cancels}
    moves = {move.value for move in possible_moves(order, order.lines.all()) if may.get(move)}
    pays = recordable_fen(order, Payment.Direction.PAYMENT) and permissions.can_pay(user, order)
    return moves | {"pay"} if pays else moves


@dataclass(frozen=True)
class Event:
    """Something that happened; `row` is what components/timeline.html takes."""

    at: datetime
    title: str
    actor: str
    text: str = ""
    icon: str = "check"
    tone: str = "neutral"

    @property
    def row(self) -> dict[str, str]:
        """The event in words."""
        return {
            "title": self.title,
            "actor": self.actor,
            "at": cn_datetime(self.at),
            "text": self.text,
            "icon": self.icon,
            "tone": self.tone,
        }


def history_of(order: Order) -> list[dict[str, str]]:
    """Everything that happened to an order from `with_history`, latest first; costs no query."""
    lines = {line.pk: line for line in order.lines.all()}
    events = [
        *beginning(order),
        *(
            Event(each.at, str(each.get_kind_display()), name(each), each.reason, "ban", "error")
            for each in order.cancellations.all()
        ),
        *(shipped(each, lines) for each in order.shipments.all()),
        *(received(each, lines) for each in order.receipts.all()),
        *(
            Event(each.at, _("Goods sent back"), name(each), each.reason, "undo-2", "error")
            for each in order.returns.all()
        ),
        *(event for each in order.payments.all() for event in paid(each)),
    ]
    # Of one instant the later step comes first, too: a sort in reverse would keep the earlier one on top.
    events.sort(key=lambda event: event.at)
    return [event.row for event in reversed(events)]


def name(event: OrderEvent) -> str:
    """Who did it."""
    return str(event.actor.get_full_name())


def beginning(order: Order) -> Iterable[Event]:
    """The contract, and its confirmation by the supplier."""
    yield Event(order.date_placed, _("Order placed"), order.purchase.buyer.get_full_name(), icon="file-text")
    if order.confirmed_at:
        yield Event(
            order.confirmed_at, _("Confirmed by the supplier"), order.supplier.name, "", "check", "good"
        )


def shipped(shipment: Shipment, lines: dict[int, Line]) -> Event:
    """A dispatch: what, by whom carried."""
    goods = [counted(lines[each.line_id], each.quantity) for each in shipment.lines.all()]
    text = f"{shipment.carrier} {shipment.tracking_number} · " + " · ".join(goods)
    return Event(shipment.at, _("Shipped"), name(shipment), text, "truck", "good")


def received(receipt: Receipt, lines: dict[int, Line]) -> Event:
    """A judgement: what was accepted, what was not and why."""
    words = []
    for each in receipt.lines.all():
        line = lines[each.line_id]
        words.append(_("accepted: %(goods)s") % {"goods": counted(line, each.accepted)})
        if each.rejected:
            words.append(
                _("not accepted: %(goods)s (%(reason)s)")
                % {"goods": counted(line, each.rejected), "reason": each.reason}
            )
    return Event(
        receipt.at, _("Delivery accepted"), name(receipt), " · ".join(words), "package-check", "good"
    )


def paid(payment: Payment) -> Iterable[Event]:
    """Money recorded by one side and, later, confirmed by the other; an online payment is one event."""
    if payment.method == Payment.Method.ONLINE:
        yield paid_online(payment)
        return
    is_payment = payment.direction == Payment.Direction.PAYMENT
    text = f"{fen_cny(payment.amount_fen)} · {payment.bank_reference}"
    yield Event(
        payment.recorded_at,
        _("Payment recorded") if is_payment else _("Money sent back by the supplier"),
        payment.recorded_by.get_full_name(),
        text,
        "banknote",
        "waiting",
    )
    if payment.confirmed_at and payment.confirmed_by:
        title = _("Payment confirmed by the supplier") if is_payment else _("Money back confirmed")
        actor = payment.confirmed_by.get_full_name()
        yield Event(payment.confirmed_at, title, actor, text, "circle-check", "achieved")


def paid_online(payment: Payment) -> Event:
    """Money that a gateway took."""
    text = f"{fen_cny(payment.amount_fen)} · {payment.bank_reference}"
    actor = payment.recorded_by.get_full_name()
    return Event(payment.recorded_at, _("Paid online"), actor, text, "banknote", "achieved")


def counted(line: Line, number: int) -> str:
    """埔田竹笋 300 斤."""
    return f"{line.title} {quantity(number, unit_label(line.sale_unit))}"
