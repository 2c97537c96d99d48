"""What the buying side does with an order's money: record a transfer, confirm what came back."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.periods import shanghai_day
from marketplace.core.permissions import require
from marketplace.portals.buyer.access import BuyerRequest, members_only
from marketplace.portals.buyer.desk import DESK
from marketplace.portals.buying import repayments
from marketplace.portals.transfer_forms import TransferForm
from marketplace.procurement import permissions
from marketplace.procurement.dues import recordable_fen
from marketplace.procurement.models import Payment
from marketplace.procurement.services import payments as services

Direction = Payment.Direction
asks_first = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@asks_first
@members_only
def pay(request: BuyerRequest, number: str) -> HttpResponse:
    """Records a bank transfer to the supplier; it counts once the supplier confirms it."""
    order = DESK.own_order(request, number)
    require(allowed=permissions.can_pay(request.user, order))
    due_fen = recordable_fen(order, Payment.Direction.PAYMENT)
    now = timezone.now()
    initial = {"amount": str(Decimal(due_fen).scaleb(-2)), "paid_on": shanghai_day(now)}
    form = TransferForm(request.POST or None, initial=initial)
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
        except services.InvalidTransfer as error:
            form.add_problems(error.problems)
        except services.AlreadyRecorded as error:
            form.add_error("bank_reference", str(error))
        else:
            messages.success(request, _("Recorded. It counts as paid once the supplier confirms it."))
            return DESK.back(order)
    elif not due_fen:
        messages.warning(request, _("Nothing is left to pay, or the supplier has yet to confirm a payment."))
        return DESK.back(order)
    context = {"order": order, "form": form, "due_fen": due_fen}
    return DESK.page(request, "portals/buyer/pay.html", context, order)


@never_cache
@asks_first
@members_only
def confirm_repayment(request: BuyerRequest, number: str, pk: int) -> HttpResponse:
    """Asks once more, then confirms that the supplier's money has come back."""
    return repayments.confirm_repayment(DESK, request, number, pk)
