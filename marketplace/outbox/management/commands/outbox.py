"""`manage.py outbox`: what is set aside and why; with --retry ID …, another try."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from marketplace.outbox import relay
from marketplace.outbox.models import OutboxMessage


class Command(BaseCommand):
    """Shows and revives messages that failed too often."""

    help = "List the messages that were set aside, or try some of them again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--retry", type=int, nargs="+", metavar="ID", help="numbers of messages to try again"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["retry"]:
            count = relay.retry_set_aside(
                chosen=OutboxMessage.objects.filter(pk__in=options["retry"]), now=timezone.now()
            )
            self.stdout.write(f"{count} of {len(options['retry'])} messages wait again.")
            return
        for message in OutboxMessage.objects.set_aside():
            self.stdout.write(f"{message.pk}\t{message.topic}\t{message.set_aside_at}\t{message.last_error}")
