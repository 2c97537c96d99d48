"""Telling the operator's staff of messages that nobody will try again by themselves."""

import datetime as dt

from django.conf import settings

from marketplace.accounts.models import User
from marketplace.core.periods import shanghai_day
from marketplace.outbox import services
from marketplace.outbox.models import OutboxMessage

KEY = "outbox_set_aside"


def message_set_aside(message: OutboxMessage, now: dt.datetime) -> None:
    """A mail to each of the staff, one a day however many messages; none about such a mail itself.

    Where mail is what fails, the operator's portal and /health/ready say so.
    """
    if message.dedupe_key.startswith(KEY):
        return
    staff = User.objects.filter(is_staff=True, is_active=True).order_by("pk")
    services.enqueue_mail(
        to=[email for email in staff.values_list("email", flat=True) if email],
        template="messages_set_aside",
        context={"action_url": f"{settings.WAGTAILADMIN_BASE_URL}/operator/outbox/"},
        dedupe_key=f"{KEY}:{shanghai_day(now).isoformat()}",
        now=now,
    )
