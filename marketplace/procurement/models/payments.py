"""Money between buyer and supplier: one side records it, the other confirms it, then it counts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Payment(models.Model):
    """A bank transfer for one order; `repayment` is money that goes back to the buyer."""

    class Direction(models.TextChoices):
        PAYMENT = "payment", _("payment")
        REPAYMENT = "repayment", _("repayment")

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="payments")
    direction = models.CharField(_("direction"), max_length=16, choices=Direction.choices)
    amount_fen = models.BigIntegerField(_("amount, in fen"))
    paid_on = models.DateField(_("paid on"))
    bank_reference = models.CharField(_("bank's serial number"), max_length=64)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(_("recorded at"))
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)

    class Meta:
        verbose_name = _("payment")
        verbose_name_plural = _("payments")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_amount_positive"),
            models.UniqueConstraint(
                fields=("order", "direction", "bank_reference"), name="bank_reference_once_per_order"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="payment_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("recorded_by")),
                name="payment_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.bank_reference


class PaymentAllocation(models.Model):
    """The part of a confirmed payment that falls on one line, or (line NULL) on the freight."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="allocations")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, null=True, related_name="allocations")
    amount_fen = models.BigIntegerField(_("amount, in fen"))

    class Meta:
        verbose_name = _("payment allocation")
        verbose_name_plural = _("payment allocations")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="allocation_amount_positive"),
            models.UniqueConstraint(
                fields=("payment", "line"), nulls_distinct=False, name="allocation_once_per_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payment_id}/{self.line_id}: {self.amount_fen}"
