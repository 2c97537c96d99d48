"""What a person has to do next and by when, as components/todo.html shows it."""

from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.accounts.models import User
from marketplace.core.periods import shanghai_day
from marketplace.core.templatetags.formats import days_to, fen_cny
from marketplace.institutions.models import Institution
from marketplace.order.models import Order
from marketplace.portals.todos import Todo, first_of
from marketplace.procurement import queries
from marketplace.procurement.dues import recordable_fen
from marketplace.procurement.models import Payment, PurchaseRequest

URGENT_HOURS = 24


def todos_of(user: User, institution: Institution, now: datetime) -> list[Todo]:
    """What waits for the user in this institution: decisions, deliveries, payments, money back."""
    to_decide = queries.requests_to_decide(user, now).filter(institution=institution)
    to_receive = queries.orders_to_receive(user).filter(purchase__institution=institution)
    to_pay = queries.orders_to_pay(user).filter(purchase__institution=institution)
    back = queries.repayments_to_confirm(user).filter(order__purchase__institution=institution)
    orders = reverse("buyer:orders")
    return [
        *first_of(
            to_decide,
            partial(decision, now=now),
            others=_("Requests to decide"),
            url=f"{reverse('buyer:requests')}?status=pending",
        ),
        *first_of(
            to_receive,
            partial(delivery, now=now),
            others=_("Deliveries to accept"),
            url=f"{orders}?todo=accept",
        ),
        *first_of(to_pay, partial(payment, now=now), others=_("Orders to pay"), url=f"{orders}?todo=pay"),
        *first_of(back, repayment, others=_("Money that came back, to be confirmed"), url=orders),
    ]


def decision(request: PurchaseRequest, now: datetime) -> Todo:
    """A request to approve or reject before its reservation runs out."""
    hours = int((request.expires_at - now).total_seconds() // 3600)
    due = ngettext("%(hours)d hour left", "%(hours)d hours left", hours) % {"hours": hours}
    words = {"name": request.requester.get_full_name(), "purpose": request.purpose}
    return Todo(
        url=reverse("buyer:request", args=[request.pk]),
        due=due,
        title=_("%(name)s asks for: %(purpose)s") % words,
        text=f"{request.institution} · {fen_cny(request.total_fen)}",
        action=_("Decide"),
        tone="urgent" if hours < URGENT_HOURS else "waiting",
    )


def delivery(order: Order, now: datetime) -> Todo:
    """Goods on their way that the user is to accept."""
    wanted = order.purchase.wanted_on
    late = wanted is not None and wanted < shanghai_day(now)
    return Todo(
        url=reverse("buyer:accept", args=[order.number]),
        due=days_to(wanted, shanghai_day(now)) or _("on its way"),
        title=_("Accept the delivery of %(supplier)s") % {"supplier": order.supplier.name},
        text=f"{order.purchase.institution} · {order.number}",
        action=_("Accept"),
        tone="urgent" if late else "waiting",
    )


def payment(order: Order, now: datetime) -> Todo:
    """Accepted goods, or freight, to be paid."""
    due_on = shanghai_day(order.accepted_at + queries.PAYMENT_TERM)  # type: ignore[attr-defined]
    late = due_on < shanghai_day(now)
    amount = fen_cny(recordable_fen(order, Payment.Direction.PAYMENT))
    return Todo(
        url=reverse("buyer:pay", args=[order.number]),
        due=days_to(due_on, shanghai_day(now)),
        title=_("Pay %(amount)s to %(supplier)s") % {"amount": amount, "supplier": order.supplier.name},
        text=f"{order.purchase.institution} · {order.number}",
        action=_("Record the payment"),
        tone="urgent" if late else "good",
    )


def repayment(money: Payment) -> Todo:
    """Money that a supplier says it paid back."""
    words = {"amount": fen_cny(money.amount_fen), "supplier": money.order.supplier.name}
    return Todo(
        url=reverse("buyer:confirm_repayment", args=[money.order.number, money.pk]),
        due=_("to be checked"),
        title=_("Confirm that %(amount)s came back from %(supplier)s") % words,
        text=f"{money.order.purchase.institution} · {money.order.number}",
        action=_("Confirm receipt"),
        tone="good",
    )
