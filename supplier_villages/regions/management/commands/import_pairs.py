"""`manage.py import_pairs FILE`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import ngettext

from marketplace.core.tabular import TableError
from supplier_villages.regions.assistance import import_pairs


class Command(BaseCommand):
    """Imports pairs of a helping and a helped region from a CSV file."""

    help = (
        "Import paired assistance from a CSV file with the columns helper_region_code, helped_region_code, "
        "kind, level, valid_from, valid_to (the last day) and confidence; helper_name, helped_name, source "
        "and note may be there."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file in UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = import_pairs(path=options["file"])
        except TableError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(ngettext("%(count)d pair.", "%(count)d pairs.", count) % {"count": count})
