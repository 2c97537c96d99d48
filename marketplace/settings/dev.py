"""A developer's machine and `make run`: embedded servers, mail to files, static files from the sources."""

import os

from marketplace.settings.base import *

SECRET_KEY = "only-for-development-and-never-in-production"  # noqa: S105 -- production reads its own
DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = ["*"]
DEMO_ALLOWED = True
SERVE_MEDIA = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
LOGGING["handlers"]["stderr"]["formatter"] = "console"
