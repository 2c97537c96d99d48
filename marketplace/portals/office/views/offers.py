"""The queue of unsold products that wait for recognition, and the decision on one of them."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
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
from marketplace.portals.office.forms import RecognitionForm, ReturnForm
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
    now = timezone.now()
    return _offer_page(request, _row(request, pk, now), now, RecognitionForm(), ReturnForm())


@require_POST
@office_members_only
def recognise(request: OfficeRequest, pk: int) -> HttpResponse:
    """Recognises the offer: it is on sale at once."""
    now = timezone.now()
    row = _row(request, pk, now)
    form = RecognitionForm(request.POST)
    if form.is_valid() and _recognised(request, pk, form, now):
        return redirect("office:queue", code=request.office.region_id)
    return _offer_page(request, row, now, form, ReturnForm())


@require_POST
@office_members_only
def send_back(request: OfficeRequest, pk: int) -> HttpResponse:
    """Returns the offer to its supplier with a reason."""
    now = timezone.now()
    row = _row(request, pk, now)
    form = ReturnForm(request.POST)
    if form.is_valid() and _returned(request, pk, form, now):
        return redirect("office:queue", code=request.office.region_id)
    return _offer_page(request, row, now, RecognitionForm(), form)


def _recognised(request: OfficeRequest, pk: int, form: RecognitionForm, now: datetime) -> bool:
    certificate = form.certificate(shanghai_day(now))
    try:
        services.recognise_offer(offer_id=pk, certificate=certificate, actor=request.user, now=now)
    except services.InvalidOffer as error:
        _show_errors(form, error)
        return False
    except services.WrongStatus as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Recognised. It is on sale now."))
    return True


def _returned(request: OfficeRequest, pk: int, form: ReturnForm, now: datetime) -> bool:
    try:
        services.return_offer(offer_id=pk, reason=form.cleaned_data["reason"], actor=request.user, now=now)
    except services.InvalidOffer as error:
        _show_errors(form, error)
        return False
    except services.WrongStatus as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Returned. The village sees your reason."))
    return True


def _show_errors(form: Form, error: services.InvalidOffer) -> None:
    """Each error at its field; what no field of this form can mend stands above the form."""
    for field, message in error.errors.items():
        form.add_error(field if field in form.fields else None, message)


def _row(request: OfficeRequest, pk: int, now: datetime) -> QueueRow:
    try:
        return queries.offer_of_region(offer_id=pk, region_code=request.office.region_id, now=now)
    except UnsoldOffer.DoesNotExist:
        raise Http404 from None


def _offer_page(
    request: OfficeRequest, row: QueueRow, now: datetime, form: RecognitionForm, return_form: ReturnForm
) -> HttpResponse:
    is_waiting = row.offer.status == UnsoldOffer.Status.SUBMITTED
    context = {
        "shown": shown([row], photo_width=PAGE_WIDTH)[0],
        "benchmark": price_benchmark(product=row.offer.product, now=now),
        "is_waiting": is_waiting,
        "can_decide": is_waiting and permissions.can_decide(request.user, row.offer),
        "form": form,
        "return_form": return_form,
    }
    return office_page(request, "offer.html", context, section="queue")
