"""The pages on which members are managed; each portal says who gets to them."""

from collections.abc import Callable

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.accounts import services as accounts
from marketplace.accounts.errors import IdentifierTakenError
from marketplace.accounts.memberships import MembershipError
from marketplace.accounts.models import User
from marketplace.accounts.permissions import can_operate, can_renew_link
from marketplace.portals import once
from marketplace.portals.members.desk import MemberDesk
from marketplace.portals.members.forms import AddMemberForm, NewMemberForm, RolesForm
from marketplace.portals.members.rosters import Member
from marketplace.portals.password_links import link_shown
from marketplace.portals.requests import AuthenticatedRequest

asks_first = require_http_methods(["GET", "HEAD", "POST"])


@asks_first
def add(request: AuthenticatedRequest, desk: MemberDesk) -> HttpResponse:
    """Takes in a person who has an account already."""
    form = AddMemberForm(desk.roster, request.POST or None)

    def save() -> None:
        desk.roster.add(user=form.cleaned_data["person"], roles=form.roles, actor=request.user)

    if request.method == "POST" and form.is_valid() and done(form, save):
        name = form.cleaned_data["person"].get_full_name()
        messages.success(request, _("%(name)s is a member now.") % {"name": name})
        return redirect(desk.list_url)
    return desk.page(request, "add.html", {"form": form})


@asks_first
def new(request: AuthenticatedRequest, desk: MemberDesk) -> HttpResponse:
    """Opens an account for a person and takes them in; their page shows the password link, this once."""
    form = NewMemberForm(desk.roster, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            issued = desk.roster.open_account(
                person=form.person, roles=form.roles, actor=request.user, now=timezone.now()
            )
        except IdentifierTakenError as error:
            form.add_error(error.field, _("Another account has this already. Add the person by it instead."))
        else:
            messages.success(request, _("The account is open, and the person is a member."))
            return once.redirect_with(request, desk.url("member", issued.link.user_id), issued.token)
    return desk.page(request, "new.html", {"form": form})


@asks_first
def member(request: AuthenticatedRequest, desk: MemberDesk, user_pk: int) -> HttpResponse:
    """One member: what they may do, and the ways to change that."""
    found = member_of(desk, user_pk)
    form = roles_form(desk, found, request.POST if request.method == "POST" else None)

    def save() -> None:
        desk.roster.set_roles(user=found.user, roles=form.roles, actor=request.user)

    if request.method == "POST" and form.is_valid() and done(form, save):
        messages.success(request, _("Saved. It holds from now on."))
        return after_change(request, desk, found.user)
    context = {
        "member": found,
        "form": form,
        "is_operator": can_operate(request.user),
        "can_renew_link": can_renew_link(request.user, found.user),
        "member_url": desk.url("member", user_pk),
        "remove_url": desk.url("member_remove", user_pk),
        "link_url": desk.url("member_link", user_pk),
        **link_shown(request, once.secret_for(request)),
    }
    return once.shown(request, desk.page(request, "member.html", context))


@asks_first
def remove(request: AuthenticatedRequest, desk: MemberDesk, user_pk: int) -> HttpResponse:
    """Asks once more, then removes the member: from that moment on they can do nothing here."""
    found = desk.roster.member(user_pk)
    if found is None and request.method == "POST":
        return redirect(desk.list_url)  # the second of two clicks
    if found is None:
        raise Http404
    if request.method == "POST":
        try:
            desk.roster.remove(user=found.user, actor=request.user)
        except MembershipError as error:
            messages.error(request, str(error))
            return redirect(desk.url("member", user_pk))
        name = found.user.get_full_name()
        messages.success(request, _("%(name)s is no member any more.") % {"name": name})
        return after_change(request, desk, found.user)
    return desk.page(request, "remove.html", {"member": found, "back_url": desk.url("member", user_pk)})


@require_POST
def renew_link(request: AuthenticatedRequest, desk: MemberDesk, user_pk: int) -> HttpResponse:
    """Makes another password link for a member who has not set a password yet; their page shows it, once."""
    found = member_of(desk, user_pk)
    issued = accounts.renew_password_link(user=found.user, actor=request.user, now=timezone.now())
    return once.redirect_with(request, desk.url("member", user_pk), issued.token)


def done(form: Form, save: Callable[[], None]) -> bool:
    """Whether it could be saved; what the service refuses stands in the form."""
    try:
        save()
    except MembershipError as error:
        form.add_error(None, str(error))
        return False
    return True


def member_of(desk: MemberDesk, user_pk: int) -> Member:
    """The member. Raises Http404: nobody, or a person of another organisation."""
    found = desk.roster.member(user_pk)
    if found is None:
        raise Http404
    return found


def roles_form(desk: MemberDesk, found: Member, data: QueryDict | None) -> RolesForm:
    """What the member may do, filled with what they hold."""
    held = found.roles if desk.roster.several else found.roles[0]
    return RolesForm(desk.roster, data, initial={"roles": held})


def after_change(request: AuthenticatedRequest, desk: MemberDesk, changed: User) -> HttpResponse:
    """Back to the list; whoever changed their own roles may no longer see it."""
    return redirect("account:home" if changed == request.user else desk.list_url)
