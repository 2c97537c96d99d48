"""Figures over a long journal: python -m tests.benchmarks.figures 10000000 1000000 (rows)."""

import os
import sys

import django

from marketplace import embedded

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.test")
    with embedded.lease(profile="test"):
        django.setup()
        # Only now: it imports models.
        from tests.benchmarks.figures import command

        command.main(int(sys.argv[1]), int(sys.argv[2]))
