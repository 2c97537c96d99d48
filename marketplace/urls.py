"""Where every address of the site leads."""

from typing import cast

from django.apps import apps
from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from marketplace.dashboard.apps import DashboardConfig

# Oscar's application configurations hold their own URLs.
dashboard = cast(DashboardConfig, apps.get_app_config("dashboard"))

urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("account/", include("marketplace.portals.account.urls")),
    path("operator/", include("marketplace.portals.operator.urls")),
    path("dashboard/", dashboard.urls),
    # One way in, which counts failures; one place for accounts, whose services leave a trail.
    path("cms/login/", RedirectView.as_view(pattern_name="account:login", query_string=True)),
    path("cms/account/", RedirectView.as_view(pattern_name="account:home")),
    re_path(r"^cms/bulk/accounts/user/", RedirectView.as_view(pattern_name="operator:users")),
    path("cms/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]
