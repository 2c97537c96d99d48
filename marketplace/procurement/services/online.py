"""Online payment by individuals: what a gateway says has been paid becomes a purchase, or goes back.

Each transaction counts once, however often the gateway tells of it. What comes too late still buys if the
stock is still there; else it is kept as money to be paid back, and the outbox sees to that. Order of locks:
request, then as in placing.py.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import ngettext

from catalog.partner import services as stock
from marketplace.accounts.models import User
from marketplace.core.audit import services as audit
from marketplace.core.permissions import require
from marketplace.order.models import Line, Order
from marketplace.outbox import services as outbox
from marketplace.procurement import journal, notices, permissions
from marketplace.procurement.gateways import Charge, NoGateway, NotGenuine, Paid, require_gateway
from marketplace.procurement.models import OnlinePayment, PurchaseRequest
from marketplace.procurement.services.orders import LockedOrder
from marketplace.procurement.services.payments import settle_online
from marketplace.procurement.services.placing import Placed, end_as_purchase, place
from marketplace.procurement.services.requests import NotPending, Status, end_request

Outcome = OnlinePayment.Outcome
Reason = OnlinePayment.Reason
# The outbox's topic of money that must go back.
REFUND = "procurement.refund"
REFERENCE = re.compile(r"request-(\d{1,18})", re.ASCII)


def start_payment(*, request_id: int, user: User, return_url: str, now: datetime) -> str:
    """Where to send the individual so that they pay for their request; twice are two ways to pay it.

    Raises:
        PermissionDenied: not their own request, or an institution's.
        NotPending: it is paid, cancelled, or its time is over.
        NoGateway: nobody can pay online here.
    """
    request = PurchaseRequest.objects.get(pk=request_id)
    require(allowed=permissions.can_pay_online(user, request))
    if request.status != Status.PENDING:
        raise NotPending(request)
    if request.expires_at <= now:
        request.status = Status.EXPIRED  # as it will be ended in a moment
        raise NotPending(request)
    return require_gateway().start(
        Charge(
            reference=reference_of(request),
            amount_fen=request.total_fen,
            subject=subject_of(request),
            expires_at=request.expires_at,
            return_url=return_url,
        )
    )


def subject_of(request: PurchaseRequest) -> str:
    """What the gateway shows the payer."""
    count = request.line_count
    return ngettext("%(count)d product of villages", "%(count)d products of villages", count) % {
        "count": count
    }


def take_notification(*, body: bytes, headers: Mapping[str, str], now: datetime) -> OnlinePayment:
    """What became of the payment of which the gateway in use tells; the same however often it tells.

    Raises:
        NoGateway: there is none.
        NotGenuine: the gateway did not send it, or it is about no request of an individual.
    """
    gateway = require_gateway()
    return take_payment(gateway=gateway.name, paid=gateway.verify(body=body, headers=headers), now=now)


def take_payment(*, gateway: str, paid: Paid, now: datetime) -> OnlinePayment:
    """The verified payment, which has bought what the request asks for, or is to go back.

    Raises:
        NotGenuine: it is about no request of an individual, or about no money.
    """
    with transaction.atomic(durable=True):
        request = lock_individual(paid)
        known = OnlinePayment.objects.filter(gateway=gateway, transaction=paid.transaction).first()
        if known is not None:
            return known
        reason = objection(request, paid) or buy(request, paid, now)
        return keep(request, gateway, paid, reason, now)


def lock_individual(paid: Paid) -> PurchaseRequest:
    """The request that the payment is for, locked."""
    found = REFERENCE.fullmatch(paid.reference)
    requests = PurchaseRequest.objects.of_individuals().select_related("requester")
    locked = requests.select_for_update(of=("self",))
    request = locked.filter(pk=int(found[1])).first() if found else None
    if request is None or paid.amount_fen <= 0:
        raise NotGenuine
    return request


def reference_of(request: PurchaseRequest) -> str:
    """The name under which the gateway knows the request."""
    return f"request-{request.pk}"


def objection(request: PurchaseRequest, paid: Paid) -> Reason | None:
    """Why this money cannot buy what the locked request asks for; None if it can."""
    if request.status == Status.PAID:
        return Reason.TWICE
    if request.status == Status.WITHDRAWN:
        return Reason.CANCELLED
    return Reason.AMOUNT if paid.amount_fen != request.total_fen else None


def buy(request: PurchaseRequest, paid: Paid, now: datetime) -> Reason | None:
    """None once the locked request has become a paid purchase; else why it could not, and it ends then.

    Within a savepoint: goods that are gone must not undo the record of the money.
    """
    try:
        with transaction.atomic():
            hold_again(request, now)
            place_paid(request, paid, now)
    except (stock.NotSellable, stock.NotHeld):
        if request.status == Status.PENDING:
            end_request(request, Status.EXPIRED, now)
        return Reason.SOLD_OUT
    return None


def hold_again(request: PurchaseRequest, now: datetime) -> None:
    """The request holds its stock although its time is over, if all of it is still there.

    The price stays that of the check-out: it is what was paid.
    """
    if request.status == Status.PENDING and request.expires_at > now:
        return
    lines = dict(request.lines.values_list("stock_record_id", "quantity"))
    # All of them at once: release() locks only what is still held, and the rest would be out of order then.
    stock.lock_stock(lines)
    stock.release(source_key=request.source_key, now=now, reason=Status.EXPIRED.value)
    stock.reserve(source_key=request.source_key, lines=lines, expires_at=None, now=now)


def place_paid(request: PurchaseRequest, paid: Paid, now: datetime) -> None:
    """The locked request becomes a purchase that is paid: contracted and paid in one round of the journal."""
    placed = place(request, now, approved_by=None)
    settled = settle_online(
        orders=locked_orders(placed),
        buyer=request.requester,
        transaction_number=paid.transaction,
        now=now,
    )
    journal.post([placed.contracted(now), *settled], now)
    end_as_purchase(request, placed.purchase, Status.PAID, now)
    notices.purchase_placed(placed.purchase, placed.orders, now)
    notices.request_paid(request, now)


def locked_orders(placed: Placed) -> list[LockedOrder]:
    """The new purchase's orders with their lines: nobody else can see them yet."""
    lines: dict[Order, dict[int, Line]] = {order: {} for order in placed.orders.values()}
    for line in placed.lines:
        lines[line.order][line.pk] = line
    return [LockedOrder(order, of_order) for order, of_order in lines.items()]


