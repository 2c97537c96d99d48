"""The queue of unsold products that wait for recognition, and the decision on one of them."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.recognition.queries import price_benchmark
from catalog.unsold_offers import permissions, queries, services
from catalog.unsold_offers.models import UnsoldOffer
from catalog.unsold_offers.queries import QueueRow
from marketplace.core.periods import shanghai_day
from marketplace.portals.office.access import OfficeRequest, office_members_only
from marketplace.portals.office.forms import DecisionForm, RecognitionForm, ReturnForm
from marketplace.portals.office.offer_rows import PAGE_WIDTH, shown
from marketplace.portals.office.page import office_page

ROWS = 30


@require_safe
@office_members_only
def queue(request: OfficeRequest) -> HttpResponse:
    """The offers from the office's region that wait, what spoils first first."""
    rows = queries.queue(region_code=request.office.region_id, now=timezone.now())
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"page": page, "offers": shown(list(page))}
    return office_page(request, "queue.html", context, section="queue")


@require_safe
@office_members_only
def offer(request: OfficeRequest, pk: int) -> HttpResponse:
    """One offer: what it is, what it costs beside others, and the decision."""
    return _offer_page(request, pk, timezone.now())


@require_POST
@office_members_only
def recognise(request: OfficeRequest, pk: int) -> HttpResponse:
    """Recognises the offer: it is on sale at once."""
    now = timezone.now()
    form = RecognitionForm(_row(request, pk, now).offer, request.POST)

    def save() -> None:
        services.recognise_offer(
            offer_id=pk,
            certificate=form.certificate(shanghai_day(now)),
            seen=form.cleaned_data["seen"],
            actor=request.user,
            now=now,
        )

    if form.is_valid() and _decided(request, form, save, _("Recognised. It is on sale now.")):
        return redirect("office:queue", code=request.office.region_id)
    return _offer_page(request, pk, now, form=form)


@require_POST
@office_members_only
def send_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Returns the offer to its supplier with a reason."""
    now = timezone.now()
    form = ReturnForm(_row(request, pk, now).offer, request.POST)

    def save() -> None:
        services.return_offer(
            offer_id=pk,
            reason=form.cleaned_data["reason"],
            seen=form.cleaned_data["seen"],
            actor=request.user,
            now=now,
        )

    if form.is_valid() and _decided(request, form, save, _("Returned. The village sees your reason.")):
        return redirect("office:queue", code=request.office.region_id)
    return _offer_page(request, pk, now, return_form=form)


def _decided(request: OfficeRequest, form: DecisionForm, save: Callable[[], None], done: str) -> bool:
    """Whether the officer is done with the offer: it is decided, by this form or by somebody before."""
    try:
        save()
    except services.InvalidOffer as error:
        form.add_problems(error.errors)
        form.carry(error.seen)
        return False
    except services.WrongStatus as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return True


def _row(request: OfficeRequest, pk: int, now: datetime) -> QueueRow:
    try:
        return queries.offer_of_region(offer_id=pk, region_code=request.office.region_id, now=now)
    except UnsoldOffer.DoesNotExist:
        raise Http404 from None


def _offer_page(
    request: OfficeRequest,
    pk: int,
    now: datetime,
    *,
    form: RecognitionForm | None = None,
    return_form: ReturnForm | None = None,
) -> HttpResponse:
    """The offer as it is now, also where it has changed since a form that is refused was opened."""
    row = _row(request, pk, now)
    is_waiting = row.offer.status == UnsoldOffer.Status.SUBMITTED
    context = {
        "shown": shown([row], photo_width=PAGE_WIDTH)[0],
        "benchmark": price_benchmark(product=row.offer.product, now=now),
        "is_waiting": is_waiting,
        "can_decide": is_waiting and permissions.can_decide(request.user, row.offer),
        "form": form or RecognitionForm(row.offer),
        "return_form": return_form or ReturnForm(row.offer),
    }
    return office_page(request, "offer.html", context, section="queue")
