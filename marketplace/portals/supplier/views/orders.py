"""A supplier's orders: the list, one order, and what to do with it."""

from collections.abc import Callable
from typing import TypeVar

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.paging import page_of
from marketplace.core.periods import shanghai_day
from marketplace.order.models import Order
from marketplace.portals.navigation import MenuItem
from marketplace.portals.supplier.access import SupplierRequest, act_for, members_only, require_goods
from marketplace.portals.supplier.order_forms import (
    QuantitiesForm,
    ReasonedQuantitiesForm,
    RefuseForm,
    ShipForm,
)
from marketplace.portals.supplier.order_view import row_of, view_of
from marketplace.portals.supplier.page import ROWS, posted, supplier_page
from marketplace.procurement.certificates import known_fields
from marketplace.procurement.models import Cancellation
from marketplace.procurement.queries import orders_of_supplier, with_history
from marketplace.procurement.services import fulfilment
from marketplace.procurement.services.fulfilment import CertificateMissing
from marketplace.procurement.services.orders import IllegalMove, ReasonMissing, WrongQuantities
from marketplace.procurement.supplier_work import orders_in_stage, stage_counts
from supplier_villages.regions.queries import path_of

Form = TypeVar("Form", bound=forms.Form)


@require_safe
@members_only
def order_list(request: SupplierRequest) -> HttpResponse:
    """The orders of a stage, newest first."""
    stage = request.GET.get("stage", "")
    page = page_of(request, orders_in_stage(request.supplier, stage), ROWS)
    context = {
        "page": page,
        "rows": [row_of(order) for order in page],
        "tabs": tabs(stage, stage_counts(request.supplier)),
        "stage": stage,
    }
    return supplier_page(request, "orders.html", context, section="orders")


def tabs(current: str, counts: dict[str, int]) -> list[MenuItem]:
    """All orders, and those of each stage with how many there are; what is done is not counted."""
    labels = {
        "": _("All orders"),
        "to_confirm": _("To take"),
        "to_ship": _("To ship"),
        "to_receive": _("With the buyer"),
        "done": _("Done"),
    }
    known = current if current in labels else ""
    address = reverse("supplier:orders")
    return [
        MenuItem(
            label=label,
            url=f"{address}?stage={stage}" if stage else address,
            icon="",
            is_current=stage == known,
            count=counts.get(stage) if stage != "done" else None,
        )
        for stage, label in labels.items()
    ]


@require_safe
@members_only
def order_page(request: SupplierRequest, number: str) -> HttpResponse:
    """One order: what to do next, the goods, where they go, the money, what happened."""
    order = own_order(request, number)
    context = {
        "view": view_of(order),
        "delivery_place": path_of(order.purchase.delivery_region_id),
        "handles_goods": request.membership.handles_goods,
    }
    return supplier_page(request, "order.html", context, section="orders")


@require_POST
@members_only
def confirm(request: SupplierRequest, number: str) -> HttpResponse:
    """Takes the whole order."""
    order = order_to_supply(request, number)
    try:
        fulfilment.confirm_order(order_id=order.pk, actor=request.user, now=timezone.now())
    except IllegalMove as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("You have taken the order. The buyer knows. Now pack and ship."))
    return redirect("supplier:order", number=number)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def confirm_less(request: SupplierRequest, number: str) -> HttpResponse:
    """Takes a part of the order, with a reason; the rest is cancelled."""
    order = order_to_supply(request, number)
    form = ReasonedQuantitiesForm(order.lines.all(), posted(request))

    def save() -> None:
        fulfilment.confirm_order(
            order_id=order.pk,
            actor=request.user,
            quantities=form.quantities,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
        )

    done = _("You have taken a part of the order. The buyer knows. Now pack and ship.")
    return answer(request, order, form, save, "confirm", "order_confirm_less.html", done)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def refuse(request: SupplierRequest, number: str) -> HttpResponse:
    """Refuses the order, with a reason."""
    order = order_to_supply(request, number)
    form = RefuseForm(posted(request))

    def save() -> None:
        fulfilment.refuse_order(
            order_id=order.pk, actor=request.user, reason=form.cleaned_data["reason"], now=timezone.now()
        )

    done = _("You have refused the order. The buyer knows why.")
    return answer(request, order, form, save, "refuse", "order_refuse.html", done)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def cancel(request: SupplierRequest, number: str) -> HttpResponse:
    """Cancels what is not shipped, wholly or in part, with a reason."""
    order = order_to_supply(request, number)
    form = ReasonedQuantitiesForm(order.lines.all(), posted(request))

    def save() -> None:
        fulfilment.cancel_order(
            order_id=order.pk,
            actor=request.user,
            kind=Cancellation.Kind.SUPPLIER,
            quantities=form.quantities,
            reason=form.cleaned_data["reason"],
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
        )

    done = _("This part of the order is cancelled. The buyer knows why.")
    return answer(request, order, form, save, "cancel", "order_cancel.html", done)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def ship(request: SupplierRequest, number: str) -> HttpResponse:
    """One dispatch; several may follow each other."""
    order = order_to_supply(request, number)
    lines = list(order.lines.all())
    form = ShipForm(
        lines,
        posted(request),
        known=known_fields(order, lines),
        today=shanghai_day(timezone.now()),
    )

    def save() -> None:
        fulfilment.ship_order(
            order_id=order.pk,
            actor=request.user,
            carrier=form.cleaned_data["carrier"],
            tracking_number=form.cleaned_data["tracking_number"],
            quantities=form.quantities,
            certificates=form.certificates,
            now=timezone.now(),
            seen=form.cleaned_data["seen"],
        )

    done = _("The dispatch is recorded. The buyer knows that the goods are on their way.")
    return answer(request, order, form, save, "ship", "order_ship.html", done)


def answer(
    request: SupplierRequest,
    order: Order,
    form: forms.Form,
    save: Callable[[], None],
    move: str,
    template: str,
    done: str,
) -> HttpResponse:
    """The form; once it could be saved, the order's page; what the service refuses stands in the form.

    Where the order's state has no such move any more, its page says so.
    """
    view = view_of(order)
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except WrongQuantities as error:
            refused(form, error)
        except (ReasonMissing, CertificateMissing) as error:
            form.add_error(None, str(error))
        except IllegalMove as error:
            messages.error(request, str(error))
            return redirect("supplier:order", number=order.number)
        else:
            messages.success(request, done)
            return redirect("supplier:order", number=order.number)
    elif request.method != "POST" and move not in view.allowed:
        messages.error(request, str(IllegalMove(order, order.lines.all())))
        return redirect("supplier:order", number=order.number)
    return supplier_page(request, template, {"view": view, "form": form}, section="orders")


def refused(form: forms.Form, error: WrongQuantities) -> None:
    """The quantities that cannot be, beside their lines."""
    if isinstance(form, QuantitiesForm):
        form.add_problems(error.problems)


def own_order(request: SupplierRequest, number: str) -> Order:
    """The order of one of the person's suppliers, with its history; another's does not exist.

    The page is then that supplier's, whichever was looked at before.
    """
    own = orders_of_supplier(request.user).select_related("purchase")
    order: Order = get_object_or_404(with_history(own), number=number)
    act_for(request, order.supplier_id)
    return order


def order_to_supply(request: SupplierRequest, number: str) -> Order:
    """The same, for who handles the supplier's goods. Raises PermissionDenied."""
    order = own_order(request, number)
    require_goods(request)
    return order
