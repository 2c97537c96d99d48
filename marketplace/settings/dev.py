"""A developer's machine and `make run`: embedded servers, mail to files, static files from the sources."""

import os

from marketplace.settings.base import *

SECRET_KEY = "only-for-development-and-never-in-production"  # noqa: S105 -- production reads its own
DEBUG = os.environ.get("DEBUG") == "1"
ALLOWED_HOSTS = ["*"]
DEMO_ALLOWED = True
PAYMENT_GATEWAY = "marketplace.procurement.gateways.sandbox.SandboxGateway"
SERVE_MEDIA = True
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Where `make run` shows it: what went wrong, not every request and task.
LOGGING["root"]["level"] = os.environ.get("LOG_LEVEL", "WARNING")
LOGGING["handlers"]["stderr"]["formatter"] = "console"
