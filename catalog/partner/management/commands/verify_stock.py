"""`manage.py verify_stock`: does every stock record agree with its reservations and movements?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from catalog.partner.models import StockRecord
from catalog.partner.queries import stock_differences


class Command(BaseCommand):
    """Names every difference and exits with 1 if there is one."""

    help = "Recompute every stock record from its reservations and movements; exit 1 if anything differs."

    def handle(self, *args: Any, **options: Any) -> None:
        differences = stock_differences()
        for difference in differences:
            self.stdout.write(
                f"stock record {difference.stock_record_id}: {difference.name}: "
                f"{difference.stored}, computed {difference.computed}"
            )
        if differences:
            raise CommandError(f"{len(differences)} differences", returncode=1)
        self.stdout.write(f"{StockRecord.objects.count()} stock records, no difference")
