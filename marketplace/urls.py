"""Where every address of the site leads."""

from typing import cast

from django.apps import apps
from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from marketplace.dashboard.apps import DashboardConfig

# Oscar's application configurations hold their own URLs.
dashboard = cast(DashboardConfig, apps.get_app_config("dashboard"))

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("dashboard/", dashboard.urls),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]
