"""Money between a supplier and its buyers: confirm what came in, record what went back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.portals.supplier.access import SupplierRequest, members_only
from marketplace.portals.supplier.order_forms import RepayForm
from marketplace.portals.supplier.order_view import view_of
from marketplace.portals.supplier.page import posted, supplier_page
from marketplace.portals.supplier.views.orders import own_order
from marketplace.procurement.models import Payment
from marketplace.procurement.services import payments
from marketplace.procurement.services.payments import (
    AlreadyConfirmed,
    AlreadyRecorded,
    InvalidTransfer,
    WrongAmount,
)


@require_POST
@members_only
def confirm_payment(request: SupplierRequest, number: str, pk: int) -> HttpResponse:
    """The money that the buyer says it sent has arrived."""
    order = own_order(request, number)
    payment = get_object_or_404(Payment, pk=pk, order=order, direction=Payment.Direction.PAYMENT)
    try:
        payments.confirm_payment(payment_id=payment.pk, actor=request.user, now=timezone.now())
    except AlreadyConfirmed as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Thank you. The payment counts now."))
    return redirect("supplier:order", number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def repay(request: SupplierRequest, number: str) -> HttpResponse:
    """Records money that was sent back to the buyer; it counts once the buyer confirms it."""
    order = own_order(request, number)
    view = view_of(order)
    form = RepayForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            payments.record_payment(
                order_id=order.pk,
                actor=request.user,
                direction=Payment.Direction.REPAYMENT,
                amount_fen=form.amount_fen,
                paid_on=form.cleaned_data["paid_on"],
                bank_reference=form.cleaned_data["bank_reference"],
                now=timezone.now(),
            )
        except WrongAmount as error:
            form.add_error("amount", str(error))
        except InvalidTransfer as error:
            form.add_problems(error.problems)
        except AlreadyRecorded as error:
            form.add_error("bank_reference", str(error))
        else:
            messages.success(request, _("Recorded. It counts once the buyer confirms it."))
            return redirect("supplier:order", number=number)
    return supplier_page(request, "order_repay.html", {"view": view, "form": form}, section="orders")
