"""News."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.blocks.bodies import Body
from cms.fields import BodyField
from cms.pages.common import PER_PAGE, WITH_PICTURE, IndexPage, IntroducedPage, picture_field
from marketplace.core.paging import page_of

if TYPE_CHECKING:
    from django.http import HttpRequest

MORE = 3


class NewsIndexPage(IndexPage):
    """All news, newest first."""

    template = "cms/news_index_page.html"
    section = "news"
    subpage_types = ["cms.NewsPage"]

    class Meta:
        verbose_name = _("list of news")
        verbose_name_plural = _("lists of news")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """A page of news."""
        context = super().get_context(request, *args, **kwargs)
        news = newest(self.pages(NewsPage)).prefetch_related(*WITH_PICTURE)
        return {**context, "entries": page_of(request, news, PER_PAGE)}


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

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The news, and some more of the newest."""
        context = super().get_context(request, *args, **kwargs)
        others = newest(NewsPage.objects.sibling_of(self, inclusive=False).live().public())
        return {**context, "more": others[:MORE]}


def newest(news: Any) -> Any:
    """The same, the newest first."""
    return news.order_by("-day", "-pk")
