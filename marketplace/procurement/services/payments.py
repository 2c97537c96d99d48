"""Money: one side records a transfer, the other confirms it; then it is spread and journalled.

What a gateway took counts at once: it is spread in the transaction that makes the purchase.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from marketplace.accounts.models import User
from marketplace.core.money.allocation import spread
from marketplace.core.periods import shanghai_day
from marketplace.core.permissions import require
from marketplace.order.models import Line, Order
from marketplace.procurement import journal, permissions
from marketplace.procurement.dues import due_fen, freight_due_fen
from marketplace.procurement.models import Payment, PaymentAllocation
from marketplace.procurement.services.orders import LockedOrder, lock_order, save_orders
from marketplace.sales_journal.kinds import Kind
from marketplace.sales_journal.lines import Posting

Direction = Payment.Direction


class WrongAmount(Exception):
    """The amount is not positive or more than is due; `due_fen` is what would do at most."""

    def __init__(self, due_fen: int) -> None:
        super().__init__(
            _("Enter an amount above zero and at most %(due)s CNY.")
            % {"due": f"{due_fen // 100}.{due_fen % 100:02d}"}
        )
        self.due_fen = due_fen


class InvalidTransfer(ValueError):
    """No transfer can be so; `problems` maps a field to what is wrong with it and what to do."""

    def __init__(self, problems: dict[str, str]) -> None:
        self.problems = problems
        super().__init__(" ".join(problems.values()))


class AlreadyRecorded(Exception):
    """This bank serial number stands with the order already."""

    def __init__(self, bank_reference: str) -> None:
        super().__init__(
            _("A payment with the serial number %(reference)s is recorded already.")
            % {"reference": bank_reference}
        )


class AlreadyConfirmed(Exception):
    """The payment has been confirmed before."""

    def __init__(self) -> None:
        super().__init__(_("This payment is confirmed already."))


@transaction.atomic
def record_payment(
    *,
    order_id: int,
    actor: User,
    direction: Direction,
    amount_fen: int,
    paid_on: date,
    bank_reference: str,
    now: datetime,
) -> Payment:
    """A transfer as the paying side states it; it counts once the other side has confirmed it.

    Raises:
        WrongAmount: not positive, or more than is due (paid back: more than was overpaid).
        AlreadyRecorded: the same serial number for the same order.
        InvalidTransfer: the day is yet to come.
    """
    locked = lock_order(order_id)
    order = locked.order
    may = permissions.can_pay if direction == Direction.PAYMENT else permissions.can_settle
    require(allowed=may(actor, order))
    if paid_on > shanghai_day(now):
        raise InvalidTransfer({"paid_on": _("This day is yet to come.")})
    due = due_fen(order, locked.lines.values(), direction) - unconfirmed_fen(order, direction)
    if not 0 < amount_fen <= due:
        raise WrongAmount(max(due, 0))
    try:
        with transaction.atomic():
            payment = Payment.objects.create(
                order=order,
                direction=direction,
                amount_fen=amount_fen,
                paid_on=paid_on,
                bank_reference=bank_reference,
                recorded_by=actor,
                recorded_at=now,
            )
    except IntegrityError as error:
        raise AlreadyRecorded(bank_reference) from error
    locked.record("payment_recorded", str(order.status), payment=payment.pk, amount_fen=amount_fen)
    return payment


def unconfirmed_fen(order: Order, direction: Direction) -> int:
    """What was recorded before and still waits for confirmation."""
    waiting = order.payments.filter(direction=direction, confirmed_at__isnull=True)
    return sum(waiting.values_list("amount_fen", flat=True))


@transaction.atomic
def confirm_payment(*, payment_id: int, actor: User, now: datetime) -> Payment:
    """The transfer confirmed by who received it: spread over the lines and journalled that day.

    Raises:
        PermissionDenied: not the receiving side, or the one who recorded it: another must confirm.
        AlreadyConfirmed: it counts already.
    """
    order_id = Payment.objects.values_list("order_id", flat=True).get(pk=payment_id)
    locked = lock_order(order_id)
    payment = Payment.objects.select_for_update(of=("self",)).get(pk=payment_id)
    is_payment = payment.direction == Direction.PAYMENT
    may = permissions.can_settle if is_payment else permissions.can_pay
    require(allowed=may(actor, locked.order) and payment.recorded_by_id != actor.pk)
    if payment.confirmed_at is not None:
        raise AlreadyConfirmed
    payment.confirmed_by, payment.confirmed_at = actor, now
    payment.save(update_fields=["confirmed_by", "confirmed_at"])
    amounts, freight = allocation(locked, payment.direction, payment.amount_fen)
    book(locked, payment, amounts, freight)
    kind = Kind.PAID if is_payment else Kind.REPAID
    journal.post(journal.settled(locked.order, kind, f"{payment.direction}:{payment.pk}", amounts, now), now)
    locked.record("payment_confirmed", str(locked.order.status), payment=payment.pk)
    return payment


def allocation(locked: LockedOrder, direction: str, amount_fen: int) -> tuple[dict[Line, int], int]:
    """Line → fen, and the freight's fen: lines by what is due on each, freight last.

    Where less is due than when a payment was recorded (goods were refused meanwhile), the rest is spread
    over the lines by their price: it stands as overpaid until it is paid back.
    """
    sign = 1 if direction == Direction.PAYMENT else -1
    lines = list(locked.lines.values())
    due = [max(sign * line.outstanding_fen, 0) for line in lines]
    on_lines = min(amount_fen, sum(due))
    on_freight = min(amount_fen - on_lines, max(sign * freight_due_fen(locked.order, lines), 0))
    rest = amount_fen - on_lines - on_freight
    parts = zip(
        spread(on_lines, due),
        spread(rest, [int(line.line_price_incl_tax * 100) for line in lines]),
        strict=True,
    )
    return dict(zip(lines, (part + more for part, more in parts), strict=True)), on_freight


def book(locked: LockedOrder, payment: Payment, amounts: Mapping[Line, int], freight: int) -> None:
    """The allocations saved, and lines and order moved by them."""
    move_by(locked, payment, amounts, freight)
    locked.save(["paid_fen", "repaid_fen"], ["freight_paid_fen"])
    PaymentAllocation.objects.bulk_create(allocations_of(payment, amounts, freight))


def move_by(locked: LockedOrder, payment: Payment, amounts: Mapping[Line, int], freight: int) -> None:
    """Lines and order moved by the payment, not saved yet."""
    is_payment = payment.direction == Direction.PAYMENT
    for line, amount in amounts.items():
        if is_payment:
            line.paid_fen += amount
        else:
            line.repaid_fen += amount
    locked.order.freight_paid_fen += freight if is_payment else -freight


def allocations_of(payment: Payment, amounts: Mapping[Line, int], freight: int) -> list[PaymentAllocation]:
    """The payment's parts that are not nought, not saved yet."""
    rows: list[tuple[Line | None, int]] = [*amounts.items(), (None, freight)]
    return [
        PaymentAllocation(payment=payment, line=line, amount_fen=amount) for line, amount in rows if amount
    ]


