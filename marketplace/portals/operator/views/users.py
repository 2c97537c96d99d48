"""Running accounts: who there is, new ones, password links, switching off."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from catalog.partner import queries as suppliers
from marketplace.accounts import page_roles, services
from marketplace.accounts.errors import IdentifierTakenError
from marketplace.accounts.models import User
from marketplace.accounts.permissions import can_manage
from marketplace.accounts.queries import open_password_link, users_matching
from marketplace.core.audit.queries import entries_of
from marketplace.institutions import queries as institutions
from marketplace.portals import once
from marketplace.portals.operator.access import staff_only
from marketplace.portals.operator.audit_rows import rows_of
from marketplace.portals.operator.forms import JoinOfficeForm, NewUserForm, PageRoleForm
from marketplace.portals.operator.lists import Words, list_page
from marketplace.portals.operator.page import operator_page
from marketplace.portals.password_links import link_shown
from marketplace.portals.requests import AuthenticatedRequest
from supplier_villages.offices.models import Office
from supplier_villages.offices.queries import memberships_of
from supplier_villages.offices.services import add_member

LATEST_ENTRIES = 10


@require_safe
@staff_only
def user_list(request: AuthenticatedRequest) -> HttpResponse:
    """Everybody, newest first, found by name, user name, phone or e-mail."""
    words = Words(
        title=_("Users"),
        new=_("Open an account"),
        search=_("Name, phone, e-mail or user name"),
        none_found=_("Nobody found"),
        search_again=_("Search by another part of the name, or by the whole phone number."),
    )
    return list_page(request, "user", words, users_matching)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only
def new_user(request: AuthenticatedRequest) -> HttpResponse:
    """Opens an account; the password link comes next, on the person's page."""
    form = NewUserForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = _open_account(**form.cleaned_data)
        except IdentifierTakenError as error:
            form.add_error(error.field, _("Another account has this already. Search for it in the list."))
        else:
            messages.success(
                request, _("The account is open. Make a password link and give it to the person.")
            )
            return redirect("operator:user", pk=user.pk)
    return operator_page(request, "user_new.html", {"form": form}, section="users")


@require_safe
@staff_only
def user(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One person: how they log in, their password link, the latest of their trail."""
    person = get_object_or_404(User, pk=pk)
    context = {
        "person": person,
        "memberships": memberships_of(person),
        "supplier_memberships": suppliers.memberships_of(person),
        "institution_memberships": institutions.memberships_of(person),
        "join_form": JoinOfficeForm(),
        "page_role_form": PageRoleForm(initial={"role": page_roles.page_role_of(person)}),
        "can_manage": can_manage(request.user, person),
        "open_link": open_password_link(person, now=timezone.now()),
        "rows": rows_of(entries_of(person)[:LATEST_ENTRIES]),
        **link_shown(request, once.secret_for(request)),
    }
    return once.shown(request, operator_page(request, "user.html", context, section="users"))


@require_POST
@staff_only
def issue_password_link(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Makes a link; the person's page shows it, this once: only its hash is kept."""
    person = _manageable(request, pk)
    issued = services.issue_password_link(user=person, created_by=request.user, now=timezone.now())
    return once.redirect_with(request, reverse("operator:user", args=[pk]), issued.token)


@require_POST
@staff_only
def revoke_password_link(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Makes the person's open link worthless."""
    person = _manageable(request, pk)
    services.revoke_password_link(user=person, now=timezone.now())
    messages.success(request, _("The password link is revoked."))
    return redirect("operator:user", pk=pk)


@require_POST
@staff_only
def deactivate_user(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Switches the account off."""
    services.deactivate_user(user=_manageable(request, pk), now=timezone.now())
    messages.success(request, _("The account is switched off."))
    return redirect("operator:user", pk=pk)


@require_POST
@staff_only
def activate_user(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Switches the account on again."""
    services.activate_user(user=_manageable(request, pk))
    messages.success(request, _("The account is switched on."))
    return redirect("operator:user", pk=pk)


@require_POST
@staff_only
def give_page_role(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Makes the person an editor or a reviewer of pages, or neither."""
    person = _manageable(request, pk)
    form = PageRoleForm(request.POST)
    if form.is_valid():
        page_roles.give(user=person, role=form.cleaned_data["role"])
        messages.success(request, _("Saved."))
    else:
        messages.error(request, _("There is no such role. Choose one of the list."))
    return redirect("operator:user", pk=pk)


@transaction.atomic
def _open_account(*, office: Office | None, **person: Any) -> User:
    """The account and its first membership, both or neither."""
    user = services.create_user(**person)
    if office:
        add_member(office=office, user=user)
    return user


def _manageable(request: AuthenticatedRequest, pk: int) -> User:
    person = get_object_or_404(User, pk=pk)
    if not can_manage(request.user, person):
        raise PermissionDenied
    return person
