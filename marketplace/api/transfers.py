"""The day of a bank transfer."""

from __future__ import annotations

from datetime import date, datetime

from django.utils.translation import gettext as _

from marketplace.api.problems import Refusal
from marketplace.core.periods import shanghai_day


def require_past(paid_on: date, now: datetime) -> None:
    """Goes on only with a day that has begun. Raises Refusal."""
    if paid_on > shanghai_day(now):
        detail = _("This day is yet to come.")
        raise Refusal(422, "invalid", detail, {"paid_on": detail})
