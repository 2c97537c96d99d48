"""`manage.py compile_translations`: what Django reads from what translators wrote, if it changed."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from marketplace.core.translations import catalogs


class Command(BaseCommand):
    """Writes the .mo files that are missing or older than their .po file."""

    help = "Compile the translations that changed; needs no GNU gettext."
    requires_system_checks = ()

    def handle(self, *_: Any, **__: Any) -> None:
        for path in catalogs.compile_changed(settings.LOCALE_PATHS):
            self.stdout.write(f"Compiled {path.relative_to(settings.BASE_DIR)}")
