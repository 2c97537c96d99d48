"""What every change of an order shares: lock it, check the quantities, save lines and statuses together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from marketplace.core.audit import services as audit
from marketplace.order.models import Line, Order
from marketplace.order.status import Fulfilment, fulfilment_of, payment_of


class Move(models.TextChoices):
    """What can happen to an order's goods."""

    CONFIRM = "confirm", pgettext_lazy("move", "take the order")
    REFUSE = "refuse", pgettext_lazy("move", "refuse it")
    CANCEL = "cancel", pgettext_lazy("move", "cancel")
    SHIP = "ship", pgettext_lazy("move", "ship")
    RECEIVE = "receive", pgettext_lazy("move", "accept")
    RETURN = "return", pgettext_lazy("move", "return goods")


# What each state allows, as long as there is something left to move.
ALLOWED: dict[Fulfilment, tuple[Move, ...]] = {
    Fulfilment.CONTRACTED: (Move.CONFIRM, Move.REFUSE, Move.CANCEL),
    Fulfilment.CONFIRMED: (Move.SHIP, Move.CANCEL),
    Fulfilment.PART_SHIPPED: (Move.SHIP, Move.RECEIVE, Move.CANCEL),
    Fulfilment.SHIPPED: (Move.RECEIVE,),
    Fulfilment.PART_ACCEPTED: (Move.SHIP, Move.RECEIVE, Move.CANCEL, Move.RETURN),
    Fulfilment.ACCEPTED: (Move.RETURN,),
    Fulfilment.RETURNED: (),
    Fulfilment.CANCELLED: (),
}


# The sale units that a move takes; the others take the order as a whole.
TAKEN: dict[Move, Callable[[Line], int]] = {
    Move.CANCEL: attrgetter("quantity_open"),
    Move.SHIP: attrgetter("quantity_open"),
    Move.RECEIVE: attrgetter("quantity_in_transit"),
    Move.RETURN: attrgetter("quantity_kept"),
}


def possible_moves(order: Order, lines: Iterable[Line]) -> tuple[Move, ...]:
    """What can happen to the order now: its state allows it, and there is something to move. No query."""
    rows = list(lines)
    return tuple(
        move
        for move in ALLOWED[Fulfilment(order.status)]
        if move not in TAKEN or any(TAKEN[move](line) for line in rows)
    )


class IllegalMove(Exception):
    """This cannot be done with the order now; `status` is its state, `allowed` what can be done."""

    def __init__(self, order: Order, lines: Iterable[Line], message: str = "") -> None:
        self.status = Fulfilment(order.status)
        self.allowed = possible_moves(order, lines)
        super().__init__(message or self.explanation())

    def explanation(self) -> str:
        """The state in words, and what is possible in it."""
        if not self.allowed:
            return _("The order is: %(status)s. Nothing more can be done with it.") % {
                "status": self.status.label
            }
        possible = _(", ").join(str(move.label) for move in self.allowed)
        return _("The order is: %(status)s. Possible now: %(moves)s.") % {
            "status": self.status.label,
            "moves": possible,
        }


class OrderChanged(IllegalMove):
    """The order's goods moved after the sender had looked at them: by a double click, or by somebody else."""

    def __init__(self, order: Order, lines: Iterable[Line]) -> None:
        message = _("The order has changed since you opened the form. See how it stands now.")
        super().__init__(order, lines, message)


