"""`manage.py import_supervision FILE`."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import ngettext

from marketplace.core.tabular import TableError
from supplier_villages.regions.supervision import import_supervision


class Command(BaseCommand):
    """Puts the regions that a CSV file marks on the list of 挂牌督战."""

    help = (
        "Import listed supervision from a CSV file with the columns region_code (or code12, or "
        "helped_region_code) and listed_supervision (or listed_supervision_2020): yes or no. Without "
        "supervised_from and supervised_to (the last day) a region is listed for the year 2020."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file in UTF-8")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            count = import_supervision(path=options["file"])
        except TableError as error:
            raise CommandError(str(error)) from error
        message = ngettext("%(count)d region is listed.", "%(count)d regions are listed.", count)
        self.stdout.write(message % {"count": count})
