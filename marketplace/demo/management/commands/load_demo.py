"""`manage.py load_demo [--seed N] [--scale large]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.demo.loading import DemoRefused, load
from marketplace.demo.scale.large import enlarge

NORMAL, LARGE = "normal", "large"


class Command(BaseCommand):
    """Loads the demo: real specialties and villages, a year of purchases up to today."""

    help = "Load the demo data; a repeat changes nothing"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seed", type=int, default=2020, help="the same seed and day give the same figures"
        )
        parser.add_argument(
            "--scale",
            choices=(NORMAL, LARGE),
            default=NORMAL,
            help="large: 10,000 products, 1,000 categories and 200,000 order lines, to measure with",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        now = timezone.now()
        try:
            loaded = load(seed=options["seed"], now=now)
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["scale"] == LARGE:
            loaded |= self.enlarged(now)
        self.stdout.write(_("The demo is loaded.") if loaded else _("The demo is there already."))

    def enlarged(self, now: Any) -> bool:
        """Whether the copies were missing; with them, a difference in figures or stock is an error."""
        if not enlarge(now=now, tell=self.stdout.write):
            return False
        for verify in ("verify_sales", "verify_stock"):
            call_command(verify, stdout=self.stdout, stderr=self.stderr)
        return True
