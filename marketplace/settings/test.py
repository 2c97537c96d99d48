"""The tests: fast hashing, mail in memory; the database and Valkey are real."""

import os

from marketplace.settings.base import *

SECRET_KEY = "only-for-tests"  # noqa: S105 -- production reads its own
ALLOWED_HOSTS = ["*"]
DEMO_ALLOWED = True
SERVE_MEDIA = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING["root"]["level"] = "WARNING"

# Each process of the suite has a Valkey database of its own: 2 for the first worker, 3 for the second …
_worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
CACHES["default"]["LOCATION"] = f"{REDIS_URL}/{2 + _worker}"
