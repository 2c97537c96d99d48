"""Village stories: where the goods grow, and who grows them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.blocks.bodies import Body
from cms.choosers import VILLAGE_WIDGET
from cms.fields import BodyField
from cms.pages.common import IndexPage, IntroducedPage, picture_field


class StoryIndexPage(IndexPage):
    """All village stories."""

    template = "cms/story_index_page.html"
    section = "stories"
    subpage_types = ["cms.StoryPage"]

    class Meta:
        verbose_name = _("list of village stories")
        verbose_name_plural = _("lists of village stories")


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
