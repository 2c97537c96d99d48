"""An unforked Oscar beside ours: python -m tests.benchmarks 10000 60 (products, seconds a round may take)."""

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
        from tests.benchmarks import side_by_side

        catalogs.compile_changed(settings.LOCALE_PATHS)
        side_by_side.main(int(sys.argv[1]), float(sys.argv[2]))
