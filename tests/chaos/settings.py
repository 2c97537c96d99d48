"""The site whose parts fail: the tests' database and accounts, production's patience, mail by SMTP."""

import os

from marketplace.settings import base
from marketplace.settings.test import *

INSTALLED_APPS = [*INSTALLED_APPS, "tests.chaos"]
READ_PATIENCE_SECONDS, WRITE_PATIENCE_SECONDS = base.READ_PATIENCE_SECONDS, base.WRITE_PATIENCE_SECONDS
DATABASES["default"]["OPTIONS"]["connect_timeout"] = 2
CACHES["default"]["OPTIONS"] = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}
CACHES["default"]["LOCATION"] = os.environ.get("CACHE_URL", CACHES["default"]["LOCATION"])
CELERY_BROKER_URL = os.environ.get("BROKER_URL", CELERY_BROKER_URL)
OUTBOX_MAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST, EMAIL_PORT = "127.0.0.1", int(os.environ.get("MAIL_PORT", "25"))
MEDIA_ROOT = os.environ.get("MEDIA_ROOT", MEDIA_ROOT)
# The clients of a run come from one machine and say who they are, as behind a proxy.
PROXY_COUNT = 1
# What the beat does every minute or once a day, a run sees several times.
if "BEAT_SECONDS" in os.environ:
    for _entry in CELERY_BEAT_SCHEDULE.values():
        _entry["schedule"] = float(os.environ["BEAT_SECONDS"])
if "PAYMENT_GATEWAY" in os.environ:
    PAYMENT_GATEWAY = os.environ["PAYMENT_GATEWAY"]
