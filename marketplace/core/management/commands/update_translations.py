"""`manage.py update_translations [FILE …]`: the .po file as the sources are now."""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from marketplace.core.translations import catalogs
from marketplace.core.translations.extraction import source_messages


class Command(BaseCommand):
    """Adds new texts, drops those that no source has, keeps all translations; says what is untranslated."""

    help = "Bring locale/zh_Hans/LC_MESSAGES/django.po up to date with the sources."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="*", type=Path, help="further .po files whose translations fill what is empty"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        path = catalogs.po_file()
        known = [catalogs.read(each) for each in [path, *options["files"]]]
        merged = catalogs.merge(source_messages(), known)
        catalogs.write(merged, path)
        untranslated = [each for each in catalogs.texts(merged) if not catalogs.is_translated(each)]
        for message in untranslated:
            self.stdout.write(f"No translation yet: {message.id}")
        self.stdout.write(f"{len(merged)} texts, {len(untranslated)} without a translation.")
