"""Where every address of the site leads."""

from typing import cast

from django.apps import apps
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import RedirectView
from django.views.i18n import set_language
from django.views.static import serve as serve_file
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents.views.serve import serve as serve_document
from wagtail.urls import serve_pattern
from wagtail.views import serve as serve_page

from marketplace.core.strangers import same_for_strangers
from marketplace.dashboard.apps import DashboardConfig
from marketplace.portals.shopper.views.gateways import sandbox
from marketplace.procurement.gateways import gateway_in_use

# Oscar's application configurations hold their own URLs.
dashboard = cast(DashboardConfig, apps.get_app_config("dashboard"))

to_login = RedirectView.as_view(pattern_name="account:login", query_string=True)

# A page or a document is public unless an editor restricts it; Wagtail's own log-in pages are left out.
urlpatterns = [
    path("health/", include("marketplace.core.health.urls")),
    # Strangers' pages carry no token (ADR 22): another site could change a visitor's language, no more.
    path("i18n/setlang/", csrf_exempt(login_not_required(set_language)), name="set_language"),
    path("account/", include("marketplace.portals.account.urls")),
    path("api/v1/", include("marketplace.api.urls")),
    path("office/", include("marketplace.portals.office.urls")),
    path("buyer/", include("marketplace.portals.buyer.urls")),
    path("operator/", include("marketplace.portals.operator.urls")),
    path("regions/", include("marketplace.portals.regions.urls")),
    path("supplier/", include("marketplace.portals.supplier.urls")),
    path("dashboard/", dashboard.urls),
    # One way in, which counts failures; one place for accounts, whose services leave a trail.
    path("cms/login/", login_not_required(to_login)),
    path("cms/account/", RedirectView.as_view(pattern_name="account:home")),
    re_path(r"^cms/bulk/accounts/user/", RedirectView.as_view(pattern_name="operator:users")),
    path("cms/", include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", login_not_required(serve_document), name="wagtaildocs_serve"),
    path("_util/login/", login_not_required(to_login), name="wagtailcore_login"),
    path("", include("cms.urls")),
    path("", include("marketplace.portals.shopper.urls")),
    path("", include("marketplace.portals.shop.urls")),
    re_path(serve_pattern, login_not_required(same_for_strangers(serve_page)), name="wagtail_serve"),
]
handler500 = "marketplace.core.unavailable.failed"
gateway = gateway_in_use()
if gateway is not None and gateway.is_sandbox:
    urlpatterns.insert(0, path("payments/sandbox/<str:token>/", sandbox, name="sandbox_payment"))
if settings.SERVE_MEDIA:
    pictures = re_path(
        r"^media/(?P<path>.*)$",
        login_not_required(serve_file),
        {"document_root": settings.MEDIA_ROOT},
        name="media",
    )
    urlpatterns.insert(0, pictures)
