"""A secret that is shown once, on the page that comes next: neither the database nor an address holds it.

A cookie carries it to that page, which takes it away again. So a page that is loaded anew shows it no more
and makes no second one.
"""

from datetime import timedelta

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers

from marketplace.portals.requests import AuthenticatedRequest

COOKIE = "shown-once"
KEPT_FOR = timedelta(minutes=5)


def redirect_with(request: AuthenticatedRequest, address: str, secret: str) -> HttpResponse:
    """Leads to the page at the address, which can show the secret to this person."""
    response = redirect(address)
    response.set_signed_cookie(
        COOKIE,
        secret,
        salt=_salt(request),
        path=address,
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def secret_for(request: AuthenticatedRequest) -> str:
    """What the page is to show; "" if nothing."""
    return request.get_signed_cookie(COOKIE, default="", salt=_salt(request), max_age=KEPT_FOR) or ""


def shown(request: AuthenticatedRequest, response: HttpResponse) -> HttpResponse:
    """The page with the secret, after which nothing is left of it but what the person has copied."""
    if COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, path=request.path, samesite="Strict")
        add_never_cache_headers(response)
    return response


def _salt(request: AuthenticatedRequest) -> str:
    return f"portals.once.{request.user.pk}"
