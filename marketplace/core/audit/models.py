"""The audit trail's one table. The application's role adds rows and reads them; nothing else."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.audit.querysets import AuditEntryQuerySet
from marketplace.core.database.append_only import AppendOnlyModel


class AuditEntry(AppendOnlyModel):
    """One thing that somebody did. Actor and object are plain values and outlive their rows."""

    at = models.DateTimeField(_("time"), default=timezone.now)
    actor_id = models.BigIntegerField(_("actor's number"), null=True)
    actor_name = models.CharField(_("actor"), max_length=150)
    action = models.CharField(_("action"), max_length=80)
    object_type = models.CharField(_("kind of object"), max_length=80)
    object_id = models.CharField(_("object's number"), max_length=64)
    before = models.JSONField(_("before"), null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), null=True, encoder=DjangoJSONEncoder)
    ip = models.GenericIPAddressField(_("network address"), null=True)
    request_id = models.CharField(_("request"), max_length=64, blank=True)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["object_type", "object_id", "-at", "-id"], name="audit_by_object"),
            models.Index(fields=["actor_id", "-at", "-id"], name="audit_by_actor"),
            models.Index(fields=["-at", "-id"], name="audit_by_time"),
        ]

    def __str__(self) -> str:
        return f"{self.action} #{self.pk}"
