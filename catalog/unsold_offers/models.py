"""An unsold product (滞销) that a village offers, from the first step on the phone to its end."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from catalog.unsold_offers.querysets import UnsoldOfferQuerySet
from catalog.unsold_offers.status import EDITABLE, OPEN, Status


class UnsoldOffer(models.Model):
    """What a supplier asks for a quantity of a village's product until a day.

    Price and quantity are those that were asked for; what holds now stands on the stock record.
    """

    Status: ClassVar = Status

    supplier = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="unsold_offers")
    village = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="unsold_offers")
    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="unsold_offers")
    stock_record = models.ForeignKey(
        "partner.StockRecord",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="unsold_offers",
    )
    # Made on the phone before the first step is sent: a step sent twice begins one offer.
    draft_key = models.CharField(_("draft's key"), max_length=64)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    quantity = models.PositiveIntegerField(_("quantity in sale units"), null=True, blank=True)
    harvested_on = models.DateField(_("harvested on"), null=True, blank=True)
    price = models.DecimalField(
        _("price, tax included"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    bulk_min_quantity = models.PositiveIntegerField(_("bulk price from"), null=True, blank=True)
    bulk_price = models.DecimalField(
        _("bulk price, tax included"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    sell_by = models.DateField(_("last day of sale"), null=True, blank=True)
    # One more with each change: who decides on the offer says which one was read.
    revision = models.PositiveIntegerField(_("revision"), default=0, db_default=0)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(_("begun at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    escalated_at = models.DateTimeField(_("city told at"), null=True, blank=True)

    objects = UnsoldOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("unsold offer")
        verbose_name_plural = _("unsold offers")
        constraints = [
            models.UniqueConstraint(fields=("supplier", "draft_key"), name="offer_once_per_draft_key"),
            models.UniqueConstraint(
                fields=("supplier", "product"),
                condition=Q(status__in=OPEN),
                name="one_open_offer_per_product",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(*EDITABLE, Status.WITHDRAWN))
                | Q(
                    quantity__isnull=False,
                    price__isnull=False,
                    sell_by__isnull=False,
                    stock_record__isnull=False,
                    submitted_at__isnull=False,
                ),
                name="submitted_offer_is_complete",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.RETURNED) | ~Q(reason=""), name="returned_offer_has_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(bulk_min_quantity__isnull=True, bulk_price__isnull=True)
                | Q(bulk_min_quantity__gte=2, bulk_price__gt=0),
                name="offer_bulk_price_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(quantity__isnull=True) | Q(quantity__gte=1), name="offer_quantity_positive"
            ),
            models.CheckConstraint(
                condition=Q(price__isnull=True) | Q(price__gt=0), name="offer_price_positive"
            ),
        ]
        indexes = [
            models.Index(fields=["village", "status"], name="offer_by_village"),
            models.Index(fields=["sell_by"], condition=Q(status__in=OPEN), name="open_offer_by_sell_by"),
        ]

    def __str__(self) -> str:
        return f"offer {self.pk}"

    @property
    def available(self) -> int | None:
        """Sale units that can be bought while it is on sale; as many as are offered before that."""
        return self.stock_record.net_stock_level if self.stock_record else self.quantity
