"""Help: how to do what one comes here for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.blocks.bodies import HelpBody
from cms.fields import BodyField
from cms.pages.common import IndexPage, IntroducedPage


class HelpIndexPage(IndexPage):
    """All help, by whom it is for, in the order of the page tree."""

    template = "cms/help_index_page.html"
    section = "help"
    subpage_types = ["cms.HelpPage"]

    class Meta:
        verbose_name = _("list of help")
        verbose_name_plural = _("lists of help")


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
