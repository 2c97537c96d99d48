"""A recognition (认定): one supplier's product, in one county, in one directory, for a time, at a price."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from catalog.recognition.querysets import RecognitionQuerySet


class Recognition(models.Model):
    """That a product may be sold as poverty-alleviation goods; it freezes the village of origin.

    National recognition exists only in certain counties, and one sale may count for one purpose and not for
    another: so it is a dated row in a directory, never a mark on the product.
    """

    class Directory(models.TextChoices):
        NATIONAL = "national", _("national directory")
        GUANGDONG = "guangdong", _("Guangdong directory")
        LOCAL = "local", _("local directory")

    product = models.ForeignKey("catalogue.Product", on_delete=models.PROTECT, related_name="recognitions")
    supplier = models.ForeignKey("partner.Partner", on_delete=models.PROTECT, related_name="recognitions")
    stock_record = models.ForeignKey(
        "partner.StockRecord", on_delete=models.PROTECT, related_name="recognitions"
    )
    county = models.ForeignKey("regions.Region", on_delete=models.PROTECT, related_name="+")
    # The village as it was that day: a code that is replaced later must not change what was sold.
    village_code = models.CharField(_("village of origin"), max_length=12)
    directory = models.CharField(_("directory"), max_length=10, choices=Directory)
    number = models.CharField(_("certificate number"), max_length=60, blank=True)
    batch = models.CharField(_("batch"), max_length=60, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until, exclusive"))
    yearly_capacity = models.PositiveIntegerField(_("yearly capacity in sale units"), null=True, blank=True)
    recognised_price = models.DecimalField(_("recognised price"), max_digits=12, decimal_places=2)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revocation_reason = models.CharField(_("reason for revoking"), max_length=200, blank=True)

    objects = RecognitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("valid_from")), name="recognition_window_is_not_empty"
            ),
            models.CheckConstraint(condition=Q(recognised_price__gt=0), name="recognition_price_positive"),
            models.CheckConstraint(
                condition=Q(yearly_capacity__isnull=True) | Q(yearly_capacity__gte=1),
                name="recognition_capacity_positive",
            ),
            models.CheckConstraint(
                condition=Q(village_code__regex=r"^\d{12}$"), name="recognition_village_is_a_village"
            ),
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True) | ~Q(revocation_reason=""),
                name="revocation_has_a_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["stock_record", "valid_until"], name="recognition_by_stock_record"),
            models.Index(fields=["decided_at"], name="recognition_by_decision"),
        ]

    def __str__(self) -> str:
        return f"{self.directory} {self.number} #{self.pk}"
