"""Purchase requests: a frozen copy of a basket, waiting for another's decision or its owner's payment."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import DecimalField, ExpressionWrapper, F, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from marketplace.procurement.querysets import PurchaseRequestQuerySet

# CNY: what Oscar's columns hold of an order and of each of its lines. The sums: services/amounts.py.
MOST_OF_AN_ORDER = Decimal("9999999999.99")


class PurchaseRequest(models.Model):
    """What a person asks to buy; its stock is reserved until `expires_at`.

    For an institution it waits for somebody else's approval; without one, an individual buys for themselves
    and it waits for their payment.
    """

    class Status(models.TextChoices):
        PENDING = "pending", _("waiting for approval")
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        WITHDRAWN = "withdrawn", _("withdrawn")
        EXPIRED = "expired", _("expired")
        PAID = "paid", _("paid")

    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.PROTECT, null=True, related_name="purchase_requests"
    )
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="purchase_requests"
    )
    # Chosen by the sender: the same key again is the same request, however often it is sent.
    key = models.CharField(_("idempotency key"), max_length=64)
    status = models.CharField(_("status"), max_length=16, choices=Status.choices, default=Status.PENDING)
    submitted_at = models.DateTimeField(_("submitted at"))
    expires_at = models.DateTimeField(_("reserved until"))
    decided_at = models.DateTimeField(_("decided at"), null=True)
    goods_fen = models.BigIntegerField(_("goods, in fen"))
    freight_fen = models.BigIntegerField(_("freight, in fen"))
    # Supplier id → flat freight in fen, as it was at submission: what was asked for is what is approved.
    freight_by_supplier = models.JSONField(_("freight by supplier, in fen"), default=dict)
    line_count = models.PositiveIntegerField(_("lines"))
    purpose = models.CharField(_("purpose"), max_length=200)
    wanted_on = models.DateField(_("wanted by"), null=True)
    recipient = models.CharField(_("recipient"), max_length=50)
    recipient_phone = models.CharField(_("recipient's phone"), max_length=20)
    delivery_region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    delivery_address = models.CharField(_("street and number"), max_length=200)
    purchase = models.OneToOneField(
        "order.Purchase", on_delete=models.PROTECT, null=True, related_name="request"
    )

    objects = PurchaseRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("purchase request")
        verbose_name_plural = _("purchase requests")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("institution", "requester", "key"),
                nulls_distinct=False,
                name="request_key_once_per_requester",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("approved", "paid"), purchase__isnull=False)
                | (~Q(status__in=("approved", "paid")) & Q(purchase__isnull=True)),
                name="request_has_a_purchase_exactly_if_it_became_one",
            ),
            # An institution never skips the approval by paying, and nobody decides what an individual buys.
            models.CheckConstraint(
                condition=Q(institution__isnull=False) & ~Q(status="paid")
                | Q(institution__isnull=True) & ~Q(status__in=("approved", "rejected")),
                name="request_paid_exactly_by_an_individual",
            ),
            models.CheckConstraint(
                condition=Q(status="pending", decided_at__isnull=True)
                | (~Q(status="pending") & Q(decided_at__isnull=False)),
                name="request_is_decided_exactly_if_not_pending",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("submitted_at")), name="request_expires_after_submission"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["institution", "-submitted_at"], name="request_by_institution"),
            models.Index(
                fields=["expires_at"], condition=Q(status="pending"), name="request_pending_by_expiry"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}/{self.key}"

    @property
    def is_individual(self) -> bool:
        """Whether the requester buys for themselves."""
        return self.institution_id is None

    @property
    def total_fen(self) -> int:
        """Goods and freight together, in fen."""
        return self.goods_fen + self.freight_fen

    @property
    def source_key(self) -> str:
        """The name under which the request's stock is reserved."""
        return f"request:{self.pk}"


class RequestLine(models.Model):
    """One stock record of a request at the price of the moment of submission."""

    request = models.ForeignKey(PurchaseRequest, on_delete=models.PROTECT, related_name="lines")
    stock_record = models.ForeignKey("partner.StockRecord", on_delete=models.PROTECT, related_name="+")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="+")
    supplier = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=255)
    quantity = models.PositiveIntegerField(_("quantity"))
    unit_price = models.DecimalField(_("unit price"), max_digits=12, decimal_places=2)
    # The one whose page put it into the basket, if it was running at the submission: from then on it stays.
    campaign = models.ForeignKey(
        "campaigns.Campaign",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("campaign"),
    )

    class Meta:
        verbose_name = _("request line")
        verbose_name_plural = _("request lines")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=("request", "stock_record"), name="request_line_once"),
            models.CheckConstraint(condition=Q(quantity__gte=1), name="request_line_quantity_positive"),
            models.CheckConstraint(condition=Q(unit_price__gt=0), name="request_line_price_positive"),
            models.CheckConstraint(
                condition=LessThanOrEqual(
                    ExpressionWrapper(
                        F("unit_price") * F("quantity"),
                        output_field=DecimalField(max_digits=24, decimal_places=2),
                    ),
                    MOST_OF_AN_ORDER,
                ),
                name="request_line_fits_an_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.stock_record_id}"

    @property
    def line_fen(self) -> int:
        """Quantity times unit price, in fen; exact, because a unit price has two decimals."""
        return int(self.unit_price * 100) * self.quantity


class Decision(models.Model):
    """Who decided what about a request: its approval trail."""

    class Verdict(models.TextChoices):
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")

    request = models.ForeignKey(PurchaseRequest, on_delete=models.PROTECT, related_name="decisions")
    approver = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    verdict = models.CharField(_("verdict"), max_length=16, choices=Verdict.choices)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(verdict="approved") | ~Q(reason=""), name="rejection_has_a_reason"
            )
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.verdict}"
