"""/payments: bank transfers between buyers and suppliers."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext_noop as _
from ninja import Query, Router

from marketplace.access_tokens.memberships import Kind
from marketplace.api import cursors, scope
from marketplace.api.answers.orders import payment_out
from marketplace.api.auth import AccessTokenAuth, ApiRequest, require_kind
from marketplace.api.schemas.orders import PaymentFilters, PaymentOut, PaymentPage
from marketplace.procurement.models import Payment
from marketplace.procurement.services import payments

Direction = Payment.Direction
# Who receives the money: a token speaks for its own membership, whatever else its user is.
RECEIVERS = {Direction.PAYMENT: (Kind.SUPPLIER,), Direction.REPAYMENT: scope.BUYERS}

router = Router(tags=[_("Payments")], auth=AccessTokenAuth())


@router.get("", response=PaymentPage, summary=_("Payments for the orders of the institution or supplier"))
def list_payments(request: ApiRequest, filters: Query[PaymentFilters]) -> PaymentPage:
    """The newest first; money paid back is among them."""
    found = scope.payments_of(request.auth)
    if filters.order:
        found = found.filter(order__number=filters.order)
    if filters.confirmed is not None:
        found = found.filter(confirmed_at__isnull=not filters.confirmed)
    rows, cursor = cursors.page(
        found,
        cursor=filters.cursor,
        limit=filters.limit,
        query={"list": "payments", "for": request.auth.membership.key, **filters.narrowing},
        newest_first=True,
    )
    return PaymentPage(items=[payment_out(row, row.order.number) for row in rows], next_cursor=cursor)


@router.post("/{int:payment_id}/confirm", response=PaymentOut, summary=_("Confirm that money has arrived"))
def confirm_payment(request: ApiRequest, payment_id: int) -> PaymentOut:
    """By the side that received it: then it counts."""
    own = scope.payments_of(request.auth).get(pk=payment_id)
    require_kind(request.auth, *RECEIVERS[Direction(own.direction)])
    payment = payments.confirm_payment(payment_id=own.pk, actor=request.user, now=timezone.now())
    return payment_out(payment, own.order.number)
