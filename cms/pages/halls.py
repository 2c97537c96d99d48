"""County halls (扶贫馆): a county tells of itself, and shows its villages and what they sell."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.blocks.bodies import Body
from cms.choosers import COUNTY_WIDGET
from cms.fields import BodyField
from cms.pages.common import IndexPage, IntroducedPage, picture_field


class HallIndexPage(IndexPage):
    """All county halls."""

    template = "cms/hall_index_page.html"
    section = "county"
    subpage_types = ["cms.HallPage"]

    class Meta:
        verbose_name = _("list of county halls")
        verbose_name_plural = _("lists of county halls")


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
