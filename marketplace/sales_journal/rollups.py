"""Roll-ups: what a posting adds to them, in one query each and in the order of their keys."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.db import connection

from marketplace.core.periods import month_of
from marketplace.sales_journal.kinds import Basis
from marketplace.sales_journal.models import CampaignTotal, DailyTotal, JournalEntry, MonthlyTotal

COLUMNS = ("contracted_fen", "accepted_fen", "paid_fen", "contracted_grams", "accepted_grams")
# Sorted by the primary key, so that two transactions that meet wait for each other and never in a circle.
# Django's update_conflicts would overwrite; this adds to what others have committed meanwhile.
ADD = """
INSERT INTO {table} AS kept ({keys}, {columns})
SELECT * FROM unnest({arrays}) AS added ({keys}, {columns}) ORDER BY 1, 2
ON CONFLICT ({conflict}) DO UPDATE SET {additions}
"""
DAILY_KEYS = {"day": "date", "village_code": "text", "county_code": "text"}
MONTHLY_KEYS = {"month": "date", "county_code": "text"}
CAMPAIGN_KEYS = {"campaign_id": "bigint", "county_code": "text"}

Key = tuple[dt.date, str] | tuple[dt.date, str, str] | tuple[int, str]


def add(entries: Sequence[JournalEntry]) -> None:
    """Adds the entries to the daily, the monthly and the campaigns' totals.

    Two queries, however many entries, and a third if any of them belongs to a campaign.
    """
    daily = ((entry.counted_on, entry.village_code, entry.county_code) for entry in entries)
    monthly = ((month_of(entry.counted_on), entry.county_code) for entry in entries)
    _upsert(DailyTotal._meta.db_table, DAILY_KEYS, _sums(daily, entries))
    _upsert(MonthlyTotal._meta.db_table, MONTHLY_KEYS, _sums(monthly, entries))
    by_campaign = [(entry.campaign_id, entry) for entry in entries if entry.campaign_id is not None]
    if by_campaign:
        keys = ((campaign_id, entry.county_code) for campaign_id, entry in by_campaign)
        sums = _sums(keys, [entry for _campaign_id, entry in by_campaign])
        _upsert(CampaignTotal._meta.db_table, CAMPAIGN_KEYS, sums)


def _sums(keys: Iterable[Key], entries: Sequence[JournalEntry]) -> dict[Key, list[int]]:
    sums: dict[Key, list[int]] = defaultdict(lambda: [0] * len(COLUMNS))
    for key, entry in zip(keys, entries, strict=True):
        row = sums[key]
        row[COLUMNS.index(f"{entry.basis}_fen")] += entry.amount_fen
        if entry.basis != Basis.PAID:  # money that moves has no weight
            row[COLUMNS.index(f"{entry.basis}_grams")] += entry.weight_grams
    return sums


def _upsert(table: str, keys: dict[str, str], sums: dict[Key, list[int]]) -> None:
    types = [*keys.values(), *["bigint"] * len(COLUMNS)]
    statement = ADD.format(
        table=table,
        keys=", ".join(keys),
        columns=", ".join(COLUMNS),
        conflict=", ".join(list(keys)[:2]),
        arrays=", ".join(f"%s::{type_}[]" for type_ in types),
        additions=", ".join(f"{name} = kept.{name} + excluded.{name}" for name in COLUMNS),
    )
    rows = [(*key, *sums[key]) for key in sorted(sums)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(column) for column in zip(*rows, strict=True)])
