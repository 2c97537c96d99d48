"""Delivery addresses (收货地址) that buyers keep, to choose among when they ask for goods."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DeliveryAddress(models.Model):
    """A place to which a buyer often has goods sent: an institution's, or (without one) a person's own.

    A request copies it: what is sent somewhere keeps going there whatever becomes of this row.
    """

    institution = models.ForeignKey(
        "institutions.Institution", on_delete=models.PROTECT, null=True, related_name="delivery_addresses"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="delivery_addresses"
    )
    recipient = models.CharField(_("recipient"), max_length=50)
    recipient_phone = models.CharField(_("recipient's phone"), max_length=20)
    delivery_region = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    delivery_address = models.CharField(_("street and number"), max_length=200)
    is_default = models.BooleanField(_("the one to begin with"), default=False)

    class Meta:
        verbose_name = _("delivery address")
        verbose_name_plural = _("delivery addresses")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(institution__isnull=True, owner__isnull=False)
                | Q(institution__isnull=False, owner__isnull=True),
                name="delivery_address_has_one_buyer",
            ),
            models.UniqueConstraint(
                fields=(
                    "institution",
                    "owner",
                    "recipient",
                    "recipient_phone",
                    "delivery_region",
                    "delivery_address",
                ),
                nulls_distinct=False,
                name="delivery_address_once_per_buyer",
            ),
            models.UniqueConstraint(
                fields=("institution", "owner"),
                condition=Q(is_default=True),
                nulls_distinct=False,
                name="delivery_address_one_default_per_buyer",
            ),
        ]

    def __str__(self) -> str:
        return f"delivery address {self.pk}"
