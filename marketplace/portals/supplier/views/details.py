"""What the supplier says of itself: its head changes contact, bank account and freight."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from catalog.partner import services
from marketplace.portals.supplier.access import SupplierRequest, act_for, members_only, require_head
from marketplace.portals.supplier.details_form import DetailsForm, details_of
from marketplace.portals.supplier.page import posted, supplier_page


@require_safe
@members_only
def of_current(request: SupplierRequest) -> HttpResponse:
    """Leads to the details of the supplier that the person acts for: there the address says which."""
    require_head(request)
    return redirect("supplier:details", pk=request.supplier.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def details(request: SupplierRequest, pk: int) -> HttpResponse:
    """Contact, bank account and freight."""
    act_for(request, pk)
    require_head(request)
    form = DetailsForm(posted(request), initial=details_of(request.supplier))
    if request.method == "POST" and form.is_valid():
        try:
            services.change_details(supplier=request.supplier, details=form.details, actor=request.user)
        except services.InvalidSupplier as error:
            form.add_problems(error.problems)
        else:
            messages.success(request, _("Saved. New orders use it from now on."))
            return redirect("supplier:details", pk=pk)
    context = {"form": form, "supplier": request.supplier}
    return supplier_page(request, "details.html", context, section="details")
