"""A buyer confirms that a supplier's money has come back."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.core.permissions import require
from marketplace.core.templatetags.formats import cn_date, fen_cny
from marketplace.order.models import Order
from marketplace.portals.buying.desk import Desk, Request
from marketplace.procurement import permissions
from marketplace.procurement.models import Payment
from marketplace.procurement.services import payments as services


def confirm_repayment(desk: Desk[Request], request: Request, number: str, pk: int) -> HttpResponse:
    """Asks once more, then confirms that the supplier's money has come back."""
    order = desk.own_order(request, number)
    money = own_repayment(order, pk)
    require(allowed=permissions.can_pay(request.user, order))
    if request.method == "POST":
        try:
            services.confirm_payment(payment_id=money.pk, actor=request.user, now=timezone.now())
        except services.AlreadyConfirmed as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Confirmed. The order's account is up to date."))
        return desk.back(order)
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
        "back_url": desk.url("order", order),
    }
    return desk.page(request, "portals/buying/confirm.html", context, order)


def own_repayment(order: Order, pk: int) -> Payment:
    """The order's repayment. Raises Http404: none of this order's."""
    for each in order.payments.all():
        if each.pk == pk and each.direction == Payment.Direction.REPAYMENT:
            return each
    raise Http404
