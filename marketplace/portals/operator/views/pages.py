"""The portal's front door and the page that shows every component."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from marketplace.portals.operator.access import staff_only
from marketplace.portals.operator.component_samples import component_context
from marketplace.portals.operator.page import operator_page
from marketplace.portals.requests import AuthenticatedRequest


@require_safe
@staff_only
def home(_request: AuthenticatedRequest) -> HttpResponse:
    """Begins with the people."""
    return redirect("operator:users")


@require_safe
@staff_only
def components(request: AuthenticatedRequest) -> HttpResponse:
    """Every component in its variants."""
    return operator_page(request, "components.html", component_context(), section="components")
