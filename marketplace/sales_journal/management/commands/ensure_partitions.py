"""`manage.py ensure_partitions`: the journal has a partition for each of the next ten years."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from marketplace.core.database.roles import as_owner
from marketplace.core.periods import shanghai_day
from marketplace.sales_journal import partitions


class Command(BaseCommand):
    """Makes the partitions that are missing, as the role that owns the tables."""

    help = "Make the sales journal's partitions for the next ten years, as the owner's role."

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner():
            made = partitions.ensure_partitions(today=shanghai_day(timezone.now()))
        self.stdout.write("\n".join(made) or "No partition was missing.")
