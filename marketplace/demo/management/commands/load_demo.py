"""`manage.py load_demo [--seed N]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from marketplace.demo.loading import DemoRefused, load


class Command(BaseCommand):
    """Loads the demo: real specialties and villages, a year of purchases up to today."""

    help = "Load the demo data; a repeat changes nothing"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--seed", type=int, default=2020, help="the same seed and day give the same figures"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load(seed=options["seed"], now=timezone.now())
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(_("The demo is loaded.") if loaded else _("The demo is there already."))