class WrongQuantities(Exception):
    """Some quantities cannot be: `problems` maps a line's id to what is wrong with it and what would do."""

    def __init__(self, problems: dict[int, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = problems


class ReasonMissing(Exception):
    """Who takes something back must say why."""

    def __init__(self) -> None:
        super().__init__(_("Please say why; the other side will read it."))


@dataclass
class LockedOrder:
    """An order and its lines, locked until the transaction ends."""

    order: Order
    lines: dict[int, Line] = field(default_factory=dict)

    def quantities(self, wanted: Mapping[int, int] | None, limit: Callable[[Line], int]) -> dict[Line, int]:
        """The positive quantities per line, each within its limit; None asks for all that is possible.

        Raises:
            WrongQuantities: names every line that is not of this order, negative, or above its limit.
        """
        if wanted is None:
            return {line: limit(line) for line in self.lines.values() if limit(line) > 0}
        problems = {
            pk: problem for pk, value in wanted.items() if (problem := self.problem(pk, value, limit))
        }
        if problems or not any(wanted.values()):
            raise WrongQuantities(problems or {0: _("Enter a quantity for at least one product.")})
        return {self.lines[pk]: quantity for pk, quantity in sorted(wanted.items()) if quantity}

    def problem(self, pk: int, quantity: int, limit: Callable[[Line], int]) -> str:
        """What is wrong with a line's quantity; empty if nothing."""
        line = self.lines.get(pk)
        if line is None:
            return _("Line %(pk)s does not belong to this order.") % {"pk": pk}
        if not 0 <= quantity <= limit(line):
            return _("%(title)s: %(quantity)s is not possible, at most %(limit)s.") % {
                "title": line.title,
                "quantity": quantity,
                "limit": limit(line),
            }
        return ""

    def save(self, fields: Iterable[str], order_fields: Iterable[str] = ()) -> None:
        """Saves these fields of all lines in one statement, and the statuses that follow from them."""
        save_orders([self], fields, order_fields)

    def require(self, move: Move, seen: int | None = None) -> None:
        """Goes on only if the move is possible, and (if said) the order is as the sender saw it.

        Raises:
            IllegalMove: it is not possible.
            OrderChanged: the order is not as it was.
        """
        lines = self.lines.values()
        if move not in possible_moves(self.order, lines):
            raise IllegalMove(self.order, lines)
        if seen is not None and seen != moved_so_far(lines):
            raise OrderChanged(self.order, lines)

    def record(self, action: str, status_before: str, **facts: object) -> None:
        """One audit entry: the status before and after, and what was done."""
        audit.record(
            action=f"procurement.{action}",
            target=self.order,
            before={"status": status_before},
            after={"status": str(self.order.status), **facts},
        )


def moved_so_far(lines: Iterable[Line]) -> int:
    """A number that grows with whatever happens to an order's goods: the same as long as nothing does.

    A form carries it, because a part that was shipped could be shipped a second time by a second click.
    """
    return sum(
        line.quantity_cancelled
        + line.quantity_shipped
        + line.quantity_accepted
        + line.quantity_rejected
        + line.quantity_returned
        for line in lines
    )


def save_orders(
    orders: Sequence[LockedOrder], fields: Iterable[str], order_fields: Iterable[str] = ()
) -> None:
    """Saves these fields of all lines in one statement, and the orders' statuses in another."""
    names = list(fields)
    if names:
        Line.objects.bulk_update([line for each in orders for line in each.lines.values()], names)
    for each in orders:
        rows = list(each.lines.values())
        each.order.status = fulfilment_of(each.order, rows)
        each.order.payment_status = payment_of(each.order, rows)
    Order.objects.bulk_update([each.order for each in orders], ["status", "payment_status", *order_fields])


def lock_order(order_id: int) -> LockedOrder:
    """The order and its lines, locked in that order and by key, in two queries."""
    order = (
        Order.objects.select_for_update(of=("self",))
        .select_related("purchase__institution", "purchase__buyer", "supplier")
        .get(pk=order_id)
    )
    lines = Line.objects.select_for_update().filter(order=order).order_by("pk")
    return LockedOrder(order, {line.pk: line for line in lines})


def by_stock_record(quantities: Mapping[Line, int]) -> dict[int, int]:
    """Stock record id → sale units."""
    return {line.stockrecord_id: quantity for line, quantity in quantities.items()}


def by_line(quantities: Mapping[Line, int]) -> dict[str, int]:
    """Line id → sale units, as the audit keeps it."""
    return {str(line.pk): quantity for line, quantity in quantities.items()}
