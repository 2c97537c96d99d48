"""Village stories: where the goods grow, and who grows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from catalog.partner.shelf import Place, Sort, place_of
from cms.blocks.bodies import Body
from cms.choosers import VILLAGE_WIDGET
from cms.fields import BodyField
from cms.links import LIES_IN, hall_url
from cms.market import Rule
from cms.pages.common import PER_PAGE, WITH_PICTURE, IndexPage, IntroducedPage, picture_field
from marketplace.core.paging import page_of
from supplier_villages.regions.models import UPWARDS, Region

if TYPE_CHECKING:
    from django.http import HttpRequest

GOODS = 8


class StoryIndexPage(IndexPage):
    """All village stories."""

    template = "cms/story_index_page.html"
    section = "stories"
    subpage_types = ["cms.StoryPage"]

    class Meta:
        verbose_name = _("list of village stories")
        verbose_name_plural = _("lists of village stories")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A page of stories, the newest first."""
        context = super().get_context(request, *args, **kwargs)
        stories = self.pages(StoryPage).select_related(LIES_IN).prefetch_related(*WITH_PICTURE)
        return {
            **context,
            "entries": page_of(request, stories.order_by("-first_published_at", "-pk"), PER_PAGE),
        }


class StoryPage(IntroducedPage):
    """The story of one village; its products link to it."""

    village = models.ForeignKey(
        "regions.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("village")
    )
    picture = picture_field(_("picture"))
    body = BodyField(Body(), verbose_name=_("content"), blank=True)

    template = "cms/story_page.html"
    section = "stories"
    parent_page_types = ["cms.StoryIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("village", widget=VILLAGE_WIDGET),
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("village story")
        verbose_name_plural = _("village stories")

    @property
    def place(self) -> Place:
        """The village with what it lies in; no query where LIES_IN is loaded."""
        return place_of(self.village)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The story with what the village sells, and the way to its county's hall."""
        context = super().get_context(request, *args, **kwargs)
        village = Region.objects.select_related(UPWARDS).get(pk=self.village_id)
        place = place_of(village)
        rule = Rule(number=GOODS, sort=Sort.SOONEST, region_code=village.pk)
        return {
            **context,
            "place": place,
            "cards": context["market"].by_rule(rule),
            "hall": hall_url(place.county_code),
        }
