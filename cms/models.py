"""The pages of the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page


class HomePage(Page):
    """The site's front page: a line of welcome above what is on sale now."""

    tagline = models.CharField(_("tagline"), max_length=60, blank=True)

    template = "cms/home_page.html"
    max_count = 1
    content_panels = [*Page.content_panels, FieldPanel("tagline")]
