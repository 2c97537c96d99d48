"""Who calls: the bearer of an access token, and for whom they act."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja.security import HttpBearer

from marketplace.access_tokens import services
from marketplace.access_tokens.memberships import Kind
from marketplace.access_tokens.models import AccessToken
from marketplace.access_tokens.queries import Fault, UnusableToken, usable_token
from marketplace.accounts.models import User
from marketplace.api import limits
from marketplace.api.problems import Refusal

FAULTS = {
    Fault.UNKNOWN: gettext_lazy("Nobody has made this token. Check that it is complete."),
    Fault.REVOKED: gettext_lazy("This token has been revoked. Make a new one."),
    Fault.EXPIRED: gettext_lazy("This token has expired. Make a new one."),
    Fault.ENDED: gettext_lazy("The membership or the account behind this token has ended."),
}


class ApiRequest(HttpRequest):
    """A call with a token that opens something."""

    auth: AccessToken
    user: User


class AccessTokenAuth(HttpBearer):
    """The bearer's token; a session in a browser counts for nothing here."""

    def authenticate(self, request: HttpRequest, token: str) -> AccessToken:
        """The token; its user is the request's from now on, for the audit trail too.

        Raises:
            Refusal: it opens nothing (401), or was used too often (429).
        """
        now = timezone.now()
        try:
            found = usable_token(token, now=now)
        except UnusableToken as error:
            detail = str(FAULTS[error.fault])
            headers = {"WWW-Authenticate": 'Bearer error="invalid_token"'}
            raise Refusal(401, f"token_{error.fault.value}", detail, headers=headers) from error
        limits.count("token", str(found.pk), limits.PER_TOKEN)
        services.note_use(token=found, now=now)
        request.user = found.user
        return found


def require_kind(token: AccessToken, *kinds: Kind) -> None:
    """Goes on only with a token for such a membership.

    Raises:
        PermissionDenied: it is for another kind.
    """
    if token.membership.kind not in kinds:
        names = "、".join(str(kind.label) for kind in kinds)
        raise PermissionDenied(_("This needs a token of the kind: %(kinds)s.") % {"kinds": names})
