"""News."""

from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.blocks.bodies import Body
from cms.fields import BodyField
from cms.pages.common import IndexPage, IntroducedPage, picture_field


class NewsIndexPage(IndexPage):
    """All news, newest first."""

    template = "cms/news_index_page.html"
    section = "news"
    subpage_types = ["cms.NewsPage"]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")


class NewsPage(IntroducedPage):
    """One piece of news."""

    day = models.DateField(_("date"), default=timezone.localdate)
    picture = picture_field(_("picture"))
    body = BodyField(Body(), verbose_name=_("content"), blank=True)

    template = "cms/news_page.html"
    section = "news"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("day"),
        FieldPanel("intro"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("news")
        verbose_name_plural = _("news")
