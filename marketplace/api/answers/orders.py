"""Orders and payments as answers."""

from __future__ import annotations

from marketplace.access_tokens.memberships import Kind
from marketplace.api.answers.campaigns import campaign_name
from marketplace.api.answers.requests import delivery_out
from marketplace.api.schemas.orders import LineOut, OrderDetail, OrderOut, PaymentOut, ShipmentOut
from marketplace.order.models import Line, Order
from marketplace.order.status import Fulfilment
from marketplace.order.status import Payment as PaymentStatus
from marketplace.procurement.models import Payment
from marketplace.procurement.queries import statement_row
from marketplace.procurement.services.orders import moved_so_far, possible_moves
from marketplace.procurement.supplier_work import buyer_of


def order_out(order: Order, reader: Kind) -> OrderOut:
    """The order with its prefetched lines, for a token of this kind."""
    rows = list(order.lines.all())
    account = statement_row(order, rows)
    return OrderOut(
        number=order.number,
        purchase_number=order.purchase.number,
        supplier_id=order.supplier_id,
        supplier=order.supplier.name,
        buyer=_buyer(order, reader),
        status=Fulfilment(order.status),
        payment_status=PaymentStatus(order.payment_status),
        allowed=list(possible_moves(order, rows)),
        moved=moved_so_far(rows),
        placed_at=order.date_placed,
        confirmed_at=order.confirmed_at,
        freight_fen=account.freight_fen,
        payable_fen=account.due_fen,
        paid_fen=account.paid_fen,
        lines=[_line(row) for row in sorted(rows, key=lambda row: row.pk)],
    )


def order_detail(order: Order, reader: Kind) -> OrderDetail:
    """The order as `with_history` reads it, for a token of this kind."""
    return OrderDetail(
        **dict(order_out(order, reader)),
        delivery=delivery_out(order.purchase),
        wanted_on=order.purchase.wanted_on,
        shipments=[
            ShipmentOut(at=each.at, carrier=each.carrier, tracking_number=each.tracking_number)
            for each in order.shipments.all()
        ],
        payments=[payment_out(each, order.number) for each in order.payments.all()],
    )


def payment_out(payment: Payment, order_number: str) -> PaymentOut:
    """A payment; no query."""
    return PaymentOut(
        id=payment.pk,
        order=order_number,
        direction=payment.direction,
        amount_fen=payment.amount_fen,
        paid_on=payment.paid_on,
        bank_reference=payment.bank_reference,
        recorded_at=payment.recorded_at,
        confirmed_at=payment.confirmed_at,
    )


def _buyer(order: Order, reader: Kind) -> str:
    """Who bought; a supplier reads as much of it as on its pages."""
    if reader == Kind.SUPPLIER or order.purchase.institution:
        return buyer_of(order)
    return order.purchase.buyer.get_full_name()


def _line(line: Line) -> LineOut:
    return LineOut(
        id=line.pk,
        stock_record_id=line.stockrecord_id,
        product_id=line.product_id,
        title=line.title,
        sale_unit=line.sale_unit,
        net_weight_grams=line.net_weight_grams,
        village_code=line.village_code,
        campaign=campaign_name(line.campaign),
        needs_certificate=line.needs_certificate,
        unit_price_fen=line.unit_price_fen,
        quantity=line.quantity,
        confirmed=line.quantity_confirmed,
        cancelled=line.quantity_cancelled,
        shipped=line.quantity_shipped,
        accepted=line.quantity_accepted,
        rejected=line.quantity_rejected,
        returned=line.quantity_returned,
        paid_fen=line.paid_fen,
        repaid_fen=line.repaid_fen,
    )
