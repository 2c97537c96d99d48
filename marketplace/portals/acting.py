"""For which of their organisations a person acts: one of a kind at a time.

The address of an object says it by itself. A list says it by ?institution=12 or ?supplier=12; without that it
is the organisation that was looked at last, which a cookie remembers. The cookie gives no right: it only
chooses among the organisations whose member the person is now.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

REMEMBERED_FOR = timedelta(days=365)


def chosen(request: HttpRequest, kind: str, own: Sequence[int]) -> int:
    """The id of the organisation that the address names, else the one remembered, else the first.

    `kind` is the name of parameter and cookie; `own` are the person's organisations, never none.

    Raises:
        Http404: the address names one that is not the person's.
    """
    asked = request.GET.get(kind)
    if asked is None:
        return _named(request.COOKIES.get(kind, ""), own) or own[0]
    found = _named(asked, own)
    if found is None:
        raise Http404
    return found


def remember(request: HttpRequest, response: HttpResponse, kind: str, organisation_id: int) -> None:
    """The next list shows the organisation that this page was about."""
    if request.COOKIES.get(kind) != str(organisation_id):
        response.set_cookie(
            kind,
            str(organisation_id),
            max_age=REMEMBERED_FOR,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def _named(text: str, own: Sequence[int]) -> int | None:
    return next((pk for pk in own if str(pk) == text), None)
