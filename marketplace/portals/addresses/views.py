"""The pages on which addresses are kept; each portal says whose they are."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core.permissions import require
from marketplace.portals.addresses.desk import AddressDesk
from marketplace.portals.addresses.forms import AddressForm, values_of
from marketplace.portals.addresses.rows import place_of
from marketplace.portals.requests import AuthenticatedRequest
from marketplace.procurement.models import DeliveryAddress
from marketplace.procurement.services import addresses
from marketplace.procurement.services.delivery import InvalidDelivery

asks_first = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def address_list(_request: AuthenticatedRequest, desk: AddressDesk) -> HttpResponse:
    """All of them, the one that forms begin with on top."""
    context = {"desk": desk, "may_change": desk.may_change, "most": addresses.MOST_ADDRESSES}
    return desk.page("portals/addresses/list.html", context)


@asks_first
def add(request: AuthenticatedRequest, desk: AddressDesk) -> HttpResponse:
    """A new address."""
    require(allowed=desk.may_change)
    form = AddressForm(request.POST or None)

    def save() -> None:
        addresses.save_address(
            **desk.who,
            destination=form.destination,
            is_default=form.cleaned_data["is_default"],
            now=timezone.now(),
        )

    return form_page(request, desk, form, save, title=_("Add an address"))


@asks_first
def change(request: AuthenticatedRequest, desk: AddressDesk, address_pk: int) -> HttpResponse:
    """Other values for one of them; orders that are on their way keep theirs."""
    require(allowed=desk.may_change)
    address = address_of(desk, address_pk)
    form = AddressForm(request.POST or None, initial=values_of(address))

    def save() -> None:
        addresses.change_address(
            **desk.who,
            address_id=address_pk,
            destination=form.destination,
            is_default=form.cleaned_data["is_default"],
            now=timezone.now(),
        )

    return form_page(request, desk, form, save, title=_("Change the address"))


@asks_first
def delete(request: AuthenticatedRequest, desk: AddressDesk, address_pk: int) -> HttpResponse:
    """Asks once more, then takes it out of the list."""
    require(allowed=desk.may_change)
    try:
        address = address_of(desk, address_pk)
    except Http404:
        # Looked for in the book first: what has gone since is the other of two clicks, nobody else's.
        if request.method == "POST" and not DeliveryAddress.objects.filter(pk=address_pk).exists():
            return redirect(desk.list_url)
        raise
    if request.method == "POST":
        addresses.delete_address(**desk.who, address_id=address_pk)
        messages.success(request, _("The address is deleted. Orders that go there still do."))
        return redirect(desk.list_url)
    context = {
        "title": _("Delete this address?"),
        "text": f"{address.recipient} {address.recipient_phone} · {place_of(address)}",
        "verb": _("Delete"),
        "danger": True,
        "back_url": desk.list_url,
    }
    return desk.page("portals/buying/confirm.html", context)


@require_POST
def make_default(request: AuthenticatedRequest, desk: AddressDesk, address_pk: int) -> HttpResponse:
    """Forms begin with it from now on."""
    require(allowed=desk.may_change)
    address_of(desk, address_pk)
    try:
        addresses.make_default(**desk.who, address_id=address_pk)
    except DeliveryAddress.DoesNotExist:
        raise Http404 from None  # deleted in between
    messages.success(request, _("Forms begin with this address from now on."))
    return redirect(desk.list_url)


def form_page(
    request: AuthenticatedRequest,
    desk: AddressDesk,
    form: AddressForm,
    save: Callable[[], None],
    *,
    title: str,
) -> HttpResponse:
    """The form, or back to the list once what was typed is saved."""
    if request.method == "POST" and form.is_valid() and is_done(form, save):
        messages.success(request, _("Saved."))
        return redirect(desk.list_url)
    return desk.page("portals/addresses/form.html", {"desk": desk, "form": form, "title": title})


def is_done(form: AddressForm, save: Callable[[], None]) -> bool:
    """Whether it could be saved; what the service refuses stands in the form."""
    try:
        save()
    except InvalidDelivery as error:
        form.add_problems(error.problems)
        return False
    except (addresses.BookFull, addresses.SameAddress) as error:
        form.add_error(None, str(error))
        return False
    except DeliveryAddress.DoesNotExist:
        raise Http404 from None  # deleted in between
    return True


def address_of(desk: AddressDesk, address_pk: int) -> DeliveryAddress:
    """One of the buyer's addresses. Raises Http404: there is none, or it is somebody else's."""
    found = desk.book.filter(pk=address_pk).first()
    if found is None:
        raise Http404
    return found
