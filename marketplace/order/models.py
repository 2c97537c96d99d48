"""Orders, forked from Oscar: a purchase holds one order per supplier; quantities on lines are the facts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from oscar.apps.order.abstract_models import AbstractLine, AbstractOrder

from marketplace.order.status import Fulfilment, Payment


class Purchase(models.Model):
    """What one institution or individual bought at once, split into one order per supplier.

    An institution's is approved as a whole by somebody else; an individual (no institution) has paid for it.
    """

    number = models.CharField(_("purchase number"), max_length=20, unique=True)
    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.PROTECT, null=True, related_name="purchases"
    )
    buyer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="purchases")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="approved_purchases"
    )
    placed_at = models.DateTimeField(_("placed at"))
    goods_fen = models.BigIntegerField(_("goods, in fen"))
    freight_fen = models.BigIntegerField(_("freight, in fen"))
    # Nine characters with a check character: what the buyer's bank transfer must quote.
    transfer_reference = models.CharField(_("transfer reference"), max_length=9, unique=True)
    purpose = models.CharField(_("purpose"), max_length=200, blank=True)
    wanted_on = models.DateField(_("wanted by"), null=True)
    recipient = models.CharField(_("recipient"), max_length=50)
    recipient_phone = models.CharField(_("recipient's phone"), max_length=20)
    delivery_region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    delivery_address = models.CharField(_("street and number"), max_length=200)

    class Meta:
        verbose_name = _("purchase")
        verbose_name_plural = _("purchases")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(goods_fen__gte=0, freight_fen__gte=0), name="purchase_amounts_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True) | ~Q(approved_by=F("buyer")),
                name="purchase_approver_is_not_buyer",
            ),
            models.CheckConstraint(
                condition=Q(institution__isnull=False, approved_by__isnull=False)
                | Q(institution__isnull=True, approved_by__isnull=True),
                name="purchase_is_approved_exactly_for_an_institution",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_individual(self) -> bool:
        """Whether the buyer bought for themselves."""
        return self.institution_id is None

    @property
    def total_fen(self) -> int:
        """Goods and freight together, as they were approved or paid, in fen."""
        return self.goods_fen + self.freight_fen


class Order(AbstractOrder):
    """A supplier's part of a purchase: contract, delivery, acceptance and settlement are per supplier."""

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, related_name="orders")
    supplier = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="orders")
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    payment_status = models.CharField(
        _("payment status"), max_length=16, choices=Payment.choices, default=Payment.UNPAID
    )
    freight_paid_fen = models.BigIntegerField(_("freight paid, in fen"), default=0)

    class Meta(AbstractOrder.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("purchase", "supplier"), name="one_order_per_purchase_and_supplier"
            ),
            models.CheckConstraint(
                condition=Q(freight_paid_fen__gte=0), name="order_freight_paid_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(status__in=Fulfilment.values),
                name="order_status_is_a_fulfilment",
            ),
        ]

    @property
    def stock_key(self) -> str:
        """The name under which the order holds stock that is not shipped yet."""
        return f"order:{self.pk}"


