"""What holds in every environment; dev, test and production say only what differs."""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.utils.translation import gettext_lazy as _

from marketplace.settings.celery import *
from marketplace.settings.logging import *
from marketplace.settings.oscar import *
from marketplace.settings.security import *
from marketplace.settings.wagtail import *

BASE_DIR = Path(__file__).resolve().parent.parent.parent

ROOT_URLCONF = "marketplace.urls"
WSGI_APPLICATION = "marketplace.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SITE_ID = 1

OUR_APPS = [
    "marketplace.core",
    "marketplace.core.audit",
    "marketplace.accounts",
    "marketplace.outbox",
    "marketplace.sales_journal",
    "marketplace.county_figures",
    "marketplace.images",
    "marketplace.institutions",
    "marketplace.access_tokens",
    "marketplace.campaigns",
    "marketplace.procurement",
    "supplier_villages.regions",
    "supplier_villages.offices",
    "catalog.recognition",
    "catalog.unsold_offers",
    "marketplace.demo",
    "cms",
]
OSCAR_FORKS = [
    "marketplace.address.apps.AddressConfig",
    "catalog.catalogue.apps.CatalogueConfig",
    "catalog.partner.apps.PartnerConfig",
    "marketplace.basket.apps.BasketConfig",
    "marketplace.order.apps.OrderConfig",
    "marketplace.dashboard.apps.DashboardConfig",
    "marketplace.dashboard.catalogue.apps.CatalogueDashboardConfig",
]
OSCAR_APPS = [
    "oscar.config.Shop",
    "oscar.apps.analytics.apps.AnalyticsConfig",
    "oscar.apps.checkout.apps.CheckoutConfig",
    "oscar.apps.shipping.apps.ShippingConfig",
    "oscar.apps.catalogue.reviews.apps.CatalogueReviewsConfig",
    "oscar.apps.communication.apps.CommunicationConfig",
    "oscar.apps.payment.apps.PaymentConfig",
    "oscar.apps.offer.apps.OfferConfig",
    "oscar.apps.customer.apps.CustomerConfig",
    "oscar.apps.search.apps.SearchConfig",
    "oscar.apps.voucher.apps.VoucherConfig",
    "oscar.apps.wishlists.apps.WishlistsConfig",
    "oscar.apps.dashboard.reports.apps.ReportsDashboardConfig",
    "oscar.apps.dashboard.users.apps.UsersDashboardConfig",
    "oscar.apps.dashboard.orders.apps.OrdersDashboardConfig",
    "oscar.apps.dashboard.offers.apps.OffersDashboardConfig",
    "oscar.apps.dashboard.partners.apps.PartnersDashboardConfig",
    "oscar.apps.dashboard.pages.apps.PagesDashboardConfig",
    "oscar.apps.dashboard.ranges.apps.RangesDashboardConfig",
    "oscar.apps.dashboard.reviews.apps.ReviewsDashboardConfig",
    "oscar.apps.dashboard.vouchers.apps.VouchersDashboardConfig",
    "oscar.apps.dashboard.communications.apps.CommunicationsDashboardConfig",
    "oscar.apps.dashboard.shipping.apps.ShippingDashboardConfig",
    "widget_tweaks",
    "haystack",
    "treebeard",
    "django_tables2",
]
WAGTAIL_APPS = [
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "cms.users.apps.UsersConfig",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
]
INSTALLED_APPS = [
    *OUR_APPS,
    *OSCAR_FORKS,
    *OSCAR_APPS,
    *WAGTAIL_APPS,
    "axes",
    "csp",
    "django_htmx",
    "django_structlog",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.sitemaps",
    "django.contrib.flatpages",
    "django.contrib.humanize",
    "django.contrib.postgres",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # A listing is a seventh of its size on the wire; random bytes keep tokens from being guessed by length.
    "django.middleware.gzip.GZipMiddleware",
    "marketplace.core.request_logs.RequestLogMiddleware",
    "marketplace.core.database.patience.PatienceMiddleware",
    "marketplace.core.headers.ContentSecurityPolicyMiddleware",
    "marketplace.core.headers.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "marketplace.core.languages.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    # Closed by default: what strangers may see says so by @login_not_required.
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "marketplace.core.audit.middleware.AuditMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    # Looks at answers that say "not found" only: where a page went when it was moved.
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.core.context_processors.metadata",
                "marketplace.portals.shop.context_processors.basket_line_count",
                "cms.context_processors.site_menu",
            ],
        },
    }
]

# The application's role; `manage.py migrate` takes the owner's (see marketplace/core/database).
DATABASE_URL = os.environ.get("DATABASE_URL", "postgres:///marketplace")
DATABASES = {
    "default": dj_database_url.parse(
        DATABASE_URL, engine="marketplace.core.database.engine", conn_max_age=600, conn_health_checks=True
    )
}
# Who is gone without a word is noticed within a minute, by us and by PostgreSQL, which then gives back the
# locks that they held; a new connection is waited for two seconds. Each second PostgreSQL also looks whether
# somebody still waits for the statement, and else breaks it off.
DATABASES["default"]["OPTIONS"] = {
    "connect_timeout": 2,
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
    "options": (
        "-c client_connection_check_interval=1s "
        "-c tcp_keepalives_idle=30 -c tcp_keepalives_interval=10 -c tcp_keepalives_count=3"
    ),
    **DATABASES["default"].get("OPTIONS", {}),
}
# How long a request waits for the database in all: for a page, or for what was sent.
READ_PATIENCE_SECONDS, WRITE_PATIENCE_SECONDS = 2.5, 10.0
DATABASE_OWNER_URL = os.environ.get("DATABASE_OWNER_URL", "")
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379")
# Pages for visitors without a session, in each process: what they show may be so many seconds old.
STRANGERS_CACHE = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
    "TIMEOUT": 10,
    "OPTIONS": {"MAX_ENTRIES": 300},
}
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "marketplace.core.forgiving_cache.ForgivingRedisCache",
        "LOCATION": f"{REDIS_URL}/0",
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    },
    "strangers": STRANGERS_CACHE,
}

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "libraries"]
USE_I18N = True
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
# A file that no form would take is not even written to the disk.
FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "marketplace.core.uploads.BoundedUploadHandler",
]
# In production the web server in front does it.
SERVE_MEDIA = os.environ.get("SERVE_MEDIA", "") == "1"
MEDIA_ROOT = Path(os.environ.get("MEDIA_ROOT", BASE_DIR / "var" / "media"))

# Whoever sends a mail owes it; the relay posts it by the second one.
EMAIL_BACKEND = "marketplace.outbox.mail_backend.OutboxEmailBackend"
OUTBOX_MAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"
EMAIL_TIMEOUT = 10  # seconds: a relay must not hang on a mail server
# The demo's passwords are public: only development and tests allow its users.
DEMO_ALLOWED = False
# How long a submitted purchase request keeps its stock while it waits for approval; shown to both sides.
RESERVATION_HOURS = int(os.environ.get("RESERVATION_HOURS", "72"))
# How long what an individual checks out keeps its stock while it waits for their payment.
PAYMENT_MINUTES = 30
# Who takes individuals' money: the dotted path of a marketplace.procurement.gateways.PaymentGateway. Empty:
# nobody can pay online here, and the shop says so.
PAYMENT_GATEWAY = ""

DEFAULT_FROM_EMAIL = os.environ.get("DEFAULT_FROM_EMAIL", "noreply@localhost")
