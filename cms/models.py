"""The pages of the site."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.queries import front_page


class HomePage(Page):
    """The site's front page: a line of welcome above what is on sale now."""

    tagline = models.CharField(_("tagline"), max_length=60, blank=True)

    template = "cms/home_page.html"
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("tagline")]

    class Meta:
        verbose_name = _("front page")
        verbose_name_plural = _("front pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page with the market as it is now."""
        context = super().get_context(request, *args, **kwargs)  # type: ignore[no-untyped-call]  # Wagtail has no types
        return {**context, "front": front_page(timezone.now()), "section": "home"}
