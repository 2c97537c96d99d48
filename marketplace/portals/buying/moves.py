"""What a buyer does with an order's goods: accept, cancel, send back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.permissions import require
from marketplace.order.models import Line, Order
from marketplace.portals.buying.desk import Desk, Request
from marketplace.portals.buying.forms import AcceptForm, CancelForm, LinesForm, ReceiveForm, ReturnForm
from marketplace.portals.buying.words import unit_label
from marketplace.procurement import permissions
from marketplace.procurement.models import Cancellation
from marketplace.procurement.services import fulfilment
from marketplace.procurement.services.orders import IllegalMove, ReasonMissing, WrongQuantities


@dataclass(frozen=True)
class Move:
    """What differs between the three: page, the field that problems belong to, what is said afterwards."""

    template: str
    field: str
    done: str
    nothing: str


def accept(desk: Desk[Request], request: Request, number: str) -> HttpResponse:
    """Accepts what is on its way: all of it by one button, or line by line, less with a reason."""
    order = desk.own_order(request, number)
    require(allowed=permissions.can_receive(request.user, order))
    lines = lines_for(request, order, "accepted", lambda line: line.quantity_in_transit)
    is_individual = order.purchase.is_individual
    form = (ReceiveForm if is_individual else AcceptForm)(order, lines, request.POST or None)
    thanks = _("Receipt confirmed, thank you. The supplier has been told.")
    move = Move(
        template="portals/buying/accept.html",
        field="accepted",
        done=thanks if is_individual else _("Accepted. The supplier has been told."),
        nothing=_("Nothing of this order is on its way to you."),
    )

    def receive() -> None:
        fulfilment.receive_order(
            order_id=order.pk,
            actor=request.user,
            judgements=form.judgements,
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
        )

    return moved(desk, request, order, form, receive, move)


def cancel(desk: Desk[Request], request: Request, number: str) -> HttpResponse:
    """Cancels what is not shipped, wholly or in part, with a reason."""
    order = desk.own_order(request, number)
    require(allowed=permissions.can_cancel_as_buyer(request.user, order))
    lines = lines_for(request, order, "quantity", lambda line: line.quantity_open)
    form = CancelForm(order, lines, request.POST or None)
    move = Move(
        template="portals/buying/cancel.html",
        field="quantity",
        done=_("Cancelled. The supplier has been told."),
        nothing=_("There is nothing left to cancel in this order."),
    )

    def end() -> None:
        fulfilment.cancel_order(
            order_id=order.pk,
            actor=request.user,
            kind=Cancellation.Kind.BUYER,
            reason=form.cleaned_data["reason"],
            quantities=form.quantities,
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
        )

    return moved(desk, request, order, form, end, move)


def give_back(desk: Desk[Request], request: Request, number: str) -> HttpResponse:
    """Sends accepted goods back, with a reason."""
    order = desk.own_order(request, number)
    require(allowed=permissions.can_receive(request.user, order))
    lines = lines_for(request, order, "quantity", lambda line: line.quantity_kept)
    form = ReturnForm(order, lines, request.POST or None)
    move = Move(
        template="portals/buying/return.html",
        field="quantity",
        done=_("The return is recorded. The supplier has been told."),
        nothing=_("Nothing has been accepted that could go back."),
    )

    def send_back() -> None:
        fulfilment.return_goods(
            order_id=order.pk,
            actor=request.user,
            quantities=form.quantities,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
        )

    return moved(desk, request, order, form, send_back, move)


def lines_for(request: Request, order: Order, field: str, limit: Callable[[Line], int]) -> list[Line]:
    """The lines with something to move, and those that were sent: whoever came second is told so."""
    return [line for line in order.lines.all() if limit(line) > 0 or f"{field}_{line.pk}" in request.POST]


def moved(
    desk: Desk[Request],
    request: Request,
    order: Order,
    form: LinesForm,
    act: Callable[[], None],
    move: Move,
) -> HttpResponse:
    """The form, until the service accepts what it says; then the order's page."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except IllegalMove as error:
            messages.error(request, str(error))
            return desk.back(order)
        except WrongQuantities as error:
            form.add_problems(error.problems, move.field)
        except ReasonMissing as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, move.done)
            return desk.back(order)
    elif not form.lines:
        messages.warning(request, move.nothing)
        return desk.back(order)
    rows = [(line, unit_label(line.sale_unit), fields) for line, fields in form.rows]
    context = {"order": order, "form": form, "rows": rows, "back_url": desk.url("order", order)}
    return desk.page(request, move.template, context, order)
