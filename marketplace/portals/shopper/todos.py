"""What waits for an individual, as components/todo.html shows it."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.accounts.models import User
from marketplace.core.templatetags.formats import fen_cny
from marketplace.portals.todos import SHOWN, Todo
from marketplace.procurement import own_purchases
from marketplace.procurement.models import OnlinePayment, Payment, PurchaseRequest


def todos_of(user: User, now: datetime) -> list[Todo]:
    """What is to be paid, what comes back: three queries."""
    return [
        *(to_pay(each, now) for each in own_purchases.requests_to_pay(user, now)[:SHOWN]),
        *(repayment(each) for each in own_purchases.own_repayments_to_confirm(user)[:SHOWN]),
        *(coming_back(each) for each in own_purchases.money_to_come_back(user)[:SHOWN]),
    ]


def to_pay(request: PurchaseRequest, now: datetime) -> Todo:
    """A purchase that is reserved until it is paid."""
    minutes = int((request.expires_at - now).total_seconds() // 60) + 1
    due = ngettext("%(minutes)d minute left", "%(minutes)d minutes left", minutes) % {"minutes": minutes}
    lines = request.line_count
    return Todo(
        url=reverse("shopper:purchase", args=[request.pk]),
        due=due,
        title=_("Pay %(amount)s") % {"amount": fen_cny(request.total_fen)},
        text=ngettext("%(count)d product", "%(count)d products", lines) % {"count": lines},
        action=_("Go on to pay"),
        tone="urgent",
    )


def repayment(money: Payment) -> Todo:
    """Money that a supplier says it paid back."""
    words = {"amount": fen_cny(money.amount_fen), "supplier": money.order.supplier.name}
    return Todo(
        url=reverse("shopper:confirm_repayment", args=[money.order.number, money.pk]),
        due=_("to be checked"),
        title=_("Confirm that %(amount)s came back from %(supplier)s") % words,
        text=money.order.number,
        action=_("Confirm receipt"),
        tone="good",
    )


def coming_back(payment: OnlinePayment) -> Todo:
    """Money that bought nothing and is on its way back."""
    return Todo(
        url=reverse("shopper:purchase", args=[payment.request_id]),
        due=_("on its way back"),
        title=_("%(amount)s comes back to you") % {"amount": fen_cny(payment.amount_fen)},
        text=str(payment.get_reason_display()),
        action=_("See what happened"),
        tone="waiting",
    )
