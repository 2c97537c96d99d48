"""What all kinds of pages share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.links import Link, address_of
from cms.market import Market

if TYPE_CHECKING:
    from django.http import HttpRequest

LONGEST_INTRO = 200
PER_PAGE = 12
# What a list shows of a page's picture, in two queries whatever their number.
WITH_PICTURE = ("picture", "picture__renditions")


def picture_field(label: Any, help_text: Any = "") -> Any:
    """A picture that may be missing and may be deleted while pages show it."""
    return models.ForeignKey(
        settings.WAGTAILIMAGES_IMAGE_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=label,
        help_text=help_text,
    )


def intro_field() -> Any:
    """A sentence or two that stand below the title and in lists."""
    return models.CharField(
        _("introduction"),
        max_length=LONGEST_INTRO,
        blank=True,
        help_text=_("A sentence or two: they stand below the title and in lists."),
    )


class MarketPage(Page):
    """A page in the market's frame. `section` is the entry of the navigation that it belongs to."""

    social_image = picture_field(
        _("picture for sharing"), _("What messengers show beside a link to this page; 1200 × 630 or more.")
    )

    section = ""
    promote_panels = [*Page.promote_panels, FieldPanel("social_image")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The page with the way to it, and the market as it is now for the blocks that show goods."""
        context = super().get_context(request, *args, **kwargs)
        market = Market(timezone.now(), tells_editor=getattr(request, "is_preview", False))
        return {**context, "section": self.section, "market": market, "way": self.way()}

    @property
    def shared_picture(self) -> Any:
        """What messengers show: the picture for sharing, else the page's own; None without either."""
        return self.social_image or getattr(self, "picture", None)

    def way(self) -> list[Link]:
        """The pages above this one, from the front page down, and this page; one query."""
        above = self.get_ancestors().filter(depth__gt=1).values_list("title", "url_path")
        return [*(Link(title, address_of(path)) for title, path in above), Link(self.title, "")]


class IntroducedPage(MarketPage):
    """A page with a sentence below its title."""

    intro = intro_field()

    class Meta:
        abstract = True


class IndexPage(IntroducedPage):
    """A page that lists those below it; there is one of each kind, below the front page."""

    max_count = 1
    show_in_menus_default = True
    parent_page_types = ["cms.HomePage"]
    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        abstract = True

    def pages(self, kind: type[MarketPage]) -> Any:
        """The published pages of this kind below this one that everybody may see; two queries when read."""
        return kind.objects.child_of(self).live().public()
