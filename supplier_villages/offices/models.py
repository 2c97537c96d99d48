"""Offices and who works in them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.fields import CharField
from django.db.models.functions import Cast
from django.db.models.lookups import Regex
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from supplier_villages.offices.levels import OfficeLevel
from supplier_villages.offices.querysets import MembershipQuerySet, OfficeQuerySet
from supplier_villages.regions.models import Region

# The region's code is in the office's own row, and its digits say its level.
CODE_OF_LEVEL = {
    OfficeLevel.PROVINCE: r"^\d{2}0000$",
    OfficeLevel.CITY: r"^\d{2}(?!00)\d\d00$",
    OfficeLevel.COUNTY: r"^\d{4}(?!00)\d\d$",
    OfficeLevel.TOWN: r"^\d{9}$",
}


def _level_fits_the_code() -> Q:
    code = Cast(F("region"), CharField(max_length=12))
    fits = Q()
    for level, pattern in CODE_OF_LEVEL.items():
        fits |= Q(Regex(code, pattern), level=level)
    return fits


class Office(models.Model):
    """The poverty office of a region, from town to province; a region has one at most."""

    region = models.OneToOneField(
        Region, on_delete=models.PROTECT, related_name="office", verbose_name=_("region")
    )
    level = models.CharField(_("level"), max_length=8, choices=OfficeLevel.choices)
    name = models.CharField(_("name"), max_length=100)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("poverty office")
        verbose_name_plural = _("poverty offices")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=_level_fits_the_code(), name="office_level_fits_its_region"),
            models.CheckConstraint(condition=~Q(name=""), name="office_has_a_name"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.region_id}"


class OfficeMembership(models.Model):
    """A person works in an office; one who left stays on record as inactive."""

    office = models.ForeignKey(
        Office, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("office")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="office_memberships",
        verbose_name=_("user"),
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("since"), default=timezone.now)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership of an office")
        verbose_name_plural = _("memberships of offices")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["office", "user"], name="one_membership_per_office_and_user")
        ]

    def __str__(self) -> str:
        return f"user {self.user_id} in office {self.office_id}"
