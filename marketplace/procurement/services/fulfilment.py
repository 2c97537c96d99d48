"""What happens to the goods of an order: confirmed, shipped, received, cancelled, returned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.partner import services as stock
from marketplace.accounts.models import User
from marketplace.core.permissions import require
from marketplace.order.models import Line, Order
from marketplace.procurement import journal, notices, permissions
from marketplace.procurement.models import (
    Cancellation,
    CancellationLine,
    ComplianceCertificate,
    Receipt,
    ReceiptLine,
    Return,
    ReturnLine,
    Shipment,
    ShipmentLine,
)
from marketplace.procurement.services.orders import (
    LockedOrder,
    Move,
    ReasonMissing,
    WrongQuantities,
    by_line,
    by_stock_record,
    lock_order,
)
from marketplace.procurement.services.set_off import set_off
from marketplace.sales_journal.kinds import Kind


class CertificateMissing(Exception):
    """These lines must not leave without a compliance certificate; `titles` names them."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(
            _("Fill in the compliance certificate for: %(titles)s.") % {"titles": "、".join(titles)}
        )
        self.titles = titles


@dataclass(frozen=True)
class Certificate:
    """The seven fields of a compliance certificate; none may be empty."""

    product_name: str
    weight: str
    producer: str
    origin: str
    contact: str
    issued_on: date
    promise: str

    @property
    def is_complete(self) -> bool:
        """Whether every field says something."""
        return all(str(value or "").strip() for value in asdict(self).values())


@dataclass(frozen=True)
class Judgement:
    """What the receiver says of a line: sale units accepted and not accepted, and why not."""

    accepted: int
    rejected: int = 0
    reason: str = ""


@transaction.atomic
def confirm_order(
    *,
    order_id: int,
    actor: User,
    now: datetime,
    quantities: Mapping[int, int] | None = None,
    reason: str = "",
) -> Order:
    """The order confirmed by its supplier, wholly or (with a reason) for less.

    What is not confirmed is cancelled: its stock is free again, contracted is reversed, the buyer is told.
    """
    locked = lock_order(order_id)
    order = locked.order
    require(allowed=permissions.can_supply(actor, order))
    locked.require(Move.CONFIRM)
    before = str(order.status)
    confirmed = locked.quantities(quantities, lambda line: line.quantity_open)
    short = {
        line: line.quantity_open - confirmed.get(line, 0)
        for line in locked.lines.values()
        if line.quantity_open > confirmed.get(line, 0)
    }
    for line, quantity in confirmed.items():
        line.quantity_confirmed = quantity
    order.confirmed_at = now
    if short:
        cancel_quantities(locked, short, Cancellation.Kind.SHORT, actor, reason, now)
    locked.save(["quantity_confirmed", "quantity_cancelled"], ["confirmed_at"])
    locked.record("order_confirmed", before, confirmed=by_line(confirmed), short=by_line(short))
    notices.tell_buyer(order, "short" if short else "confirmed", f"confirmed:{order.pk}", now, reason=reason)
    return order


@transaction.atomic
def refuse_order(*, order_id: int, actor: User, reason: str, now: datetime) -> Order:
    """The order refused by its supplier: everything is cancelled, with a reason."""
    locked = lock_order(order_id)
    require(allowed=permissions.can_supply(actor, locked.order))
    locked.require(Move.REFUSE)
    return cancel_locked(locked, None, Cancellation.Kind.REFUSED, actor, reason, now)


@transaction.atomic
def cancel_order(
    *,
    order_id: int,
    actor: User,
    kind: Cancellation.Kind,
    reason: str,
    now: datetime,
    quantities: Mapping[int, int] | None = None,
    seen: int | None = None,
) -> Order:
    """What is not shipped cancelled by either side (`kind` BUYER or SUPPLIER), wholly or in part.

    `seen` here and below: orders.moved_so_far of the order that the sender saw; it must be so still.
    """
    locked = lock_order(order_id)
    may = permissions.can_cancel_as_buyer if kind == Cancellation.Kind.BUYER else permissions.can_supply
    require(allowed=may(actor, locked.order))
    locked.require(Move.CANCEL, seen)
    return cancel_locked(locked, quantities, kind, actor, reason, now)


