"""County halls (扶贫馆): a county tells of itself, and shows its villages and what they sell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from catalog.partner import shelf
from cms.blocks.bodies import Body
from cms.choosers import COUNTY_WIDGET
from cms.fields import BodyField
from cms.links import stories_within
from cms.market import Rule
from cms.pages.common import WITH_PICTURE, IndexPage, IntroducedPage, picture_field

if TYPE_CHECKING:
    from django.http import HttpRequest

COUNTIES = 12
GOODS = 12
STORIES = 6


class HallIndexPage(IndexPage):
    """All county halls."""

    template = "cms/hall_index_page.html"
    section = "county"
    subpage_types = ["cms.HallPage"]

    class Meta:
        verbose_name = _("list of county halls")
        verbose_name_plural = _("lists of county halls")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The halls, each with its county's goods or None, and the largest counties without a hall."""
        context = super().get_context(request, *args, **kwargs)
        pages = self.pages(HallPage).select_related("county__parent").prefetch_related(*WITH_PICTURE)
        halls = list(pages.order_by("path"))
        counties = shelf.counties_on_sale(context["market"].now)
        goods = {county.code: county for county in counties}
        told = {hall.county_id for hall in halls}
        return {
            **context,
            "halls": [(hall, goods.get(hall.county_id)) for hall in halls],
            "counties": [county for county in counties if county.code not in told][:COUNTIES],
        }


class HallPage(IntroducedPage):
    """The hall of one county."""

    county = models.ForeignKey(
        "regions.Region", on_delete=models.PROTECT, related_name="+", verbose_name=_("county")
    )
    picture = picture_field(_("picture"))
    body = BodyField(Body(), verbose_name=_("content"), blank=True)

    template = "cms/hall_page.html"
    section = "county"
    parent_page_types = ["cms.HallIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("county", widget=COUNTY_WIDGET),
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("county hall")
        verbose_name_plural = _("county halls")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The county's goods that spoil soonest, its villages with goods, and their stories."""
        context = super().get_context(request, *args, **kwargs)
        market, code = context["market"], self.county_id
        villages = shelf.villages_on_sale(code, market.now)
        return {
            **context,
            "cards": market.by_rule(Rule(number=GOODS, sort=shelf.Sort.SOONEST, region_code=code)),
            "villages": villages,
            "offer_count": sum(village.offers for village in villages),
            "stories": stories_within(code)[:STORIES],
        }
