"""`manage.py verify_sales [--month 2020-03]`: recomputes the figures and names what differs."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.periods import Window
from marketplace.county_figures import verification

# Every day that can have a partition.
ALWAYS = Window(dt.date(1970, 1, 1), dt.date(9999, 1, 1))


class Command(BaseCommand):
    """Exits with 1 if anything differs."""

    help = "Recompute the sales figures from the journal and name every difference."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--month", help="one month only, YYYY-MM")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(verification.differences(_window(options["month"])))
        for difference in found:
            self.stderr.write(str(difference))
        if found:
            raise CommandError(f"{len(found)} differences: the figures are wrong until each is explained.")
        self.stdout.write("No difference.")


def _window(month: str | None) -> Window:
    if month is None:
        return ALWAYS
    try:
        return Window.month(dt.datetime.strptime(month, "%Y-%m").date())  # noqa: DTZ007 -- a month has no zone
    except ValueError:
        raise CommandError(f"--month {month!r} is no month: write it as YYYY-MM, such as 2020-03.") from None
