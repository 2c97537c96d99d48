"""Pages that are the same for every visitor without a session, kept for some seconds.

They are kept in this process: no other server is asked that could hold a page up or be read by others. What
stands on them may be some seconds old; whoever buys has a session and sees it fresh.
"""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.template.response import SimpleTemplateResponse
from django.utils.cache import patch_vary_headers

View = Callable[..., HttpResponse]
# What such a page shows differently to two strangers: its language, and the size of its text.
SHOWN_BY = (settings.LANGUAGE_COOKIE_NAME, "text_size")
PERSONAL = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)


def same_for_strangers(view: View) -> View:
    """The view, whose answer to a visitor without a session is kept for those who ask the same next."""

    @functools.wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_stranger(request):
            return view(request, *args, **kwargs)
        key = key_of(request)
        known = caches["strangers"].get(key)
        if known is not None:
            content, content_type = known
            response = HttpResponse(content, content_type=content_type)
        else:
            response = rendered(view(request, *args, **kwargs))
            if may_be_kept(request, response):
                caches["strangers"].set(key, (response.content, response.headers["Content-Type"]))
        patch_vary_headers(response, ["Cookie"])
        return response

    return kept


def is_stranger(request: HttpRequest) -> bool:
    """Whether the visitor only looks, and brings nothing that says who they are."""
    return request.method in ("GET", "HEAD") and not any(name in request.COOKIES for name in PERSONAL)


def key_of(request: HttpRequest) -> str:
    """Names all that the page may depend on."""
    shown_by = [request.COOKIES.get(name, "") for name in SHOWN_BY]
    text = "\n".join([request.build_absolute_uri(), *shown_by])
    return hashlib.sha256(text.encode()).hexdigest()


def rendered(response: HttpResponse) -> HttpResponse:
    """The same with its content: Wagtail's pages are rendered only after their view."""
    return response.render() if isinstance(response, SimpleTemplateResponse) else response


def may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether anybody may have this answer: a plain page, without a form's token or a cookie."""
    return (
        response.status_code == 200
        and not response.streaming
        and not response.cookies
        and not response.has_header("Cache-Control")
        and "CSRF_COOKIE_NEEDS_UPDATE" not in request.META
        and not request.session.modified
    )
