"""What search engines ask for: the sitemap, and where they need not look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap as django_sitemap
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.sitemaps import PageSitemap, ProductSitemap

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

# People's and organisations' own pages, and addresses that only narrow a list.
NOT_FOR_ROBOTS = (
    "/account/", "/api/", "/basket/", "/buyer/", "/checkout/", "/cms/", "/dashboard/", "/office/",
    "/operator/", "/supplier/", "/*?",
)  # fmt: skip


@login_not_required
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages and products of the site; three queries whatever their number."""
    return django_sitemap(request, {"pages": PageSitemap(request), "products": ProductSitemap(request)})


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Where search engines need not look, and where the sitemap is."""
    context = {"paths": NOT_FOR_ROBOTS, "sitemap": request.build_absolute_uri("/sitemap.xml")}
    return render(request, "cms/robots.txt", context, content_type="text/plain; charset=utf-8")