def keep(
    request: PurchaseRequest, gateway: str, paid: Paid, reason: Reason | None, now: datetime
) -> OnlinePayment:
    """The payment on record; what is to go back is owed by the outbox from now on."""
    payment = OnlinePayment.objects.create(
        request=request,
        gateway=gateway,
        transaction=paid.transaction,
        amount_fen=paid.amount_fen,
        received_at=now,
        outcome=Outcome.TO_REFUND if reason else Outcome.BOUGHT,
        reason=reason or "",
    )
    if reason:
        audit.record(action="procurement.refund_owed", target=payment, after=summary(payment))
        outbox.enqueue(
            topic=REFUND, payload={"payment": payment.pk}, dedupe_key=f"refund:{payment.pk}", now=now
        )
    return payment


@transaction.atomic
def refund_payment(*, payment_id: int, now: datetime) -> OnlinePayment:
    """The payment that came for nothing has gone back through its gateway; twice equals once.

    Raises:
        NoGateway: the gateway through which it came is not in use any more.
    """
    payment = (
        OnlinePayment.objects.select_for_update(of=("self",))
        .select_related("request__requester")
        .get(pk=payment_id)
    )
    if payment.outcome != Outcome.TO_REFUND:
        return payment
    gateway = require_gateway()
    if gateway.name != payment.gateway:
        raise NoGateway
    before = summary(payment)
    payment.refund_reference = gateway.refund(
        transaction=payment.transaction, amount_fen=payment.amount_fen, key=f"refund-{payment.pk}"
    )
    payment.outcome, payment.refunded_at = Outcome.REFUNDED, now
    payment.save(update_fields=["refund_reference", "outcome", "refunded_at"])
    audit.record(action="procurement.refunded", target=payment, before=before, after=summary(payment))
    notices.payment_refunded(payment, now)
    return payment


def summary(payment: OnlinePayment) -> dict[str, object]:
    """What the audit trail keeps of an online payment."""
    return {
        "gateway": payment.gateway,
        "transaction": payment.transaction,
        "amount_fen": payment.amount_fen,
        "outcome": payment.outcome,
        "reason": payment.reason,
        "refund_reference": payment.refund_reference,
    }
