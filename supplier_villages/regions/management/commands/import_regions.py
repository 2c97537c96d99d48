"""`manage.py import_regions`: the region tree from the vendored files, or from newer ones."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext

from marketplace.core.tabular import TableError
from supplier_villages.regions.services import ImportedRegions, import_regions
from supplier_villages.regions.sources import VENDORED


class Command(BaseCommand):
    """Imports provinces to villages; the same files again change nothing."""

    help = "Import the regions of China, from province to village."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dir",
            type=Path,
            default=VENDORED,
            help="folder with files of the same names and columns as the vendored ones",
        )
        parser.add_argument(
            "--compare-all",
            action="store_true",
            help="compare every region even if the files are the same as last time",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = import_regions(
                directory=options["dir"], now=timezone.now(), compare_all=options["compare_all"]
            )
        except TableError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_summary(done))


def _summary(done: ImportedRegions) -> str:
    if done == ImportedRegions():
        return gettext("The regions are up to date.")
    return gettext("Regions: %(created)d added, %(changed)d changed, %(closed)d closed.") % {
        "created": done.created,
        "changed": done.changed,
        "closed": done.closed,
    }