def cancel_locked(
    locked: LockedOrder,
    quantities: Mapping[int, int] | None,
    kind: Cancellation.Kind,
    actor: User,
    reason: str,
    now: datetime,
) -> Order:
    """The locked order with these sale units cancelled; the other side is told."""
    before = str(locked.order.status)
    cancelled = locked.quantities(quantities, lambda line: line.quantity_open)
    event = cancel_quantities(locked, cancelled, kind, actor, reason, now)
    locked.save(["quantity_cancelled"])
    locked.record("order_cancelled", before, kind=kind.value, cancelled=by_line(cancelled))
    tell = notices.tell_supplier if kind == Cancellation.Kind.BUYER else notices.tell_buyer
    tell(locked.order, "cancelled", f"cancelled:{event.pk}", now, reason=reason)
    return locked.order


def cancel_quantities(
    locked: LockedOrder,
    quantities: Mapping[Line, int],
    kind: Cancellation.Kind,
    actor: User,
    reason: str,
    now: datetime,
) -> Cancellation:
    """The cancellation, its stock freed and contracted reversed; the lines are changed, not yet saved.

    Raises:
        ReasonMissing: nobody cancels without a reason.
    """
    if not reason.strip():
        raise ReasonMissing
    order = locked.order
    event = Cancellation.objects.create(order=order, actor=actor, at=now, kind=kind, reason=reason)
    CancellationLine.objects.bulk_create(
        CancellationLine(cancellation=event, line=line, quantity=quantity)
        for line, quantity in quantities.items()
    )
    stock.free(
        source_key=order.stock_key,
        lines=by_stock_record(quantities),
        now=now,
        reason=f"cancelled:{kind.value}",
    )
    for line, quantity in quantities.items():
        line.quantity_cancelled += quantity
    key = f"cancelled:{event.pk}"
    moved = journal.moved(order, Kind.CANCELLED, key, quantities, now)
    journal.post([*moved, *set_off(locked, key, now)], now)
    return event


@transaction.atomic
def ship_order(
    *,
    order_id: int,
    actor: User,
    carrier: str,
    tracking_number: str,
    now: datetime,
    quantities: Mapping[int, int] | None = None,
    certificates: Mapping[int, Certificate] | None = None,
    seen: int | None = None,
) -> Shipment:
    """One dispatch of a confirmed order; several may follow each other.

    Raises:
        CertificateMissing: fresh goods without the seven fields; nothing is shipped then.
        WrongQuantities: more than is open.
    """
    locked = lock_order(order_id)
    order = locked.order
    require(allowed=permissions.can_supply(actor, order))
    locked.require(Move.SHIP, seen)
    before = str(order.status)
    shipped = locked.quantities(quantities, lambda line: line.quantity_open)
    held = certificates or {}
    require_certificates(shipped, held)
    shipment = Shipment.objects.create(
        order=order, actor=actor, at=now, carrier=carrier, tracking_number=tracking_number
    )
    save_shipped_lines(shipment, shipped, held)
    stock.ship(source_key=order.stock_key, lines=by_stock_record(shipped), now=now)
    for line, quantity in shipped.items():
        line.quantity_shipped += quantity
    locked.save(["quantity_shipped"])
    locked.record("order_shipped", before, shipment=shipment.pk, shipped=by_line(shipped))
    notices.tell_buyer(order, "shipped", f"shipped:{shipment.pk}", now)
    return shipment


def require_certificates(shipped: Mapping[Line, int], held: Mapping[int, Certificate]) -> None:
    """Goes on only if every line that needs a certificate has a complete one."""
    missing = [
        line.title
        for line in shipped
        if line.needs_certificate and not (line.pk in held and held[line.pk].is_complete)
    ]
    if missing:
        raise CertificateMissing(missing)


def save_shipped_lines(
    shipment: Shipment, shipped: Mapping[Line, int], held: Mapping[int, Certificate]
) -> None:
    """The shipment's lines and their certificates, two statements."""
    rows = ShipmentLine.objects.bulk_create(
        ShipmentLine(shipment=shipment, line=line, quantity=quantity) for line, quantity in shipped.items()
    )
    ComplianceCertificate.objects.bulk_create(
        ComplianceCertificate(shipment_line=row, **asdict(held[row.line_id]))
        for row in rows
        if row.line_id in held
    )


