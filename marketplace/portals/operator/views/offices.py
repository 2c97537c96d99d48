"""Running the poverty offices: which there are, and who works in them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts.models import User
from marketplace.portals.operator.access import staff_only
from marketplace.portals.operator.forms import JoinOfficeForm, MemberForm, NewOfficeForm
from marketplace.portals.operator.lists import Words, list_page
from marketplace.portals.operator.page import operator_page
from marketplace.portals.requests import AuthenticatedRequest
from supplier_villages.offices import services
from supplier_villages.offices.errors import InactiveUserError, NoOfficeForVillageError, OfficeExistsError
from supplier_villages.offices.models import Office
from supplier_villages.offices.queries import members_of, offices_matching


@require_safe
@staff_only
def office_list(request: AuthenticatedRequest) -> HttpResponse:
    """The offices, top down, found by name or code."""
    words = Words(
        title=_("Offices"),
        new=_("Open an office"),
        search=_("Name or region code"),
        none_found=_("No office found"),
        search_again=_("Search by another part of the name, or by the region's code."),
        none_yet=_("There is no office yet"),
        begin=_("Open the county's office first, then add the people who work there."),
    )
    return list_page(request, "office", words, offices_matching)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def new_office(request: AuthenticatedRequest) -> HttpResponse:
    """Opens a region's office."""
    form = NewOfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            office = services.create_office(**form.cleaned_data)
        except OfficeExistsError:
            form.add_error("region", _("This region has an office already. Search for it in the list."))
        except NoOfficeForVillageError:
            form.add_error("region", _("A village has no office of its own. Choose its town."))
        else:
            messages.success(request, _("The office is open. Add its members now."))
            return redirect("operator:office", pk=office.pk)
    return operator_page(request, "office_new.html", {"form": form}, section="offices")


@require_safe
@staff_only
def office(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One office and its members."""
    return _office_page(request, _office(pk), MemberForm())


@require_POST
@staff_only
def add_member(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Puts a person, named by an identifier, into the office."""
    office = _office(pk)
    form = MemberForm(request.POST)
    if form.is_valid() and _joined(request, office, form.cleaned_data["identifier"]):
        return redirect("operator:office", pk=pk)
    return _office_page(request, office, form)


@require_POST
@staff_only
def join_office(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Puts the person of this page into the office of a region."""
    person = get_object_or_404(User, pk=pk)
    form = JoinOfficeForm(request.POST)
    if form.is_valid():
        _joined(request, form.cleaned_data["office"], person)
    else:
        messages.error(request, str(form.errors["office"][0]))
    return redirect("operator:user", pk=pk)


@require_POST
@staff_only
def remove_member(request: AuthenticatedRequest, pk: int, user_pk: int) -> HttpResponse:
    """Takes a person out of the office."""
    services.remove_member(office=_office(pk), user=get_object_or_404(User, pk=user_pk))
    messages.success(request, _("The person no longer works in this office."))
    return redirect("operator:office", pk=pk)


def _joined(request: AuthenticatedRequest, office: Office, person: User) -> bool:
    try:
        services.add_member(office=office, user=person)
    except InactiveUserError:
        messages.error(request, _("This account is switched off. Switch it on first."))
        return False
    messages.success(request, _("The person works in this office now."))
    return True


def _office(pk: int) -> Office:
    return get_object_or_404(Office.objects.select_related("region"), pk=pk)


def _office_page(request: AuthenticatedRequest, office: Office, form: MemberForm) -> HttpResponse:
    context = {"office": office, "members": members_of(office), "form": form}
    return operator_page(request, "office.html", context, section="offices")
