"""The tests: fast hashing, mail in memory; the database and Valkey are real."""

from marketplace.settings.base import *

SECRET_KEY = "only-for-tests"  # noqa: S105 -- production reads its own
ALLOWED_HOSTS = ["*"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING["root"]["level"] = "WARNING"
