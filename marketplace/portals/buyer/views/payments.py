"""What the buying side does with an order's money: record a transfer, confirm what came back."""

from decimal import Decimal

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.periods import shanghai_day
from marketplace.core.permissions import require
from marketplace.core.templatetags.formats import cn_date, fen_cny
from marketplace.order.models import Order
from marketplace.portals.buyer.access import BuyerRequest, members_only
from marketplace.portals.buyer.page import buyer_page
from marketplace.portals.buyer.views.orders import own_order
from marketplace.portals.transfer_forms import TransferForm
from marketplace.procurement import permissions, queries
from marketplace.procurement.models import Payment
from marketplace.procurement.services import payments as services

Direction = Payment.Direction
asks_first = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@asks_first
@members_only
def pay(request: BuyerRequest, number: str) -> HttpResponse:
    """Records a bank transfer to the supplier; it counts once the supplier confirms it."""
    order = own_order(request, number)
    require(allowed=permissions.can_pay(request.user, order))
    due_fen = queries.payable_now_fen(order)
    now = timezone.now()
    today = shanghai_day(now)
    initial = {"amount": str(Decimal(due_fen).scaleb(-2)), "paid_on": today}
    form = TransferForm(request.POST or None, initial=initial, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            services.record_payment(
                order_id=order.pk,
                actor=request.user,
                direction=Direction.PAYMENT,
                amount_fen=form.amount_fen,
                paid_on=form.cleaned_data["paid_on"],
                bank_reference=form.cleaned_data["bank_reference"],
                now=now,
            )
        except services.WrongAmount as error:
            form.add_error("amount", str(error))
        except services.AlreadyRecorded as error:
            form.add_error("bank_reference", str(error))
        else:
            messages.success(request, _("Recorded. It counts as paid once the supplier confirms it."))
            return redirect("buyer:order", number=order.number)
    elif not due_fen:
        messages.warning(request, _("Nothing is left to pay, or the supplier has yet to confirm a payment."))
        return redirect("buyer:order", number=order.number)
    context = {"order": order, "form": form, "due_fen": due_fen}
    institution = order.purchase.institution
    return buyer_page(request, "pay.html", context, section="orders", institution=institution)


@never_cache
@asks_first
@members_only
def confirm_repayment(request: BuyerRequest, number: str, pk: int) -> HttpResponse:
    """Asks once more, then confirms that the supplier's money has come back."""
    order = own_order(request, number)
    money = own_repayment(order, pk)
    require(allowed=permissions.can_pay(request.user, order))
    if request.method == "POST":
        try:
            services.confirm_payment(payment_id=money.pk, actor=request.user, now=timezone.now())
        except services.AlreadyConfirmed as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Confirmed. The order's account is up to date."))
        return redirect("buyer:order", number=order.number)
    words = {
        "supplier": order.supplier.name,
        "amount": fen_cny(money.amount_fen),
        "day": cn_date(money.paid_on),
        "reference": money.bank_reference,
    }
    context = {
        "title": _("Has the money come back?"),
        "text": _(
            "%(supplier)s says: %(amount)s paid back on %(day)s, bank's serial number %(reference)s. "
            "Confirm only after you have seen it on your account."
        )
        % words,
        "verb": _("Confirm receipt"),
        "back_url": reverse("buyer:order", args=[order.number]),
    }
    institution = order.purchase.institution
    return buyer_page(request, "confirm.html", context, section="orders", institution=institution)


def own_repayment(order: Order, pk: int) -> Payment:
    """The order's repayment. Raises Http404: none of this order's."""
    for each in order.payments.all():
        if each.pk == pk and each.direction == Direction.REPAYMENT:
            return each
    raise Http404
