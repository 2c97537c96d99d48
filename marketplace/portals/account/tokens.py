"""Access tokens: made, shown once, revoked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from marketplace.access_tokens import services
from marketplace.access_tokens.memberships import Membership, memberships_of
from marketplace.access_tokens.models import AccessToken
from marketplace.access_tokens.queries import tokens_of
from marketplace.core.periods import shanghai_day
from marketplace.core.templatetags.formats import cn_datetime
from marketplace.portals import once
from marketplace.portals.account.forms import TokenForm
from marketplace.portals.requests import AuthenticatedRequest


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as the person sees it."""

    token: AccessToken
    acts_for: str
    state: str


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def tokens(request: AuthenticatedRequest) -> HttpResponse:
    """The person's tokens, and a form for another; a new one's secret stands here once."""
    now = timezone.now()
    memberships = memberships_of(request.user)
    form = TokenForm(request.POST or None, memberships=memberships, today=shanghai_day(now))
    if request.method == "POST" and form.is_valid():
        issued = services.issue_token(
            user=request.user,
            membership=form.chosen,
            name=form.cleaned_data["name"],
            expires_at=form.expires_at,
            key=form.cleaned_data["key"],
            now=now,
        )
        return once.redirect_with(request, request.path, issued.secret)
    rows = [row_of(each, memberships, now) for each in tokens_of(request.user)]
    context = {"form": form, "rows": rows, "secret": once.secret_for(request)}
    return once.shown(request, render(request, "portals/account/tokens.html", context))


@require_POST
@login_required
def revoke(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Makes one of the person's tokens worthless at once."""
    try:
        services.revoke_token(user=request.user, token_id=pk, now=timezone.now())
    except AccessToken.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("The token is revoked. Whatever used it is locked out."))
    return redirect("account:tokens")


def row_of(token: AccessToken, memberships: Mapping[Membership, str], now: datetime) -> TokenRow:
    """The token with whom it acts for, and whether it still opens anything."""
    kind = str(token.membership.kind.label)
    name = memberships.get(token.membership)
    return TokenRow(
        token, f"{name} · {kind}" if name else kind, state_of(token, now, stands=name is not None)
    )


def state_of(token: AccessToken, now: datetime, *, stands: bool) -> str:
    """In a line: when it was used and until when it is valid, or why it opens nothing."""
    if not stands:
        return _("Opens nothing any more: the membership has ended.")
    if token.expires_at and token.expires_at <= now:
        return _("Opens nothing any more: it has expired.")
    parts = [_("Not used yet")]
    if token.last_used_at:
        parts = [_("Last used %(at)s") % {"at": cn_datetime(token.last_used_at)}]
    if token.expires_at:
        parts.append(_("valid until %(at)s") % {"at": cn_datetime(token.expires_at)})
    return " · ".join(parts)
