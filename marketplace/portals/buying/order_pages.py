"""One order with everything that happened to it, as its buyer reads it."""

from django.http import HttpResponse

from marketplace.portals.buying.desk import Desk, Request
from marketplace.portals.buying.order_progress import history_of, moves_of, steps_of
from marketplace.portals.buying.parts import places_of
from marketplace.portals.buying.rows import row_of
from marketplace.portals.buying.words import unit_label
from marketplace.procurement import permissions, queries
from marketplace.procurement.dues import recordable_fen
from marketplace.procurement.models import Payment
from supplier_villages.regions.queries import path_of

# What the buyer may do → the page where they do it.
VIEWS = {"receive": "accept", "return": "return", "cancel": "cancel", "pay": "pay"}


def order_page(desk: Desk[Request], request: Request, number: str) -> HttpResponse:
    """How far it is, its lines, its shipments, its money, its history, what can be done."""
    order = desk.own_order(request, number)
    lines = list(order.lines.all())
    places = places_of(line.village_code for line in lines)
    moves = moves_of(request.user, order)
    context = {
        "order": order,
        "row": row_of(order),
        "delivery_place": path_of(order.purchase.delivery_region_id),
        "steps": steps_of(order),
        "lines": [(line, places.get(line.village_code), unit_label(line.sale_unit)) for line in lines],
        "account": queries.statement_row(order, lines),
        "payable_now_fen": recordable_fen(order, Payment.Direction.PAYMENT),
        "repayable_fen": recordable_fen(order, Payment.Direction.REPAYMENT),
        "moves": moves,
        "urls": {move: desk.url(VIEWS[move], order) for move in moves},
        "unconfirmed": [
            (each, desk.url("confirm_repayment", order, each.pk))
            for each in order.payments.all()
            if each.confirmed_at is None
        ],
        "can_pay": permissions.can_pay(request.user, order),
        "repayment": Payment.Direction.REPAYMENT,
        "history": history_of(order),
    }
    return desk.page(request, "portals/buying/order.html", context, order)
