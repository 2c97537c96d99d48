"""Oscar: a library behind our own pages; its offers and vouchers stay off."""

from django.utils.translation import gettext_lazy as _
from oscar.defaults import *

OSCAR_SHOP_NAME = "消费扶贫网上行"
OSCAR_DEFAULT_CURRENCY = "CNY"
OSCAR_HOMEPAGE = "/"
OSCAR_SLUG_ALLOW_UNICODE = True
OSCAR_EAGER_ALERTS = False
OSCAR_SEND_REGISTRATION_EMAIL = False
OSCAR_HIDDEN_FEATURES = ["reviews", "wishlists"]
# Photos get their sizes when they are uploaded, and their files go when their row is gone for certain.
OSCAR_THUMBNAILER = "catalog.catalogue.thumbnails.VariantThumbnailer"
OSCAR_DELETE_IMAGE_FILES = False
OSCAR_REQUIRED_ADDRESS_FIELDS = ("first_name", "line1", "country")

# Only what marketplace.dashboard mounts.
OSCAR_DASHBOARD_NAVIGATION = [
    {"label": _("Categories"), "icon": "fas fa-sitemap", "url_name": "dashboard:catalogue-category-list"}
]

# Oscar's own search is not used; haystack only has to be importable.
HAYSTACK_SIGNAL_PROCESSOR = "haystack.signals.BaseSignalProcessor"
HAYSTACK_CONNECTIONS = {"default": {"ENGINE": "haystack.backends.simple_backend.SimpleEngine"}}
