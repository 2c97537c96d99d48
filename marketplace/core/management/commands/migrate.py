"""`manage.py migrate`: as the owner's role, then the application's rights are set anew."""

from typing import Any

from django.core.management.commands.migrate import Command as DjangoMigrate

from marketplace.core.database.migrating import quick_states
from marketplace.core.database.roles import as_owner, grant_application_role


class Command(DjangoMigrate):
    """Django's migrate, run as the role that owns the tables."""

    def handle(self, *args: Any, **options: Any) -> None:
        with as_owner(), quick_states():
            super().handle(*args, **options)
            if not (options["plan"] or options["check_unapplied"]):
                grant_application_role()
