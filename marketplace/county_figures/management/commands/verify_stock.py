"""`manage.py verify_stock`: does the stock agree with its movements, reservations, orders and requests?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from catalog.partner.models import StockRecord
from marketplace.county_figures import stock_checks


class Command(BaseCommand):
    """Exits with 1 if anything differs."""

    help = "Recompute every stock record from movements, reservations, orders and requests; name differences."

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(stock_checks.differences(timezone.now()))
        for difference in found:
            self.stderr.write(str(difference))
        if found:
            raise CommandError(f"{len(found)} differences: the stock is wrong until each is explained.")
        self.stdout.write(f"{StockRecord.objects.count()} stock records, no difference.")
