"""Money between buyer and supplier: one side records it, the other confirms it, then it counts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Payment(models.Model):
    """Money for one order; `repayment` is money that goes back to the buyer.

    A transfer is recorded by one side and confirmed by the other. What a payment gateway took from an
    individual is confirmed by the gateway itself, at once, and by nobody else.
    """

    class Direction(models.TextChoices):
        PAYMENT = "payment", _("payment")
        REPAYMENT = "repayment", _("repayment")

    class Method(models.TextChoices):
        TRANSFER = "transfer", _("bank transfer")
        ONLINE = "online", _("online payment")

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="payments")
    direction = models.CharField(_("direction"), max_length=16, choices=Direction.choices)
    method = models.CharField(
        _("method"),
        max_length=16,
        choices=Method.choices,
        default=Method.TRANSFER,
        db_default=Method.TRANSFER,
    )
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
                condition=Q(method="transfer", confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(method="transfer", confirmed_at__isnull=False, confirmed_by__isnull=False)
                | Q(
                    method="online",
                    direction="payment",
                    confirmed_at__isnull=False,
                    confirmed_by__isnull=True,
                ),
                name="payment_confirmed_by_somebody_or_by_the_gateway",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=models.F("recorded_by")),
                name="payment_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.bank_reference


class PaymentAllocation(models.Model):
    """The part of a confirmed payment that falls on one line, or (line NULL) on the freight.

    It moves with what is owed: see services/set_off.py.
    """

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


class OnlinePayment(models.Model):
    """What a payment gateway says a person has paid for a request: each transaction once, and its end.

    Money that came for nothing (too late, twice, another amount) is kept here until it has gone back.
    """

    class Outcome(models.TextChoices):
        BOUGHT = "bought", _("the goods are bought")
        TO_REFUND = "to_refund", _("to be paid back")
        REFUNDED = "refunded", _("paid back")

    class Reason(models.TextChoices):
        CANCELLED = "cancelled", _("the purchase had been cancelled")
        SOLD_OUT = "sold_out", _("the goods could no longer be had")
        TWICE = "twice", _("the purchase had been paid already")
        AMOUNT = "amount", _("it was not the amount that was asked for")

    request = models.ForeignKey(
        "procurement.PurchaseRequest", on_delete=models.PROTECT, related_name="online_payments"
    )
    gateway = models.CharField(_("payment gateway"), max_length=20)
    transaction = models.CharField(_("transaction number"), max_length=64)
    amount_fen = models.BigIntegerField(_("amount, in fen"))
    received_at = models.DateTimeField(_("received at"))
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome.choices)
    reason = models.CharField(_("why it goes back"), max_length=16, choices=Reason.choices, blank=True)
    refund_reference = models.CharField(_("number of the refund"), max_length=64, blank=True)
    refunded_at = models.DateTimeField(_("paid back at"), null=True)

    class Meta:
        verbose_name = _("online payment")
        verbose_name_plural = _("online payments")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("gateway", "transaction"), name="online_transaction_once"),
            models.UniqueConstraint(
                fields=("request",), condition=Q(outcome="bought"), name="request_is_paid_online_once"
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="online_payment_amount_positive"),
            models.CheckConstraint(
                condition=Q(outcome="bought", reason="") | (~Q(outcome="bought") & ~Q(reason="")),
                name="online_payment_goes_back_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(outcome="refunded", refunded_at__isnull=False)
                | (~Q(outcome="refunded") & Q(refunded_at__isnull=True)),
                name="online_payment_is_refunded_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gateway}/{self.transaction}"
