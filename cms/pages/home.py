"""The front page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.blocks.bodies import Body
from cms.fields import BodyField
from cms.links import Link
from cms.pages.campaigns import promoted
from cms.pages.common import MarketPage
from cms.queries import front_page

if TYPE_CHECKING:
    from django.http import HttpRequest


class HomePage(MarketPage):
    """The site's front page: a line of welcome above what is on sale now, and what editors add below."""

    tagline = models.CharField(_("tagline"), max_length=60, blank=True)
    body = BodyField(Body(), verbose_name=_("below the market"), blank=True)

    template = "cms/home_page.html"
    section = "home"
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("tagline"), FieldPanel("body")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def way(self) -> list[Link]:
        """Nothing stands above it."""
        return []

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page with the market as it is now."""
        context = super().get_context(request, *args, **kwargs)
        market = context["market"]
        return {**context, "front": front_page(market), "promoted": promoted(market.now)}
