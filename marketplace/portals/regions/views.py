"""Regions as JSON for the picker: one level at a time, by typing, or one code with what it lies in."""

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext
from django.views.decorators.http import conditional_page, require_safe

from supplier_villages.regions.codes import is_code
from supplier_villages.regions.queries import PickedRegion, found_by_typing, level_below, lineage

FOUND_AT_MOST = 20
TYPED_AT_MOST = 50
FRESH_SECONDS = 3600


class BadQueryError(Exception):
    """A query that the picker would not send; the message says what is wrong with it."""


@login_not_required
@require_safe
@conditional_page
def regions(request: HttpRequest) -> HttpResponse:
    """{"regions": […]}: those below ?parent=CODE (empty: provinces), found by ?q=TEXT, or down to ?code=CODE.

    Each has code, name, pinyin, level and has_children; the at most 20 of ?q also their path. {"error": …}
    with 400 for any other query. One query to the database, with ?q two.
    """
    try:
        name, value = _only_parameter(request)
        found = ANSWERS[name](value)
    except BadQueryError as error:
        return _json({"error": str(error)}, status=400)
    response = _json({"regions": found})
    patch_cache_control(response, public=True, max_age=FRESH_SECONDS)
    return response


def _only_parameter(request: HttpRequest) -> tuple[str, str]:
    given = [(name, values) for name, values in request.GET.lists() if name in ANSWERS]
    if len(given) > 1 or any(len(values) > 1 for _, values in given):
        raise BadQueryError(gettext("Give one of parent, q and code, and give it once."))
    return (given[0][0], given[0][1][0].strip()) if given else ("parent", "")


def _children(code: str) -> Sequence[PickedRegion]:
    if code and not is_code(code):
        raise BadQueryError(gettext("“%(code)s” is not a region code.") % {"code": code[:20]})
    return level_below(code or None, timezone.localdate())


def _found(text: str) -> Sequence[PickedRegion]:
    if len(text) > TYPED_AT_MOST or "\0" in text:
        raise BadQueryError(gettext("Type at most %(count)d characters.") % {"count": TYPED_AT_MOST})
    return found_by_typing(text, day=timezone.localdate(), limit=FOUND_AT_MOST)


def _lineage(code: str) -> Sequence[PickedRegion]:
    if not is_code(code):
        raise BadQueryError(gettext("“%(code)s” is not a region code.") % {"code": code[:20]})
    line = lineage(code, timezone.localdate())
    if not line or line[-1]["code"] != code:
        raise BadQueryError(gettext("There is no region %(code)s.") % {"code": code})
    return line


ANSWERS: dict[str, Callable[[str], Sequence[PickedRegion]]] = {
    "parent": _children,
    "q": _found,
    "code": _lineage,
}


def _json(data: dict[str, Any], *, status: int = 200) -> JsonResponse:
    return JsonResponse(data, status=status, json_dumps_params={"ensure_ascii": False})
