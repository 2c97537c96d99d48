"""Purchase requests as answers."""

from __future__ import annotations

from marketplace.api.answers.campaigns import campaign_name
from marketplace.api.fen import fen
from marketplace.api.schemas.requests import (
    DecisionOut,
    DeliveryOut,
    OnlinePaymentOut,
    PurchaseOut,
    RequestDetail,
    RequestLineOut,
    RequestOut,
)
from marketplace.order.models import Purchase
from marketplace.procurement.models import OnlinePayment, PurchaseRequest


def summary(request: PurchaseRequest) -> RequestOut:
    """The request without its lines; needs institution and requester loaded."""
    return RequestOut(
        id=request.pk,
        status=PurchaseRequest.Status(request.status),
        institution_id=request.institution_id,
        institution=request.institution.name if request.institution else None,
        requester=request.requester.get_full_name(),
        submitted_at=request.submitted_at,
        expires_at=request.expires_at,
        decided_at=request.decided_at,
        purpose=request.purpose,
        wanted_on=request.wanted_on,
        goods_fen=request.goods_fen,
        freight_fen=request.freight_fen,
        total_fen=request.total_fen,
        line_count=request.line_count,
    )


def detail(request: PurchaseRequest) -> RequestDetail:
    """The request as `request_with_lines` reads it; one query more for payments, one for orders."""
    return RequestDetail(
        **dict(summary(request)),
        delivery=delivery_out(request),
        lines=[
            RequestLineOut(
                stock_record_id=line.stock_record_id,
                product_id=line.product_id,
                supplier_id=line.supplier_id,
                supplier=line.supplier.name,
                title=line.title,
                quantity=line.quantity,
                unit_price_fen=fen(line.unit_price),
                line_fen=line.line_fen,
                campaign=campaign_name(line.campaign),
            )
            for line in request.lines.all()
        ],
        decisions=[
            DecisionOut(
                verdict=each.verdict,
                approver=each.approver.get_full_name(),
                reason=each.reason,
                decided_at=each.decided_at,
            )
            for each in request.decisions.all()
        ],
        online_payments=[
            _online_payment(each) for each in request.online_payments.order_by("received_at", "pk")
        ],
        purchase_number=request.purchase.number if request.purchase else None,
        orders=_order_numbers(request.purchase) if request.purchase else [],
    )


def purchase_out(purchase: Purchase) -> PurchaseOut:
    """The purchase with its orders' numbers; one query."""
    return PurchaseOut(
        number=purchase.number,
        transfer_reference=purchase.transfer_reference,
        goods_fen=purchase.goods_fen,
        freight_fen=purchase.freight_fen,
        total_fen=purchase.total_fen,
        orders=_order_numbers(purchase),
    )


def delivery_out(place: PurchaseRequest | Purchase) -> DeliveryOut:
    """Where the goods go."""
    return DeliveryOut(
        region_code=place.delivery_region_id,
        address=place.delivery_address,
        recipient=place.recipient,
        recipient_phone=place.recipient_phone,
    )


def _order_numbers(purchase: Purchase) -> list[str]:
    return list(purchase.orders.order_by("number").values_list("number", flat=True))


def _online_payment(payment: OnlinePayment) -> OnlinePaymentOut:
    return OnlinePaymentOut(
        amount_fen=payment.amount_fen,
        received_at=payment.received_at,
        outcome=OnlinePayment.Outcome(payment.outcome),
        reason=OnlinePayment.Reason(payment.reason) if payment.reason else "",
        refunded_at=payment.refunded_at,
    )
