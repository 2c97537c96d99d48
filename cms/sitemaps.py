"""What search engines are led to: published pages and products that can be bought."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.sitemaps import Sitemap
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from catalog.partner import shelf
from cms.links import MENU_DEPTH, address_of

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest


class OwnSitemap(Sitemap[Any]):
    """Addresses under the one by which the asker has reached us."""

    def __init__(self, request: HttpRequest) -> None:
        self.protocol = request.scheme
        self.host = request.get_host()

    def get_domain(self, site: object = None) -> str:
        """The host that was asked; Django's site record is not looked at."""
        return self.host


class PageSitemap(OwnSitemap):
    """Published pages below the front page, and the front page itself, that everybody may see."""

    def items(self) -> Any:
        """Each page's path in the tree and when it was published last."""
        pages = Page.objects.live().public().filter(depth__gte=MENU_DEPTH - 1).order_by("path")
        return pages.values_list("url_path", "last_published_at")

    def location(self, item: tuple[str, datetime | None]) -> str:
        return address_of(item[0])

    def lastmod(self, item: tuple[str, datetime | None]) -> datetime | None:
        return item[1]


class ProductSitemap(OwnSitemap):
    """Products on sale now."""

    def items(self) -> Any:
        """Each product's key and when its stock or price changed last."""
        records = shelf.on_sale(timezone.now()).order_by("product_id", "-date_updated")
        return records.distinct("product_id").values_list("product_id", "date_updated")

    def location(self, item: tuple[int, datetime]) -> str:
        return reverse("shop:product", args=[item[0]])

    def lastmod(self, item: tuple[int, datetime]) -> datetime:
        return item[1]