def settle_online(
    *, orders: Sequence[LockedOrder], buyer: User, transaction_number: str, now: datetime
) -> list[Posting]:
    """Each order of a new purchase paid in full by one transaction of a gateway, which has confirmed it.

    Gives what the journal is to say of it. A fixed number of queries whatever the orders and lines.
    """
    saved = Payment.objects.bulk_create(
        Payment(
            order=each.order,
            direction=Direction.PAYMENT,
            method=Payment.Method.ONLINE,
            amount_fen=due_fen(each.order, each.lines.values(), Direction.PAYMENT),
            paid_on=shanghai_day(now),
            bank_reference=transaction_number,
            recorded_by=buyer,
            recorded_at=now,
            confirmed_at=now,
        )
        for each in orders
    )
    rows: list[PaymentAllocation] = []
    postings: list[Posting] = []
    for each, payment in zip(orders, saved, strict=True):
        amounts, freight = allocation(each, Direction.PAYMENT, payment.amount_fen)
        move_by(each, payment, amounts, freight)
        rows += allocations_of(payment, amounts, freight)
        key = f"{payment.direction}:{payment.pk}"
        postings += journal.settled(each.order, Kind.PAID, key, amounts, now)
    save_orders(orders, ["paid_fen"], ["freight_paid_fen"])
    PaymentAllocation.objects.bulk_create(rows)
    return postings
