"""Running the suppliers: which there are, whether and for which villages they list, who acts for them."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.partner import services
from catalog.partner.models import Partner
from catalog.partner.queries import suppliers_matching, villages_of
from marketplace.portals.members.desk import MemberDesk
from marketplace.portals.members.rosters import SupplierRoster
from marketplace.portals.operator.access import staff_only
from marketplace.portals.operator.lists import Words, list_page
from marketplace.portals.operator.organisation_forms import SupplierForm, VillageForm, registered
from marketplace.portals.operator.organisation_pages import form_page
from marketplace.portals.operator.page import around, operator_page
from marketplace.portals.requests import AuthenticatedRequest
from marketplace.portals.supplier.details_form import DetailsForm, details_of
from supplier_villages.regions.models import Region
from supplier_villages.regions.queries import placed

KIND = "supplier"
SECTION = "suppliers"
asks_first = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@staff_only
def supplier_list(request: AuthenticatedRequest) -> HttpResponse:
    """The suppliers by name, found by name or code."""
    words = Words(
        title=_("Suppliers"),
        new=_("Register a supplier"),
        search=_("Name or unified social credit code"),
        none_found=_("No supplier found"),
        search_again=_("Search by another part of the name, or by the beginning of the code."),
        none_yet=_("There is no supplier yet"),
        begin=_("Register a cooperative first, then give it villages and members, and admit it."),
        drawing="field",
    )
    return list_page(request, KIND, words, suppliers_matching)


@asks_first
@staff_only
def new_supplier(request: AuthenticatedRequest) -> HttpResponse:
    """Registers a supplier; admission, villages and members come next, on its page."""
    form = SupplierForm(request.POST or None)

    def save() -> Partner:
        return services.create_supplier(registration=form.registration)

    done = _("Registered. Now its villages, its members, and the admission.")
    return form_page(request, KIND, form, save, template="new", done=done)


@require_safe
@staff_only
def supplier(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One supplier: what it is, whether it may list and for which villages, where it is paid, its members."""
    return _supplier_page(request, _supplier(pk), VillageForm())


@asks_first
@staff_only
def change(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Name, kind, code and seat."""
    found = _supplier(pk)
    form = SupplierForm(request.POST or None, initial=registered(found))

    def save() -> Partner:
        services.change_registration(supplier=found, registration=form.registration)
        return found

    return form_page(request, KIND, form, save, template="change", done=_("Saved."), found=found)


@asks_first
@staff_only
def details(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Contact, bank account and freight."""
    found = _supplier(pk)
    form = DetailsForm(request.POST or None, initial=details_of(found))

    def save() -> Partner:
        services.change_details(supplier=found, details=form.details, actor=request.user)
        return found

    done = _("Saved. New orders use it from now on.")
    return form_page(request, KIND, form, save, template="details", done=done, found=found)


@require_POST
@staff_only
def admit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """From now on the supplier can list."""
    services.admit_supplier(supplier=_supplier(pk), actor=request.user, now=timezone.now())
    messages.success(request, _("Admitted. It can list for its villages now."))
    return redirect("operator:supplier", pk=pk)


@require_POST
@staff_only
def add_village(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One more village for which the supplier may list."""
    found = _supplier(pk)
    form = VillageForm(request.POST)
    if form.is_valid():
        try:
            services.add_village(supplier=found, village=form.cleaned_data["village"])
        except services.NotAVillage as error:
            form.add_error("village", str(error))
        else:
            messages.success(request, _("The supplier may list for this village now."))
            return redirect("operator:supplier", pk=pk)
    return _supplier_page(request, found, form)


@require_POST
@staff_only
def remove_village(request: AuthenticatedRequest, pk: int, code: str) -> HttpResponse:
    """The supplier may no longer list for this village."""
    services.remove_village(supplier=_supplier(pk), village=get_object_or_404(Region, pk=code))
    messages.success(
        request, _("The supplier may no longer list for this village. Offers already made stay.")
    )
    return redirect("operator:supplier", pk=pk)


def desk_of(request: AuthenticatedRequest, pk: int) -> MemberDesk:
    """Where the operator manages the supplier's members. Raises Http404."""
    return _desk(request, _supplier(pk))


def _desk(request: AuthenticatedRequest, found: Partner) -> MemberDesk:
    return MemberDesk(
        roster=SupplierRoster(found),
        pk=found.pk,
        name=found.name,
        prefix="operator:supplier_",
        list_url=reverse("operator:supplier", args=[found.pk]),
        frame=around(request, SECTION),
    )


def _supplier(pk: int) -> Partner:
    return get_object_or_404(Partner.objects.select_related("region", "admitted_by"), pk=pk)


def _supplier_page(request: AuthenticatedRequest, found: Partner, form: VillageForm) -> HttpResponse:
    context = {
        "supplier": found,
        "desk": _desk(request, found),
        "villages": placed(villages_of(found)),
        "form": form,
    }
    return operator_page(request, "supplier.html", context, section=SECTION)
