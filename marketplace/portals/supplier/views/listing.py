"""Listing an unsold product in three short steps; each is saved, so that a lost signal loses nothing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from catalog.partner.queries import villages_to_list_for
from catalog.unsold_offers import permissions, services
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.services import InvalidOffer, WrongStatus
from catalog.unsold_offers.status import EDITABLE
from marketplace.portals.service_forms import ServiceForm
from marketplace.portals.supplier.access import SupplierRequest, act_for, members_only, require_goods
from marketplace.portals.supplier.offer_forms import (
    CheckForm,
    GoodsForm,
    NewOfferForm,
    PhotoForm,
    TermsForm,
)
from marketplace.portals.supplier.offer_view import offer_row, step_url, steps
from marketplace.portals.supplier.page import posted, supplier_page

AT_ALL = ["GET", "HEAD", "POST"]


@require_http_methods(AT_ALL)
@members_only
def new(request: SupplierRequest) -> HttpResponse:
    """Step 1: a photo, and the village; the draft begins here."""
    require_goods(request)
    form = NewOfferForm(villages_to_list_for(request.supplier), posted(request), sent_files(request))
    if request.method == "POST" and form.is_valid():
        offer = services.start_offer(
            supplier=form.chosen.partner,
            village=form.chosen.village,
            draft_key=form.cleaned_data["draft_key"],
            photo=form.cleaned_data["photo"],
            actor=request.user,
            now=timezone.now(),
        )
        return redirect(step_url(offer, "goods"))
    context = {
        "form": form,
        "steps": steps("photo"),
        "can_list": bool(form.villages),
        "draft": new_draft(request),
        "supplier": request.supplier if len(request.memberships) > 1 else None,
    }
    return supplier_page(request, "offer_photo.html", context, section="offers")


@require_http_methods(AT_ALL)
@members_only
def photo(request: SupplierRequest, pk: int) -> HttpResponse:
    """Step 1 once more: another photo instead."""
    offer = own_offer(request, pk)
    if offer.status not in EDITABLE:
        return redirect("supplier:offer", pk=pk)
    form = PhotoForm(posted(request), sent_files(request))
    if request.method == "POST" and form.is_valid():
        try:
            save_photo(request, form, offer)
        except WrongStatus as error:
            messages.error(request, str(error))
            return redirect("supplier:offer", pk=pk)
        return redirect(step_url(offer, "goods"))
    context = {
        "form": form,
        "steps": steps("photo"),
        "row": offer_row(offer, timezone.now()),
        "can_list": True,
    }
    return supplier_page(request, "offer_photo.html", context, section="offers")


@require_http_methods(AT_ALL)
@members_only
def goods(request: SupplierRequest, pk: int) -> HttpResponse:
    """Step 2: what it is, and how much."""
    offer = own_offer(request, pk)
    form = GoodsForm(offer, posted(request))

    def save() -> None:
        services.save_goods(
            offer_id=pk,
            goods=form.goods,
            quantity=form.cleaned_data["quantity"],
            harvested_on=form.cleaned_data["harvested_on"],
            seen=form.cleaned_data["seen"],
            actor=request.user,
            now=timezone.now(),
        )

    return step(request, offer, form, save, "goods", "terms")


@require_http_methods(AT_ALL)
@members_only
def terms(request: SupplierRequest, pk: int) -> HttpResponse:
    """Step 3: the price, and until when."""
    offer = own_offer(request, pk)
    names = ("price", "bulk_min_quantity", "bulk_price", "sell_by")
    form = TermsForm(posted(request), initial={name: getattr(offer, name) for name in names})

    def save() -> None:
        services.save_terms(offer_id=pk, terms=form.terms, actor=request.user, now=timezone.now())

    return step(request, offer, form, save, "terms", "check")


@require_http_methods(AT_ALL)
@members_only
def check(request: SupplierRequest, pk: int) -> HttpResponse:
    """Everything once more, and the button that hands it in."""
    offer = own_offer(request, pk)
    form = CheckForm(posted(request))

    def save() -> None:
        services.submit_offer(offer_id=pk, actor=request.user, now=timezone.now())
        messages.success(request, _("Handed in. The county office usually answers within two days."))

    return step(request, offer, form, save, "check", "")


def step(
    request: SupplierRequest,
    offer: UnsoldOffer,
    form: ServiceForm,
    save: Callable[[], None],
    name: str,
    following: str,
) -> HttpResponse:
    """The step's form; once it is saved the following step, after the last one the offer itself."""
    if request.method == "POST" and form.is_valid():
        try:
            save()
        except InvalidOffer as error:
            form.add_problems(error.errors)
            form.carry(error.seen)
        except WrongStatus as error:
            messages.error(request, str(error))
            return redirect("supplier:offer", pk=offer.pk)
        else:
            return redirect(
                step_url(offer, following)
                if following
                else reverse("supplier:offer", kwargs={"pk": offer.pk})
            )
    elif offer.status not in EDITABLE:
        return redirect("supplier:offer", pk=offer.pk)
    context = {
        "form": form,
        "steps": steps(name),
        "row": offer_row(offer, timezone.now()),
        # What was typed into the offer as it was before says nothing of the offer as it is.
        "draft": f"offer-{offer.pk}-{name}:{offer.revision}",
        "done_draft": {"goods": new_draft(request), "terms": f"offer-{offer.pk}-goods"}.get(
            name, f"offer-{offer.pk}-terms"
        ),
    }
    return supplier_page(request, f"offer_{name}.html", context, section="offers")


def new_draft(request: SupplierRequest) -> str:
    """Under what a phone keeps an offer that has not begun yet: of several suppliers each has its own."""
    return f"offer-new-{request.supplier.pk}" if len(request.memberships) > 1 else "offer-new"


def sent_files(request: SupplierRequest) -> "MultiValueDict[str, UploadedFile[Any]] | None":
    """The files that were sent; None when the page is only looked at."""
    return request.FILES if request.method == "POST" else None


def save_photo(request: SupplierRequest, form: PhotoForm, offer: UnsoldOffer) -> None:
    """The photo, if one was sent, stands instead of the former one."""
    photo = form.cleaned_data["photo"]
    if photo is not None:
        services.set_photo(offer_id=offer.pk, photo=photo, actor=request.user)


def own_offer(request: SupplierRequest, pk: int) -> UnsoldOffer:
    """The offer of one of the person's suppliers, with its goods; another's does not exist.

    The page is then that supplier's, whichever was looked at before.

    Raises:
        PermissionDenied: the person is its bookkeeper.
    """
    offers = permissions.visible_to(request.user).with_goods().with_spoils_on()
    offer: UnsoldOffer = get_object_or_404(offers, pk=pk)
    act_for(request, offer.supplier_id)
    require_goods(request)
    return offer
