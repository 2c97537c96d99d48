"""How often and how much: counted in the cache, by the minute."""

from __future__ import annotations

import time

from django.core.cache import cache
from django.utils.translation import gettext as _

from marketplace.api.problems import Refusal

WINDOW_SECONDS = 60
PER_TOKEN = 300
# A whole office calls from one address; strangers too, who only guess tokens.
PER_ADDRESS = 1200
LARGEST_BODY = 256 * 1024


def count(kind: str, name: str, limit: int) -> None:
    """Counts a call of this token or address. Where the cache is down everybody may call.

    Raises:
        Refusal: 429 with the seconds until the next minute begins.
    """
    now = time.time()
    key = f"api:{kind}:{name}:{int(now // WINDOW_SECONDS)}"
    if _calls(key) > limit:
        seconds = WINDOW_SECONDS - int(now % WINDOW_SECONDS)
        detail = _("More than %(limit)d calls in a minute. Wait %(seconds)d seconds.")
        raise Refusal(
            429,
            "too_many_requests",
            detail % {"limit": limit, "seconds": seconds},
            headers={"Retry-After": str(seconds)},
        )


def require_small(content_length: str) -> None:
    """Goes on only with a body that a call may have.

    Raises:
        Refusal: 413.
    """
    if content_length.isdecimal() and int(content_length[:12]) > LARGEST_BODY:
        detail = _("A body has at most %(size)d KB.") % {"size": LARGEST_BODY // 1024}
        raise Refusal(413, "body_too_large", detail)


def _calls(key: str) -> int:
    """How many calls there were under this key, with this one."""
    try:
        cache.add(key, 0, timeout=2 * WINDOW_SECONDS)
        return cache.incr(key)
    except ValueError:  # evicted between the two, or the cache is away
        return 1
