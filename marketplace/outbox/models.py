"""What waits to leave the database."""

import datetime as dt
from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marketplace.outbox.querysets import OutboxMessageQuerySet


class OutboxMessage(models.Model):
    """One effect outside the database, owed since the transaction that wrote it was committed."""

    topic = models.CharField(_("topic"), max_length=50)
    payload = models.JSONField(_("payload"), encoder=DjangoJSONEncoder)
    dedupe_key = models.CharField(_("key"), max_length=300, unique=True)
    created_at = models.DateTimeField(_("created at"))
    available_at = models.DateTimeField(_("not before"))
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    set_aside_at = models.DateTimeField(_("set aside at"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    # Of one that a relay has claimed, and in no column: since when it was due.
    due_at: dt.datetime

    objects = OutboxMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing message")
        verbose_name_plural = _("outgoing messages")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["available_at", "id"],
                condition=Q(delivered_at__isnull=True, set_aside_at__isnull=True),
                name="outbox_waiting",
            ),
            models.Index(
                fields=["topic", "id"], condition=Q(set_aside_at__isnull=False), name="outbox_set_aside"
            ),
            models.Index(
                fields=["delivered_at"], condition=Q(delivered_at__isnull=False), name="outbox_delivered"
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(delivered_at__isnull=True) | Q(set_aside_at__isnull=True),
                name="outbox_message_has_one_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.dedupe_key}"
