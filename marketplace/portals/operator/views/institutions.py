"""Running the institutions: which there are, whom they belong to, and who belongs to them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from marketplace.institutions import services
from marketplace.institutions.models import Institution
from marketplace.institutions.queries import institutions_matching
from marketplace.portals.members.desk import MemberDesk
from marketplace.portals.members.rosters import InstitutionRoster
from marketplace.portals.operator.access import staff_only
from marketplace.portals.operator.lists import Words, list_page
from marketplace.portals.operator.organisation_forms import InstitutionForm, registered
from marketplace.portals.operator.organisation_pages import form_page
from marketplace.portals.operator.page import around, operator_page
from marketplace.portals.requests import AuthenticatedRequest

KIND = "institution"
SECTION = "institutions"
asks_first = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@staff_only
def institution_list(request: AuthenticatedRequest) -> HttpResponse:
    """The institutions by name, found by name or code."""
    words = Words(
        title=_("Institutions"),
        new=_("Register an institution"),
        search=_("Name or unified social credit code"),
        none_found=_("No institution found"),
        search_again=_("Search by another part of the name, or by the beginning of the code."),
        none_yet=_("There is no institution yet"),
        begin=_("Register a unit, enterprise, union or university first, then add its head."),
    )
    return list_page(request, KIND, words, institutions_matching)


@asks_first
@staff_only
def new_institution(request: AuthenticatedRequest) -> HttpResponse:
    """Registers an institution; its members come next, on its page."""
    form = InstitutionForm(request.POST or None)

    def save() -> Institution:
        return services.create_institution(registration=form.registration)

    done = _("Registered. Now add its members, its head first.")
    return form_page(request, KIND, form, save, template="new", done=done)


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

    def save() -> Institution:
        services.change_institution(institution=found, registration=form.registration)
        return found

    return form_page(request, KIND, form, save, template="change", done=_("Saved."), found=found)


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
