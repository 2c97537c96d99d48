"""The portal's front page: what is to be done next and by when, then the numbers."""

from datetime import datetime
from functools import partial

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.queries import offers_to_look_at
from catalog.unsold_offers.status import Status
from marketplace.core.periods import Window, shanghai_day
from marketplace.core.templatetags.formats import cn_day, cny, days_left, days_to, fen_cny
from marketplace.order.models import Order
from marketplace.portals.supplier.access import SupplierRequest, members_only
from marketplace.portals.supplier.page import supplier_page
from marketplace.portals.todos import Todo, first_of
from marketplace.procurement.models import Payment
from marketplace.procurement.supplier_work import (
    buyer_of,
    next_orders,
    orders_to_repay,
    payments_to_confirm,
    supplier_figures,
)


@require_safe
@members_only
def home(request: SupplierRequest) -> HttpResponse:
    """What waits for the supplier, the most urgent kind first; below it this month's figures."""
    now = timezone.now()
    month = Window.month(shanghai_day(now))
    context = {
        "todos": [*goods_todos(request, now), *money_todos(request)],
        "figures": supplier_figures(request.supplier, month),
        "month": month,
    }
    return supplier_page(request, "home.html", context, section="home")


def goods_todos(request: SupplierRequest, now: datetime) -> list[Todo]:
    """Orders to take, then to ship, then goods to look at; none for a bookkeeper."""
    if not request.membership.handles_goods:
        return []
    supplier, orders = request.supplier, reverse("supplier:orders")
    offers = offers_to_look_at(request.user, shanghai_day(now)).filter(supplier=supplier)
    return [
        *first_of(
            next_orders(supplier, "to_confirm"),
            partial(order_todo, now=now, verb=_("Take the order"), tone="urgent"),
            others=_("Orders to take"),
            url=f"{orders}?stage=to_confirm",
        ),
        *first_of(
            next_orders(supplier, "to_ship"),
            partial(order_todo, now=now, verb=_("Ship"), tone="waiting"),
            others=_("Orders to ship"),
            url=f"{orders}?stage=to_ship",
        ),
        *first_of(offers, offer_todo, others=_("Goods to look at"), url=reverse("supplier:offers")),
    ]


def money_todos(request: SupplierRequest) -> list[Todo]:
    """Money that came in, then money that must go back."""
    supplier, orders = request.supplier, reverse("supplier:orders")
    return [
        *first_of(payments_to_confirm(supplier), payment_todo, others=_("Payments to check"), url=orders),
        *first_of(orders_to_repay(supplier), repay_todo, others=_("Orders to pay back"), url=orders),
    ]


def order_todo(order: Order, now: datetime, verb: str, tone: str) -> Todo:
    """An order that waits for its supplier; urgent once the buyer's day is over."""
    return Todo(
        url=address(order),
        due=due_of(order, now),
        tone="urgent" if is_late(order, now) else tone,
        title=_("%(verb)s: %(buyer)s") % {"verb": verb, "buyer": buyer_of(order)},
        text=f"{order.number} · {cny(order.total_incl_tax)}",
        action=verb,
    )


def due_of(order: Order, now: datetime) -> str:
    """The day by which the buyer wants the goods, or how late it is; else how long the order waits."""
    today, wanted = shanghai_day(now), order.purchase.wanted_on
    if wanted:
        return days_to(wanted, today) if wanted <= today else _("wanted by %s") % cn_day(wanted, today)
    days = (today - shanghai_day(order.date_placed)).days
    if days == 0:
        return _("came today")
    return ngettext("waits for %(days)d day", "waits for %(days)d days", days) % {"days": days}


def is_late(order: Order, now: datetime) -> bool:
    """Whether the day on which the buyer wanted the goods is over."""
    wanted = order.purchase.wanted_on
    return wanted is not None and wanted < shanghai_day(now)


def offer_todo(offer: UnsoldOffer) -> Todo:
    """Goods that the office sent back, or that are about to spoil."""
    is_returned = offer.status == Status.RETURNED
    return Todo(
        url=reverse("supplier:offer", kwargs={"pk": offer.pk}),
        due=_("sent back") if is_returned else days_left(getattr(offer, "spoils_on", None)),
        tone="error" if is_returned else "urgent",
        title=_("Change and hand in again: %s") % offer.product.title
        if is_returned
        else _("About to spoil: %s") % offer.product.title,
        text=offer.reason if is_returned else _("Lower the price, or take it off sale?"),
        action=_("Change it"),
    )


def payment_todo(payment: Payment) -> Todo:
    """Money that the buyer says it sent."""
    return Todo(
        url=f"{address(payment.order)}#money",
        due=_("sent on %s") % cn_day(payment.paid_on),
        tone="good",
        title=_("Has %(amount)s arrived?") % {"amount": fen_cny(payment.amount_fen)},
        text=f"{buyer_of(payment.order)} · {payment.order.number}",
        action=_("Check the money"),
    )


def repay_todo(order: Order) -> Todo:
    """Money that must go back."""
    return Todo(
        url=f"{address(order)}#money",
        due=_("soon"),
        tone="urgent",
        title=_("Pay back: %(buyer)s") % {"buyer": buyer_of(order)},
        text=order.number,
        action=_("Pay back"),
    )


def address(order: Order) -> str:
    """The order's page."""
    return reverse("supplier:order", kwargs={"number": order.number})
