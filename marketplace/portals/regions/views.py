"""Regions as JSON for the picker: one level at a time, by typing, or one code with what it lies in."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from supplier_villages.regions.codes import is_code
from supplier_villages.regions.queries import PickedRegion, found_by_typing, level_below, lineage

FOUND_AT_MOST = 20
TYPED_AT_MOST = 50
QUESTIONS = ("parent", "q", "code")
FRESH_SECONDS = 3600


class BadQueryError(Exception):
    """A query that the picker would not send; the message says what is wrong with it."""


@login_not_required
@require_safe
@conditional_page
def regions(request: HttpRequest) -> HttpResponse:
    """{"regions": […]}: those below ?parent=CODE (empty: provinces), found by ?q=TEXT, or down to ?code=CODE.

    Each has code, name, pinyin, level and has_children; the at most 20 of ?q also their path, those within
    &near=CODE first. {"error": …} with 400 for any other query. One query to the database, with ?q two.
    """
    try:
        found = _answer(request.GET)
    except BadQueryError as error:
        return _json({"error": str(error)}, status=400)
    response = _json({"regions": found})
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


def _answer(query: QueryDict) -> Sequence[PickedRegion]:
    asked = [name for name in QUESTIONS if name in query]
    if len(asked) > 1 or any(len(values) > 1 for _, values in query.lists()):
        raise BadQueryError(gettext("Give one of parent, q and code, and give it once."))
    today = timezone.localdate()
    match asked:
        case ["q"]:
            return found_by_typing(_typed(query), near=_code(query, "near"), day=today, limit=FOUND_AT_MOST)
        case ["code"]:
            return _lineage(_code(query, "code") or "", today)
    return level_below(_code(query, "parent"), today)


def _code(query: QueryDict, name: str) -> str | None:
    """The parameter's code; None if it is empty or absent."""
    code = query.get(name, "").strip()
    if code and not is_code(code):
        raise BadQueryError(gettext("“%(code)s” is not a region code.") % {"code": code[:20]})
    return code or None


def _typed(query: QueryDict) -> str:
    text = query.get("q", "").replace("\0", "")  # which PostgreSQL cannot hold
    if len(text) > TYPED_AT_MOST:
        raise BadQueryError(gettext("Type at most %(count)d characters.") % {"count": TYPED_AT_MOST})
    return text


def _lineage(code: str, today: dt.date) -> Sequence[PickedRegion]:
    line = lineage(code, today)
    if not line or line[-1]["code"] != code:
        raise BadQueryError(gettext("There is no region %(code)s.") % {"code": code})
    return line


def _json(data: dict[str, Any], *, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
