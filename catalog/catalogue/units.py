"""Sale units and storage: goods are sold in whole units, and grams stand beside every unit."""

from django.db import models
from django.utils.translation import pgettext_lazy


class SaleUnit(models.TextChoices):
    """What one piece of quantity is: a weight, or a pack that declares its net weight."""

    JIN = "jin", pgettext_lazy("sale unit", "jin")
    KILOGRAM = "kg", pgettext_lazy("sale unit", "kilogram")
    BOX = "box", pgettext_lazy("sale unit", "box")
    CARTON = "carton", pgettext_lazy("sale unit", "carton")
    BAG = "bag", pgettext_lazy("sale unit", "bag")
    BOTTLE = "bottle", pgettext_lazy("sale unit", "bottle")
    TIN = "tin", pgettext_lazy("sale unit", "tin")
    HEAD = "head", pgettext_lazy("sale unit", "head")
    PIECE = "piece", pgettext_lazy("sale unit", "piece")
    ITEM = "item", pgettext_lazy("sale unit", "item")
    STRIP = "strip", pgettext_lazy("sale unit", "strip")


# 1 斤 = 0.5 kg: a unit that is a weight weighs that.
GRAMS_OF_UNIT = {SaleUnit.JIN: 500, SaleUnit.KILOGRAM: 1000}


class Storage(models.TextChoices):
    """How the goods must be kept."""

    AMBIENT = "ambient", pgettext_lazy("storage", "at room temperature")
    COOL = "cool", pgettext_lazy("storage", "in a cool place")
    CHILLED = "chilled", pgettext_lazy("storage", "chilled")
    FROZEN = "frozen", pgettext_lazy("storage", "frozen")
