"""A village on a page: where it lies, what it sells, and the way to its story."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageChooserBlock

from catalog.partner.shelf import Sort, place_of
from cms.choosers import VILLAGES
from cms.links import story_url
from cms.market import Rule, market_of
from supplier_villages.regions.models import UPWARDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from supplier_villages.regions.models import Region

CARDS = 4


class VillageChooserBlock(VILLAGES.get_block_class()):  # type: ignore[misc]  # Wagtail makes the class
    """One village, read with what it lies in."""

    def bulk_to_python(self, values: Sequence[Any]) -> list[Region | None]:
        """The villages in the order of their codes; one query."""
        found = self.model_class.objects.select_related(UPWARDS).in_bulk(
            [value for value in values if value is not None]
        )
        return [found.get(value) for value in values]


class VillageBlock(blocks.StructBlock):
    """A village in a few words."""

    village = VillageChooserBlock(label=_("Village"))
    text = blocks.TextBlock(label=_("In a few words"), max_length=300, rows=3, required=False)
    picture = ImageChooserBlock(label=_("Picture"), required=False)

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """The block with the place, up to four cards of what the village sells, and its story's page."""
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        village = value["village"]
        if village is None:
            return context
        market = market_of(context, timezone.now())
        cards = market.by_rule(Rule(number=CARDS, sort=Sort.SOONEST, region_code=village.pk))
        return {**context, "place": place_of(village), "cards": cards, "story": story_url(village.pk)}

    class Meta:
        label = _("Village")
        icon = "site"
        template = "cms/blocks/village.html"