@transaction.atomic
def receive_order(
    *,
    order_id: int,
    actor: User,
    judgements: Mapping[int, Judgement] | None,
    now: datetime,
    seen: int | None = None,
) -> Receipt:
    """The receiver's judgement of what was shipped; None accepts all that is on its way.

    Accepted units are the sales figure; units not accepted reverse contracted and never return to stock by
    themselves.
    """
    locked = lock_order(order_id)
    order = locked.order
    require(allowed=permissions.can_receive(actor, order))
    locked.require(Move.RECEIVE, seen)
    before = str(order.status)
    judged = judged_lines(locked, judgements)
    receipt = Receipt.objects.create(order=order, actor=actor, at=now)
    ReceiptLine.objects.bulk_create(
        ReceiptLine(receipt=receipt, line=line, **asdict(judgement)) for line, judgement in judged.items()
    )
    for line, judgement in judged.items():
        line.quantity_accepted += judgement.accepted
        line.quantity_rejected += judgement.rejected
    locked.save(["quantity_accepted", "quantity_rejected"])
    post_receipt(locked, receipt, judged, now)
    locked.record("order_received", before, receipt=receipt.pk)
    notices.tell_supplier(order, "received", f"received:{receipt.pk}", now)
    return receipt


def judged_lines(locked: LockedOrder, judgements: Mapping[int, Judgement] | None) -> dict[Line, Judgement]:
    """Line → judgement, checked: within what is on its way, and no rejection without a reason."""
    if judgements is None:
        whole = locked.quantities(None, lambda line: line.quantity_in_transit)
        return {line: Judgement(accepted=quantity) for line, quantity in whole.items()}
    if any(judgement.accepted < 0 or judgement.rejected < 0 for judgement in judgements.values()):
        raise WrongQuantities({0: _("A quantity cannot be negative.")})
    totals = {pk: judgement.accepted + judgement.rejected for pk, judgement in judgements.items()}
    lines = locked.quantities(totals, lambda line: line.quantity_in_transit)
    if any(judgements[line.pk].rejected and not judgements[line.pk].reason.strip() for line in lines):
        raise ReasonMissing
    return {line: judgements[line.pk] for line in lines}


def post_receipt(
    locked: LockedOrder, receipt: Receipt, judged: Mapping[Line, Judgement], now: datetime
) -> None:
    """The journal's rows of a receipt: accepted, and contracted reversed for what is not accepted."""
    order = locked.order
    accepted = {line: judgement.accepted for line, judgement in judged.items()}
    rejected = {line: judgement.rejected for line, judgement in judged.items()}
    postings = [
        *journal.moved(order, Kind.ACCEPTED, f"accepted:{receipt.pk}", accepted, now),
        *journal.moved(order, Kind.CANCELLED, f"not_accepted:{receipt.pk}", rejected, now),
        *set_off(locked, f"not_accepted:{receipt.pk}", now),
    ]
    journal.post(postings, now)


@transaction.atomic
def return_goods(
    *,
    order_id: int,
    actor: User,
    quantities: Mapping[int, int],
    reason: str,
    now: datetime,
    seen: int | None = None,
) -> Return:
    """Accepted goods that go back: accepted falls at once, paid only when the money goes back."""
    locked = lock_order(order_id)
    order = locked.order
    require(allowed=permissions.can_receive(actor, order))
    locked.require(Move.RETURN, seen)
    if not reason.strip():
        raise ReasonMissing
    before = str(order.status)
    returned = locked.quantities(quantities, lambda line: line.quantity_kept)
    event = Return.objects.create(order=order, actor=actor, at=now, reason=reason)
    ReturnLine.objects.bulk_create(
        ReturnLine(returned_in=event, line=line, quantity=quantity) for line, quantity in returned.items()
    )
    for line, quantity in returned.items():
        line.quantity_returned += quantity
    locked.save(["quantity_returned"])
    key = f"returned:{event.pk}"
    moved = journal.moved(order, Kind.RETURNED, key, returned, now)
    journal.post([*moved, *set_off(locked, key, now)], now)
    locked.record("goods_returned", before, returned=by_line(returned))
    notices.tell_supplier(order, "returned", f"returned:{event.pk}", now, reason=reason)
    return event
