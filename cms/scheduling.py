"""What is published and taken down at its time, each object for itself.

Wagtail's own command unmarks an approved change before it saves the object, in another transaction: what
could not be saved then, or died between the two, would never be published, and what is due after it would
wait.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import transaction
from wagtail.models import DraftStateMixin, Page, Revision

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

logger = logging.getLogger(__name__)


def publish_due(*, now: datetime) -> None:
    """What has expired is taken down, then what is approved and due is published; longest due first.

    What fails is logged, stays as it is and is tried again the next time.
    """
    for model in _models():
        expired = model.objects.filter(live=True, expire_at__lt=now)
        _each(expired.order_by("expire_at"), _take_down)
    _each(Revision.objects.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at"), _publish)


def _models() -> list[Any]:
    """All whose objects can wait for a time; a page of whatever kind is found as a page."""
    kinds = (model for model in apps.get_models() if issubclass(model, DraftStateMixin))
    return [Page, *(model for model in kinds if not issubclass(model, Page))]


def _each(due: Any, act: Callable[[Any], None]) -> None:
    """Acts on each in a transaction of its own, unless it is not due any more or another run holds it."""
    for key in due.values_list("pk", flat=True):
        try:
            with transaction.atomic():
                for found in due.filter(pk=key).select_for_update(skip_locked=True):
                    act(found)
        except Exception:
            logger.exception("What was due at a time failed", extra={"model": due.model.__name__, "pk": key})


def _take_down(found: Any) -> None:
    found.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision: Revision) -> None:
    revision.publish(log_action="wagtail.publish.scheduled")
