"""What the operator's pages of suppliers and institutions have in common: a form, and where it leads to."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from catalog.partner.models import Partner
from catalog.partner.services import InvalidSupplier
from marketplace.institutions.models import Institution
from marketplace.institutions.services import InvalidInstitution
from marketplace.portals.operator.page import operator_page
from marketplace.portals.requests import AuthenticatedRequest
from marketplace.portals.service_forms import ServiceForm

Organisation = Partner | Institution


def form_page(
    request: AuthenticatedRequest,
    kind: str,
    form: ServiceForm,
    save: Callable[[], Organisation],
    *,
    template: str,
    done: str,
    found: Organisation | None = None,
) -> HttpResponse:
    """Asks; what `save` has saved is shown on its own page, which says what is done.

    `kind` (supplier) names the address operator:supplier, the templates supplier_<template>.html and what
    they call the organisation that is there already.
    """
    if request.method == "POST" and form.is_valid():
        try:
            saved = save()
        except (InvalidSupplier, InvalidInstitution) as error:
            form.add_problems(error.problems)
        else:
            messages.success(request, done)
            return redirect(f"operator:{kind}", pk=saved.pk)
    context = {"form": form, kind: found}
    return operator_page(request, f"{kind}_{template}.html", context, section=f"{kind}s")
