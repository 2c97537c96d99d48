"""Regions, written: the import of the tree. Pairs and supervision have their own module, assistance.py."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from supplier_villages.regions import bulk
from supplier_villages.regions.models import RegionImport, RegionSuccession
from supplier_villages.regions.sources import SourceSuccession, digest_of, read_sources


@dataclass(frozen=True)
class ImportedRegions:
    """What an import did; all zero where the sources were the same as last time."""

    created: int = 0
    changed: int = 0
    closed: int = 0


@transaction.atomic
def import_regions(*, directory: Path, now: dt.datetime, compare_all: bool = False) -> ImportedRegions:
    """The regions of the directory's files, in force; those that the files no longer name end today.

    The changes of code become those of the files.

    The same files as last time are not compared again, unless `compare_all`.

    Raises:
        TableError: a mistake in a file; nothing is written then.
    """
    bulk.lock_import()
    digest = digest_of(directory)
    last = RegionImport.objects.order_by("-pk").first()
    if last and last.digest == digest and not compare_all:
        return ImportedRegions()
    sources = read_sources(directory)
    done = ImportedRegions(*bulk.replace_regions(regions=sources.regions, today=timezone.localdate(now)))
    _write_successions(sources.successions)
    RegionImport.objects.create(
        digest=digest, imported_at=now, created=done.created, changed=done.changed, closed=done.closed
    )
    return done


def _write_successions(successions: list[SourceSuccession]) -> None:
    """The changes of code are exactly these: a withdrawn one could lead back to where another begins."""
    RegionSuccession.objects.exclude(old_code__in=[each.old_code for each in successions]).delete()
    RegionSuccession.objects.bulk_create(
        [
            RegionSuccession(
                old_code=each.old_code,
                old_name=each.old_name,
                new_id=each.new_code,
                changed_after=each.changed_after,
            )
            for each in successions
        ],
        update_conflicts=True,
        unique_fields=["old_code"],
        update_fields=["old_name", "new", "changed_after"],
    )
