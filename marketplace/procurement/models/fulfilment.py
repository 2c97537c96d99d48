"""What happened to the goods of an order: each event a row, each touched line a row beneath it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OrderEvent(models.Model):
    """Something that a person did with an order at a moment."""

    order = models.ForeignKey("order.Order", on_delete=models.PROTECT, related_name="%(class)ss")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("at"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{type(self).__name__} {self.pk}"


class EventLine(models.Model):
    """How many sale units of one order line an event touched."""

    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="%(class)ss")
    quantity = models.PositiveIntegerField(_("quantity"))

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(quantity__gte=1), name="%(class)s_quantity_positive")
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.quantity}"


class Cancellation(OrderEvent):
    """Sale units that will not be shipped, and who says so."""

    class Kind(models.TextChoices):
        BUYER = "buyer", _("cancelled by the buyer")
        SUPPLIER = "supplier", _("cancelled by the supplier")
        REFUSED = "refused", _("refused by the supplier")
        SHORT = "short", _("confirmed less by the supplier")

    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    reason = models.CharField(_("reason"), max_length=200)


class CancellationLine(EventLine):
    """Cancelled sale units of one line."""

    cancellation = models.ForeignKey(Cancellation, on_delete=models.PROTECT, related_name="lines")


class Shipment(OrderEvent):
    """One dispatch by the supplier."""

    carrier = models.CharField(_("carrier"), max_length=50)
    tracking_number = models.CharField(_("tracking number"), max_length=50)


class ShipmentLine(EventLine):
    """Shipped sale units of one line."""

    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="lines")


class ComplianceCertificate(models.Model):
    """The seven fields of a compliance certificate (承诺达标合格证) for one dispatched line."""

    shipment_line = models.OneToOneField(ShipmentLine, on_delete=models.PROTECT, related_name="certificate")
    product_name = models.CharField(_("product"), max_length=100)
    weight = models.CharField(_("quantity or weight"), max_length=50)
    producer = models.CharField(_("producer"), max_length=100)
    origin = models.CharField(_("origin"), max_length=200)
    contact = models.CharField(_("contact"), max_length=50)
    issued_on = models.DateField(_("date"))
    promise = models.CharField(_("promise"), max_length=200)

    class Meta:
        verbose_name = _("compliance certificate")
        verbose_name_plural = _("compliance certificates")

    def __str__(self) -> str:
        return f"{self.product_name} {self.issued_on}"


class Receipt(OrderEvent):
    """The receiver's judgement of what arrived (验收)."""


class ReceiptLine(models.Model):
    """Accepted and not accepted sale units of one line; what is not accepted needs a reason."""

    receipt = models.ForeignKey(Receipt, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey("order.Line", on_delete=models.PROTECT, related_name="receipt_lines")
    accepted = models.PositiveIntegerField(_("accepted"))
    rejected = models.PositiveIntegerField(_("not accepted"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("receipt line")
        verbose_name_plural = _("receipt lines")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(accepted__gte=1) | Q(rejected__gte=1), name="receipt_line_judges_something"
            ),
            models.CheckConstraint(
                condition=Q(rejected=0) | ~Q(reason=""), name="what_is_not_accepted_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.accepted}/{self.rejected}"


class Return(OrderEvent):
    """Accepted goods that go back; lowers the accepted figure at once."""

    reason = models.CharField(_("reason"), max_length=200)


class ReturnLine(EventLine):
    """Returned sale units of one line."""

    returned_in = models.ForeignKey(Return, on_delete=models.PROTECT, related_name="lines")
