"""A supplier's offers: the list, one offer, price and stock in two taps, taking it back."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.recognition.queries import in_force
from catalog.unsold_offers import permissions, services
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services import InvalidOffer, WrongStatus
from catalog.unsold_offers.status import OPEN
from marketplace.core.paging import page_of
from marketplace.portals.navigation import MenuItem
from marketplace.portals.service_forms import ServiceForm
from marketplace.portals.supplier.access import SupplierRequest, members_only, require_goods
from marketplace.portals.supplier.offer_forms import PriceForm, StockForm
from marketplace.portals.supplier.offer_view import offer_row
from marketplace.portals.supplier.page import ROWS, posted, supplier_page
from marketplace.portals.supplier.views.listing import AT_ALL, own_offer


@require_safe
@members_only
def offer_list(request: SupplierRequest) -> HttpResponse:
    """The offers that are open, or those that have ended; the newest first."""
    ended = request.GET.get("ended") == "1"
    require_goods(request)
    own = permissions.visible_to(request.user).filter(supplier=request.supplier)
    own = own.with_goods().with_spoils_on().newest_first()
    page = page_of(request, own.exclude(status__in=OPEN) if ended else own.filter(status__in=OPEN), ROWS)
    now = timezone.now()
    context = {
        "page": page,
        "rows": [offer_row(offer, now) for offer in page],
        "tabs": tabs(ended=ended),
        "ended": ended,
    }
    return supplier_page(request, "offers.html", context, section="offers")


def tabs(*, ended: bool) -> list[MenuItem]:
    """What is open, and what has ended."""
    address = reverse("supplier:offers")
    return [
        MenuItem(label=_("Now"), url=address, icon="", is_current=not ended),
        MenuItem(label=_("Ended"), url=f"{address}?ended=1", icon="", is_current=ended),
    ]


@require_safe
@members_only
def offer_page(request: SupplierRequest, pk: int) -> HttpResponse:
    """One offer: where it stands, what it says, what can be changed."""
    row = offer_row(own_offer(request, pk), timezone.now())
    context = {"row": row, "done_draft": f"offer-{pk}"}
    return supplier_page(request, "offer.html", context, section="offers")


@require_http_methods(AT_ALL)
@members_only
def price(request: SupplierRequest, pk: int) -> HttpResponse:
    """A new price; above the recognised one it asks first, because the offer then goes back to the office."""
    offer = own_offer(request, pk)
    names = ("price", "bulk_min_quantity", "bulk_price")
    form = PriceForm(posted(request), initial={name: getattr(offer, name) for name in names})
    limit = recognised_price(offer, timezone.now())
    asks = False

    def save() -> None:
        services.change_price(
            offer_id=pk,
            price=form.cleaned_data["price"],
            tiers=form.tiers,
            actor=request.user,
            now=timezone.now(),
        )

    if request.method == "POST" and form.is_valid() and limit is not None:
        asks = form.cleaned_data["price"] > limit and request.POST.get("raise") != "yes"
    done = _("The new price holds.")
    return change(request, offer, form, save, "offer_price.html", done, limit=limit, asks=asks)


@require_http_methods(AT_ALL)
@members_only
def stock(request: SupplierRequest, pk: int) -> HttpResponse:
    """How many can be bought now."""
    offer = own_offer(request, pk)
    available = offer.available
    form = StockForm(posted(request), initial={"quantity": available, "seen": available})

    def save() -> None:
        services.change_stock(
            offer_id=pk,
            available=form.cleaned_data["quantity"],
            seen=form.cleaned_data["seen"],
            actor=request.user,
            now=timezone.now(),
        )

    return change(request, offer, form, save, "offer_stock.html", _("The new quantity holds."))


@require_http_methods(AT_ALL)
@members_only
def withdraw(request: SupplierRequest, pk: int) -> HttpResponse:
    """Takes the offer off sale, or out of the office's queue."""
    offer = own_offer(request, pk)

    def save() -> None:
        services.withdraw_offer(offer_id=pk, actor=request.user, now=timezone.now())

    done = _("It is off sale. Orders that you have stay as they are.")
    return change(request, offer, ServiceForm(posted(request)), save, "offer_withdraw.html", done)


def change(
    request: SupplierRequest,
    offer: UnsoldOffer,
    form: ServiceForm,
    save: Callable[[], None],
    template: str,
    done: str,
    *,
    limit: Decimal | None = None,
    asks: bool = False,
) -> HttpResponse:
    """The form; once it is saved the offer's page. With `asks` nothing is saved before a second yes."""
    if request.method == "POST" and not asks and form.is_valid():
        try:
            save()
        except InvalidOffer as error:
            form.add_problems(error.errors)
            form.carry(error.seen)
        except WrongStatus as error:
            messages.error(request, str(error))
            return redirect("supplier:offer", pk=offer.pk)
        else:
            messages.success(request, done)
            return redirect("supplier:offer", pk=offer.pk)
    context = {"form": form, "row": offer_row(offer, timezone.now()), "limit": limit, "asks": asks}
    return supplier_page(request, template, context, section="offers")


def recognised_price(offer: UnsoldOffer, now: datetime) -> Decimal | None:
    """The price up to which the offer stays on sale; None while nothing is recognised."""
    if offer.stock_record_id is None:
        return None
    found = in_force([offer.stock_record_id], now).get(offer.stock_record_id)
    return Decimal(str(found["recognised_price"])) if found else None
