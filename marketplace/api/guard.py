"""What every call goes through before and after its endpoint."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from marketplace.api import limits
from marketplace.api.problems import Refusal, answer
from marketplace.core.addresses import client_address

View = Callable[..., HttpResponse]


def guarded(view: View) -> View:
    """The view for callers with tokens: nobody is sent to a log-in, and no session counts.

    Answers in the language of Accept-Language, within the limits, with an ETag where something was read.
    """

    @wraps(view)
    def call(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        language = accepted_language(request)
        with translation.override(language):
            response = _answered(view, request, *args, **kwargs)
        response.headers["Content-Language"] = language
        response.headers.setdefault("Cache-Control", "private, no-cache")
        patch_vary_headers(response, ("Accept-Language", "Authorization"))
        return _with_etag(request, response)

    return login_not_required(csrf_exempt(call))


def accepted_language(request: HttpRequest) -> str:
    """Which of our languages the caller likes best; Chinese if they like none."""
    for code, quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")[:200]):
        for known in ("zh", "en"):
            if code.split("-")[0] == known and quality > 0:
                return "zh-hans" if known == "zh" else known
    return settings.LANGUAGE_CODE


def _answered(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
    try:
        limits.count("address", client_address(request) or "", limits.PER_ADDRESS)
        limits.require_small(str(request.META.get("CONTENT_LENGTH") or ""))
    except Refusal as refusal:
        return answer(refusal)
    response = view(request, *args, **kwargs)
    if response.status_code == 405:
        allowed = response.headers.get("Allow", "")
        detail = _("Possible here: %(methods)s.") % {"methods": allowed}
        return answer(Refusal(405, "method_not_allowed", detail, headers={"Allow": allowed}))
    return response


def _with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer with its ETag; 304 where the caller has it already."""
    if request.method != "GET" or response.status_code != 200:
        return response
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    known = [each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))]
    if etag not in known and known != ["*"]:
        return response
    kept = ("ETag", "Cache-Control", "Vary", "Content-Language")
    return HttpResponseNotModified(headers={name: response.headers[name] for name in kept})
