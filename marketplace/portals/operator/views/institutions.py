"""Running the institutions: which there are, whom they belong to, and who belongs to them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.institutions import services
from marketplace.institutions.models import Institution
from marketplace.institutions.queries import institutions_matching
from marketplace.portals.members.desk import MemberDesk
from marketplace.portals.members.rosters import InstitutionRoster
from marketplace.portals.operator.access import staff_only
from marketplace.portals.operator.forms import SearchForm
from marketplace.portals.operator.organisation_forms import InstitutionForm, registered
from marketplace.portals.operator.page import around, operator_page, page_of
from marketplace.portals.requests import AuthenticatedRequest

SECTION = "institutions"
asks_first = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@staff_only
def institution_list(request: AuthenticatedRequest) -> HttpResponse:
    """The institutions by name, found by name or code."""
    form = SearchForm(request.GET)
    query = form.cleaned_data["q"] if form.is_valid() else ""
    page = page_of(request, institutions_matching(query))
    return operator_page(request, "institutions.html", {"page": page, "query": query}, section=SECTION)


@asks_first
@staff_only
def new_institution(request: AuthenticatedRequest) -> HttpResponse:
    """Registers an institution; its members come next, on its page."""
    form = InstitutionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            institution = services.create_institution(registration=form.registration)
        except services.InvalidInstitution as error:
            form.add_problems(error.problems)
        else:
            messages.success(request, _("Registered. Now add its members, its head first."))
            return redirect("operator:institution", pk=institution.pk)
    return operator_page(request, "institution_new.html", {"form": form}, section=SECTION)


@require_safe
@staff_only
def institution(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One institution: what it is, whom it belongs to, who belongs to it."""
    found = _institution(pk)
    context = {"institution": found, "desk": _desk(request, found)}
    return operator_page(request, "institution.html", context, section=SECTION)


@asks_first
@staff_only
def change(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Name, kind, code, seat and parent."""
    found = _institution(pk)
    form = InstitutionForm(request.POST or None, initial=registered(found))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_institution(institution=found, registration=form.registration)
        except services.InvalidInstitution as error:
            form.add_problems(error.problems)
        else:
            messages.success(request, _("Saved."))
            return redirect("operator:institution", pk=pk)
    context = {"form": form, "institution": found}
    return operator_page(request, "institution_change.html", context, section=SECTION)


def desk_of(request: AuthenticatedRequest, pk: int) -> MemberDesk:
    """Where the operator manages the institution's members. Raises Http404."""
    return _desk(request, _institution(pk))


def _desk(request: AuthenticatedRequest, found: Institution) -> MemberDesk:
    return MemberDesk(
        roster=InstitutionRoster(found),
        pk=found.pk,
        name=found.name,
        prefix="operator:institution_",
        list_url=reverse("operator:institution", args=[found.pk]),
        frame=around(request, SECTION),
    )


def _institution(pk: int) -> Institution:
    return get_object_or_404(Institution.objects.select_related("region", "parent"), pk=pk)
