"""What the suite tries a little, for an hour: python -m tests.soak 50 100 10000 (rushes, keys, histories)."""

import os
import sys

import django
from django.conf import settings

from marketplace import embedded

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.test")
    with embedded.lease(profile="test"):
        django.setup()
        # Only now: they import models.
        from marketplace.core.translations import catalogs
        from tests.soak import running

        catalogs.compile_changed(settings.LOCALE_PATHS)
        running.main(*map(int, sys.argv[1:]))
