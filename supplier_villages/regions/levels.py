"""The five levels of the tree, top down."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """How high a region stands; a code's digits say the same (see codes.level_of)."""

    PROVINCE = "province", _("province")
    PREFECTURE = "prefecture", _("prefecture-level city")
    COUNTY = "county", _("county or district")
    TOWN = "town", _("town or subdistrict")
    VILLAGE = "village", _("village or community")

    @property
    def depth(self) -> int:
        """0 for a province, 4 for a village."""
        return list(Level).index(self)