class Line(AbstractLine):
    """What was ordered of one stock record, and what became of it.

    The quantities are whole sale units and only ever grow; the order's status follows from them. Whatever
    describes the goods is a snapshot of the moment of approval.
    """

    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="lines", verbose_name=_("Order"))
    partner = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="order_lines")
    stockrecord = models.ForeignKey(
        "partner.StockRecord", on_delete=models.PROTECT, related_name="order_lines"
    )
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="order_lines")
    unit_price_incl_tax = models.DecimalField(_("unit price, tax included"), max_digits=12, decimal_places=2)
    quantity_confirmed = models.PositiveIntegerField(_("confirmed"), default=0)
    quantity_cancelled = models.PositiveIntegerField(_("cancelled"), default=0)
    quantity_shipped = models.PositiveIntegerField(_("shipped"), default=0)
    quantity_accepted = models.PositiveIntegerField(_("accepted"), default=0)
    quantity_rejected = models.PositiveIntegerField(_("not accepted"), default=0)
    quantity_returned = models.PositiveIntegerField(_("returned"), default=0)
    paid_fen = models.BigIntegerField(_("paid, in fen"), default=0)
    repaid_fen = models.BigIntegerField(_("paid back, in fen"), default=0)
    sale_unit = models.CharField(_("sale unit"), max_length=12, blank=True)
    net_weight_grams = models.PositiveIntegerField(_("net weight of a sale unit, in grams"), default=0)
    village_code = models.CharField(_("village of origin"), max_length=12, blank=True)
    county_code = models.CharField(_("county of origin"), max_length=6, blank=True)
    category_id = models.BigIntegerField(_("category"), null=True)
    # Number, directory and validity of the recognition under which the line was sold.
    recognition = models.JSONField(_("recognition"), default=dict)
    campaign = models.ForeignKey(
        "campaigns.Campaign",
        on_delete=models.PROTECT,
        null=True,
        related_name="order_lines",
        verbose_name=_("campaign"),
    )
    needs_certificate = models.BooleanField(_("needs a compliance certificate"), default=False)

    class Meta(AbstractLine.Meta):
        abstract = False
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(quantity__gte=F("quantity_cancelled") + F("quantity_shipped")),
                name="order_line_shipped_and_cancelled_within_ordered",
            ),
            models.CheckConstraint(
                condition=Q(quantity_shipped__gte=F("quantity_accepted") + F("quantity_rejected")),
                name="order_line_accepted_and_rejected_within_shipped",
            ),
            models.CheckConstraint(
                condition=Q(quantity_accepted__gte=F("quantity_returned")),
                name="order_line_returned_within_accepted",
            ),
            models.CheckConstraint(
                condition=Q(quantity__gte=F("quantity_confirmed")), name="order_line_confirmed_within_ordered"
            ),
            models.CheckConstraint(
                condition=Q(paid_fen__gte=F("repaid_fen"), repaid_fen__gte=0),
                name="order_line_paid_back_within_paid",
            ),
            models.CheckConstraint(
                condition=Q(line_price_incl_tax=F("unit_price_incl_tax") * F("quantity")),
                name="order_line_is_unit_price_times_quantity",
            ),
            # Prices include tax and offers are off: Oscar's other columns of money say the same.
            models.CheckConstraint(
                condition=Q(
                    line_price_excl_tax=F("line_price_incl_tax"),
                    line_price_before_discounts_incl_tax=F("line_price_incl_tax"),
                    line_price_before_discounts_excl_tax=F("line_price_incl_tax"),
                    unit_price_excl_tax=F("unit_price_incl_tax"),
                    unit_price_excl_tax__isnull=False,
                ),
                name="order_line_has_one_price",
            ),
        ]

    @property
    def unit_price_fen(self) -> int:
        """What one sale unit costs, tax included, in fen."""
        return int(self.unit_price_incl_tax * 100)

    @property
    def quantity_open(self) -> int:
        """Sale units that are still to be shipped."""
        return int(self.quantity) - self.quantity_cancelled - self.quantity_shipped

    @property
    def quantity_in_transit(self) -> int:
        """Sale units that were shipped and that the receiver has not judged yet."""
        return self.quantity_shipped - self.quantity_accepted - self.quantity_rejected

    @property
    def quantity_kept(self) -> int:
        """Sale units that were accepted and have not gone back."""
        return self.quantity_accepted - self.quantity_returned

    @property
    def quantity_payable(self) -> int:
        """Sale units that the buyer owes, or will owe once they arrive."""
        return int(self.quantity) - self.quantity_cancelled - self.quantity_rejected - self.quantity_returned

    @property
    def payable_fen(self) -> int:
        """What the buyer owes for the line as it stands, whether already paid or not."""
        return self.quantity_payable * self.unit_price_fen

    @property
    def outstanding_fen(self) -> int:
        """What is still to be paid; negative where more was paid than is owed."""
        return self.payable_fen - self.paid_fen + self.repaid_fen


from oscar.apps.order.models import (  # noqa: E402 -- after our own
    BillingAddress,
    CommunicationEvent,
    LineAttribute,
    LinePrice,
    OrderDiscount,
    OrderLineDiscount,
    OrderNote,
    OrderStatusChange,
    PaymentEvent,
    PaymentEventType,
    ShippingAddress,
    ShippingEvent,
    ShippingEventQuantity,
    ShippingEventType,
    Surcharge,
)

__all__ = [
    "BillingAddress",
    "CommunicationEvent",
    "Line",
    "LineAttribute",
    "LinePrice",
    "Order",
    "OrderDiscount",
    "OrderLineDiscount",
    "OrderNote",
    "OrderStatusChange",
    "PaymentEvent",
    "PaymentEventType",
    "Purchase",
    "ShippingAddress",
    "ShippingEvent",
    "ShippingEventQuantity",
    "ShippingEventType",
    "Surcharge",
]
