"""Help: how to do what one comes here for."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.blocks.bodies import HelpBody
from cms.fields import BodyField
from cms.pages.common import IndexPage, IntroducedPage

if TYPE_CHECKING:
    from django.http import HttpRequest


class HelpIndexPage(IndexPage):
    """All help, by whom it is for, in the order of the page tree."""

    template = "cms/help_index_page.html"
    section = "help"
    subpage_types = ["cms.HelpPage"]

    class Meta:
        verbose_name = _("list of help")
        verbose_name_plural = _("lists of help")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The help pages of each audience that has some."""
        context = super().get_context(request, *args, **kwargs)
        order = list(HelpPage.Audience)
        pages = sorted(
            self.pages(HelpPage).order_by("path"),
            key=lambda page: order.index(HelpPage.Audience(page.audience)),
        )
        groups = groupby(pages, key=lambda page: page.audience)
        return {
            **context,
            "groups": [(HelpPage.Audience(name).label, list(found)) for name, found in groups],
        }


class HelpPage(IntroducedPage):
    """One question, answered in steps."""

    class Audience(models.TextChoices):
        BUYERS = "buyers", _("For those who buy")
        VILLAGES = "villages", _("For villages and suppliers")
        OFFICES = "offices", _("For poverty offices")

    audience = models.CharField(_("for whom"), max_length=10, choices=Audience, default=Audience.BUYERS)
    body = BodyField(HelpBody(), verbose_name=_("content"), blank=True)

    template = "cms/help_page.html"
    section = "help"
    parent_page_types = ["cms.HelpIndexPage"]
    subpage_types: list[str] = []
    content_panels = [
        *Page.content_panels,
        FieldPanel("audience"),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("help page")
        verbose_name_plural = _("help pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page, and the others for the same people."""
        context = super().get_context(request, *args, **kwargs)
        others = HelpPage.objects.sibling_of(self, inclusive=False).live().public()
        return {**context, "more": others.filter(audience=self.audience).order_by("path")}
