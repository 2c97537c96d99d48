"""The tests: fast hashing, mail in memory; the database and Valkey are real."""

import os

from marketplace.settings.base import *

SECRET_KEY = "only-for-tests"  # noqa: S105 -- production reads its own
ALLOWED_HOSTS = ["*"]
DEMO_ALLOWED = True
PAYMENT_GATEWAY = "marketplace.procurement.gateways.sandbox.SandboxGateway"
SERVE_MEDIA = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
OUTBOX_MAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING["root"]["level"] = os.environ.get("LOG_LEVEL", "WARNING")

# Each process of the suite has two Valkey databases of its own: 2 and 3, 4 and 5 …
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CACHES["default"]["LOCATION"] = f"{REDIS_URL}/{2 + 2 * _worker}"
# Each test sees what it has just changed.
CACHES["strangers"] = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
# The machine may be busy: what is slow here is not away.
CACHES["default"]["OPTIONS"] = {"socket_connect_timeout": 10, "socket_timeout": 10}
DATABASES["default"]["OPTIONS"]["connect_timeout"] = 20
READ_PATIENCE_SECONDS = WRITE_PATIENCE_SECONDS = 60.0
CELERY_BROKER_URL = f"{REDIS_URL}/{3 + 2 * _worker}"
