"""Pictures in Wagtail pages: with a description for those who cannot see them, and their licence."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class MarketImage(AbstractImage):
    """A picture; `credit` names its author and licence where it is not our own."""

    credit = models.CharField(_("author and licence"), max_length=200, blank=True)

    admin_form_fields = (*Image.admin_form_fields, "credit")

    class Meta(AbstractImage.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")


class MarketRendition(AbstractRendition):
    """A picture at one size, made by Wagtail."""

    image = models.ForeignKey(MarketImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=("image", "filter_spec", "focal_point_key"), name="unique_rendition"
            )
        ]
