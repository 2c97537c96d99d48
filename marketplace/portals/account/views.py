"""A person's own account: in, out, and what they may do."""

from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.accounts import services
from marketplace.accounts.devices import remember_device
from marketplace.accounts.errors import IdentifierTakenError, LinkNotUsableError, WrongPasswordError
from marketplace.accounts.models import User
from marketplace.accounts.queries import usable_password_link
from marketplace.core.audit.services import record
from marketplace.portals.account.forms import (
    ChangePasswordForm,
    DetailsForm,
    LoginForm,
    PasswordLinkForm,
    RegisterForm,
)
from marketplace.portals.navigation import workplaces_of
from marketplace.portals.requests import AuthenticatedRequest

BACKEND = "marketplace.accounts.backends.IdentifierBackend"
read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@sensitive_post_parameters()
@never_cache
@read_or_write
def log_in(request: HttpRequest) -> HttpResponse:
    """Logs a person in by phone number, e-mail or user name."""
    if request.user.is_authenticated:
        return redirect(_next_page(request))
    form = LoginForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.user:
        return _enter(request, form.user, _next_page(request))
    return render(request, "portals/account/login.html", {"form": form, "next": _asked_page(request)})


@login_not_required
@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    """Logs out, by POST only: a picture in a page must not log anybody out."""
    auth.logout(request)
    return redirect("account:login")


@login_not_required
@sensitive_post_parameters()
@never_cache
@read_or_write
def register(request: HttpRequest) -> HttpResponse:
    """Registers an individual, logs them in and leads them on to where they were going."""
    if request.user.is_authenticated:
        return redirect(_next_page(request))
    form = RegisterForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.register_individual(**form.cleaned_data)
        except IdentifierTakenError:
            form.add_error(None, ValidationError(_taken(), code="taken"))
        else:
            return _enter(request, user, _next_page(request))
    return render(request, "portals/account/register.html", {"form": form, "next": _asked_page(request)})


@require_safe
@login_required
def home(request: AuthenticatedRequest) -> HttpResponse:
    """What the person may do here, and their own data."""
    return render(request, "portals/account/home.html", {"workplaces": workplaces_of(request.user)})


@read_or_write
@login_required
def change_details(request: AuthenticatedRequest) -> HttpResponse:
    """Changes name and e-mail address."""
    user = request.user
    form = DetailsForm(request.POST or None, initial={"name": user.name, "email": user.email})
    if request.method == "POST" and form.is_valid():
        try:
            services.change_details(user=User.objects.get(pk=user.pk), **form.cleaned_data)
        except IdentifierTakenError:
            form.add_error("email", _("This address cannot be used. Please give another one."))
        else:
            messages.success(request, _("Saved."))
            return redirect("account:home")
    return render(request, "portals/account/details.html", {"form": form})


@sensitive_post_parameters()
@never_cache
@read_or_write
@login_required
def change_password(request: AuthenticatedRequest) -> HttpResponse:
    """Changes the password; this session goes on, the person's others end."""
    form = ChangePasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        old, new = (form.cleaned_data[name] for name in ("old_password", "password"))
        try:
            services.change_password(user=request.user, old_password=old, new_password=new)
        except WrongPasswordError:
            form.add_error("old_password", _("This is not your present password."))
        else:
            auth.update_session_auth_hash(request, request.user)
            messages.success(request, _("Your password is changed. Other devices must log in again."))
            return redirect("account:home")
    return render(request, "portals/account/password.html", {"form": form})


@login_not_required
@sensitive_post_parameters()
@never_cache
@read_or_write
def use_password_link(request: HttpRequest, token: str) -> HttpResponse:
    """Sets the password by a one-time link; opening the link alone changes nothing."""
    now = timezone.now()
    link = usable_password_link(token, now=now)
    if link is None:
        return render(request, "portals/account/password_link_unusable.html", status=410)
    form = PasswordLinkForm(link.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            user = services.use_password_link(token=token, password=form.cleaned_data["password"], now=now)
        except LinkNotUsableError:
            return render(request, "portals/account/password_link_unusable.html", status=410)
        messages.success(request, _("Your password is set. You are logged in."))
        return _enter(request, user, "account:home")
    return render(request, "portals/account/password_link.html", {"form": form, "person": link.user})


def _enter(request: HttpRequest, user: User, to: str) -> HttpResponse:
    """Leads on in a session of the user's own, under a new key; the device is known from now on."""
    auth.login(request, user, backend=BACKEND)
    record(action="accounts.logged_in", target=user)
    response = redirect(to)
    remember_device(request, response, user)
    return response


def _asked_page(request: HttpRequest) -> str:
    """Where the person wanted to go, if it is on this site; else ""."""
    asked = request.POST.get("next", request.GET.get("next", ""))
    own = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if own else ""


def _next_page(request: HttpRequest) -> str:
    return _asked_page(request) or resolve_url("account:home")


def _taken() -> str:
    """Does not say which of the two is known here, nor whose it is."""
    return _(
        "With these details no new account can be opened. If you have one already, log in; "
        "if you forgot the password, ask the operator for a password link."
    )
