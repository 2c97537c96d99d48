"""Regions into the database in bulk: COPY into a temporary table, then only what differs is written.

Raw SQL, because 123,000 rows are to take seconds, and a second import is to write nothing.
"""

import datetime as dt
from collections.abc import Iterable

from django.db import connection

from supplier_villages.regions.committees import is_village_committee
from supplier_villages.regions.pinyin import pinyin_of
from supplier_villages.regions.sources import SourceRegion

# One import at a time; any number will do.
LOCK = "SELECT pg_advisory_xact_lock(7202001)"

STAGE = """
    DROP TABLE IF EXISTS pg_temp.incoming_region;
    CREATE TEMPORARY TABLE incoming_region (
        code varchar(12) COLLATE "C" PRIMARY KEY, level varchar(10) NOT NULL,
        parent_id varchar(12) COLLATE "C", name varchar(100) NOT NULL,
        pinyin varchar(300) NOT NULL, initials varchar(100) NOT NULL, is_rural boolean NOT NULL
    ) ON COMMIT DROP
"""
FILL = "COPY incoming_region (code, level, parent_id, name, pinyin, initials, is_rural) FROM STDIN"

# xmax is 0 in a row that this statement inserted, and set in one that it updated.
WRITE = """
    WITH written AS (
        INSERT INTO regions_region AS region (code, level, parent_id, name, pinyin, initials, is_rural)
        SELECT code, level, parent_id, name, pinyin, initials, is_rural FROM incoming_region
        ON CONFLICT (code) DO UPDATE SET
            level = excluded.level, parent_id = excluded.parent_id, name = excluded.name,
            pinyin = excluded.pinyin, initials = excluded.initials, is_rural = excluded.is_rural,
            valid_to = NULL
        WHERE (region.level, region.parent_id, region.name, region.pinyin, region.initials, region.is_rural,
               region.valid_to)
            IS DISTINCT FROM (excluded.level, excluded.parent_id, excluded.name, excluded.pinyin,
                excluded.initials, excluded.is_rural, NULL)
        RETURNING region.xmax = 0 AS is_new
    )
    SELECT count(*) FILTER (WHERE is_new), count(*) FILTER (WHERE NOT is_new) FROM written
"""

# A region that began today cannot end today: its window would be empty. The next import closes it.
CLOSE = """
    UPDATE regions_region AS region SET valid_to = %(today)s
    WHERE valid_to IS NULL AND (valid_from IS NULL OR valid_from < %(today)s)
      AND NOT EXISTS (SELECT FROM incoming_region AS incoming WHERE incoming.code = region.code)
"""


def replace_regions(*, regions: Iterable[SourceRegion], today: dt.date) -> tuple[int, int, int]:
    """How many regions were added, changed and closed, so that those open now are exactly the given ones."""
    with connection.cursor() as cursor:
        cursor.execute(STAGE)
        with cursor.copy(FILL) as copy:
            for region in regions:
                copy.write_row(_staged(region))
        cursor.execute("ANALYZE incoming_region")
        cursor.execute(WRITE)
        created, changed = cursor.fetchone()
        cursor.execute(CLOSE, {"today": today})
        closed = cursor.rowcount
        cursor.execute("DROP TABLE incoming_region")
    return created, changed, closed


def lock_import() -> None:
    """Waits until no other import of regions is under way; holds until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


def _staged(region: SourceRegion) -> tuple[str | bool | None, ...]:
    rural = is_village_committee(region.code, region.name)
    return (region.code, region.level.value, region.parent, region.name, *pinyin_of(region.name), rural)
