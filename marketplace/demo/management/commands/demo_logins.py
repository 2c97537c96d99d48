"""`manage.py demo_logins`: who can log in to the demo."""

from typing import Any

from django.core.management.base import BaseCommand

from marketplace.accounts.models import User
from marketplace.demo.people import LOGINS, PASSWORD


class Command(BaseCommand):
    """Prints the demo's logins where the demo is loaded."""

    help = "Print the demo's logins"

    def handle(self, *args: Any, **options: Any) -> None:
        there = set(User.objects.filter(username__startswith="demo-").values_list("username", flat=True))
        for login in LOGINS:
            if login.username in there:
                self.stdout.write(f"{login.username:<16}{PASSWORD:<18}{login.name}　{login.task}")
