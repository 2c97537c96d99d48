"""The four levels of offices, and which regions each supervises."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from supplier_villages.regions.levels import Level


class OfficeLevel(models.TextChoices):
    """How high an office stands; a village has no office."""

    TOWN = "town", _("town office")
    COUNTY = "county", _("county office")
    CITY = "city", _("city office")
    PROVINCE = "province", _("provincial office")


LEVEL_OF_REGION = {
    Level.PROVINCE: OfficeLevel.PROVINCE,
    Level.PREFECTURE: OfficeLevel.CITY,
    Level.COUNTY: OfficeLevel.COUNTY,
    Level.TOWN: OfficeLevel.TOWN,
}

# 挂牌督战 reaches two levels down (circular 揭市扶〔2020〕3号, action five): by level names, not by steps
# in the tree. So 东莞, which has no counties, supervises its towns only, and a province every county, whether
# there is a city above it or not (济源, the districts of municipalities).
SUPERVISED = {
    OfficeLevel.PROVINCE: (Level.PREFECTURE, Level.COUNTY),
    OfficeLevel.CITY: (Level.COUNTY, Level.TOWN),
    OfficeLevel.COUNTY: (Level.TOWN, Level.VILLAGE),
    OfficeLevel.TOWN: (Level.VILLAGE,),
}
