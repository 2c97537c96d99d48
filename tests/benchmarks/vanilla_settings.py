"""An unforked Oscar that serves its pages: Oscar's own defaults, but for our user and currency."""

import tempfile
from pathlib import Path

from tests.forks.unforked_settings import *

# isort: split
from oscar.defaults import *

INSTALLED_APPS = [
    *INSTALLED_APPS,
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "oscar.apps.basket.middleware.BasketMiddleware",
    "django.contrib.flatpages.middleware.FlatpageFallbackMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "oscar.apps.search.context_processors.search_form",
                "oscar.apps.checkout.context_processors.checkout",
                "oscar.apps.communication.notifications.context_processors.notifications",
                "oscar.core.context_processors.metadata",
            ],
        },
    }
]
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
ROOT_URLCONF = "tests.benchmarks.vanilla_urls"
LOGIN_URL = "customer:login"
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "tests.benchmarks.vanilla_search.Engine"}}
OSCAR_DEFAULT_CURRENCY = "CNY"
# No product has a picture on either side: this one gives a drawing's address and makes nothing.
OSCAR_THUMBNAILER = "catalog.catalogue.thumbnails.VariantThumbnailer"
MEDIA_ROOT = Path(tempfile.mkdtemp())  # Oscar links its picture of a missing picture into it
