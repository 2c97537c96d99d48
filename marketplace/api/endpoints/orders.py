"""/orders: confirmed, shipped, accepted, cancelled, sent back, paid."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router
from ninja.responses import Status

from marketplace.access_tokens.memberships import Kind
from marketplace.api import cursors, lines, scope
from marketplace.api.answers.orders import order_detail, order_out, payment_out
from marketplace.api.auth import AccessTokenAuth, ApiRequest, require_kind
from marketplace.api.schemas.orders import (
    AcceptIn,
    CancelIn,
    CertificateIn,
    ConfirmIn,
    OrderDetail,
    OrderFilters,
    OrderPage,
    PaymentOut,
    ReturnIn,
    ShipIn,
    TransferIn,
)
from marketplace.api.schemas.requests import ReasonIn
from marketplace.api.schemas.values import Number
from marketplace.order.models import Line, Order
from marketplace.procurement import queries
from marketplace.procurement.models import Cancellation, Payment
from marketplace.procurement.services import fulfilment, payments
from marketplace.procurement.services.fulfilment import Certificate, Judgement

router = Router(tags=[_("Orders")], auth=AccessTokenAuth())


@router.get("", response=OrderPage, summary=_("The orders of the institution or the supplier"))
def list_orders(request: ApiRequest, filters: Query[OrderFilters]) -> OrderPage:
    """The newest first, each with its lines."""
    found = scope.orders_of(request.auth)
    chosen = {name: value for name, value in filters.narrowing.items() if value}
    rows, cursor = cursors.page(
        found.filter(**chosen).prefetch_related(Prefetch("lines", Line.objects.select_related("campaign"))),
        cursor=filters.cursor,
        limit=filters.limit,
        query={"list": "orders", "for": request.auth.membership.key, **filters.narrowing},
        newest_first=True,
    )
    reader = request.auth.membership.kind
    return OrderPage(items=[order_out(row, reader) for row in rows], next_cursor=cursor)


@router.get("/{number}", response=OrderDetail, summary=_("One order"))
def get_order(request: ApiRequest, number: Number) -> OrderDetail:
    """With its lines, dispatches and payments."""
    return _answer(request, number)


@router.post("/{number}/confirm", response=OrderDetail, summary=_("Supplier: take the order"))
def confirm(request: ApiRequest, number: Number, body: ConfirmIn) -> OrderDetail:
    """Wholly, or for less with a reason; what is not taken is cancelled."""
    order = own_order(request, number, Kind.SUPPLIER)
    with lines.named(body.lines or [], "line_id"):
        fulfilment.confirm_order(
            order_id=order.pk,
            actor=request.user,
            quantities=_quantities(body.lines),
            reason=body.reason,
            now=timezone.now(),
        )
    return _answer(request, number)


@router.post("/{number}/refuse", response=OrderDetail, summary=_("Supplier: refuse the order"))
def refuse(request: ApiRequest, number: Number, body: ReasonIn) -> OrderDetail:
    """Everything is cancelled; the buyer reads the reason."""
    order = own_order(request, number, Kind.SUPPLIER)
    fulfilment.refuse_order(order_id=order.pk, actor=request.user, reason=body.reason, now=timezone.now())
    return _answer(request, number)


@router.post("/{number}/ship", response=OrderDetail, summary=_("Supplier: ship goods"))
def ship(request: ApiRequest, number: Number, body: ShipIn) -> OrderDetail:
    """One dispatch; several may follow each other."""
    order = own_order(request, number, Kind.SUPPLIER)
    with lines.named(body.lines or [], "line_id"):
        fulfilment.ship_order(
            order_id=order.pk,
            actor=request.user,
            carrier=body.carrier,
            tracking_number=body.tracking_number,
            quantities=_quantities(body.lines),
            certificates=_certificates(body.certificates),
            now=timezone.now(),
            seen=body.moved,
        )
    return _answer(request, number)


@router.post("/{number}/accept", response=OrderDetail, summary=_("Buyer: accept what arrived"))
def accept(request: ApiRequest, number: Number, body: AcceptIn) -> OrderDetail:
    """All that is on its way, or line by line; what is accepted is the sales figure."""
    order = own_order(request, number, *scope.BUYERS)
    with lines.named(body.lines or [], "line_id"):
        fulfilment.receive_order(
            order_id=order.pk,
            actor=request.user,
            judgements=_judgements(body),
            now=timezone.now(),
            seen=body.moved,
        )
    return _answer(request, number)


@router.post("/{number}/cancel", response=OrderDetail, summary=_("Cancel what is not shipped"))
def cancel(request: ApiRequest, number: Number, body: CancelIn) -> OrderDetail:
    """By the supplier or the buyer, as the token says; wholly or in part."""
    order = own_order(request, number, *scope.TRADERS)
    sells = request.auth.membership.kind == Kind.SUPPLIER
    with lines.named(body.lines or [], "line_id"):
        fulfilment.cancel_order(
            order_id=order.pk,
            actor=request.user,
            kind=Cancellation.Kind.SUPPLIER if sells else Cancellation.Kind.BUYER,
            quantities=_quantities(body.lines),
            reason=body.reason,
            now=timezone.now(),
            seen=body.moved,
        )
    return _answer(request, number)


@router.post("/{number}/return", response=OrderDetail, summary=_("Buyer: send accepted goods back"))
def return_goods(request: ApiRequest, number: Number, body: ReturnIn) -> OrderDetail:
    """The accepted figure falls at once."""
    order = own_order(request, number, *scope.BUYERS)
    with lines.named(body.lines, "line_id"):
        fulfilment.return_goods(
            order_id=order.pk,
            actor=request.user,
            quantities=lines.quantities(body.lines, "line_id"),
            reason=body.reason,
            now=timezone.now(),
            seen=body.moved,
        )
    return _answer(request, number)


@router.post("/{number}/payments", response={201: PaymentOut}, summary=_("Buyer: record a payment"))
def pay(request: ApiRequest, number: Number, body: TransferIn) -> Status[PaymentOut]:
    """A transfer that has been made; it counts once the supplier has confirmed it."""
    order = own_order(request, number, *scope.BUYERS)
    return _recorded(request, order, Payment.Direction.PAYMENT, body)


@router.post("/{number}/refund", response={201: PaymentOut}, summary=_("Supplier: record money paid back"))
def refund(request: ApiRequest, number: Number, body: TransferIn) -> Status[PaymentOut]:
    """What the buyer has paid too much; it counts once the buyer has confirmed it."""
    order = own_order(request, number, Kind.SUPPLIER)
    return _recorded(request, order, Payment.Direction.REPAYMENT, body)


def own_order(request: ApiRequest, number: str, *kinds: Kind) -> Order:
    """The membership's order, for a token of one of these kinds.

    Raises Order.DoesNotExist for somebody else's, PermissionDenied for another kind.
    """
    require_kind(request.auth, *kinds)
    return scope.orders_of(request.auth).get(number=number)


def _answer(request: ApiRequest, number: str) -> OrderDetail:
    own = scope.orders_of(request.auth)
    return order_detail(queries.with_history(own).get(number=number), request.auth.membership.kind)


def _recorded(
    request: ApiRequest, order: Order, direction: Payment.Direction, body: TransferIn
) -> Status[PaymentOut]:
    now = timezone.now()
    payment = payments.record_payment(
        order_id=order.pk,
        actor=request.user,
        direction=direction,
        amount_fen=body.amount_fen,
        paid_on=body.paid_on,
        bank_reference=body.bank_reference,
        now=now,
    )
    return Status(201, payment_out(payment, order.number))


def _quantities(wanted: Sequence[Any] | None) -> dict[int, int] | None:
    return None if wanted is None else lines.quantities(wanted, "line_id")


def _certificates(given: list[CertificateIn]) -> dict[int, Certificate]:
    return {
        pk: Certificate(**each.model_dump(exclude={"line_id"}))
        for pk, each in lines.by_key(given, "line_id", name="certificates").items()
    }


def _judgements(body: AcceptIn) -> dict[int, Judgement] | None:
    if body.lines is None:
        return None
    return {
        pk: Judgement(**each.model_dump(exclude={"line_id"}))
        for pk, each in lines.by_key(body.lines, "line_id").items()
    }
