"""The rush for the last units: without the guard it oversells, with it all is sold and nothing twice."""

import threading
from collections.abc import Iterable
from datetime import datetime

import pytest
from django.db import connection

from catalog.partner.querysets import StockRecordQuerySet
from catalog.partner.services import reservations
from catalog.partner.services.ledger import lock_available
from marketplace.core.database.roles import as_owner
from tests.soak.last_units import BUYERS, rush
from tests.threads import PATIENCE_SECONDS


@pytest.mark.usefixtures("race_database_of_module")
@pytest.mark.parametrize("seed", range(5))
def test_the_last_units_are_sold_once_and_nothing_that_is_wanted_is_left_over(seed: int) -> None:
    found = rush(seed)
    assert found.is_sound, found
    assert 0 < found.buyers_served < BUYERS


@pytest.mark.usefixtures("race_database")
def test_without_the_guard_the_same_rush_oversells(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stock records are read without a lock, and no constraint stands behind what was read."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partner_stockrecord DROP CONSTRAINT stock_never_oversold")
    all_have_looked, mine, available = threading.Barrier(BUYERS), threading.local(), lock_available

    def look(stock_record_ids: Iterable[int], now: datetime) -> dict[int, int | None]:
        seen = available(stock_record_ids, now)
        if not hasattr(mine, "has_looked"):
            mine.has_looked = True
            all_have_looked.wait(PATIENCE_SECONDS)
        return seen

    monkeypatch.setattr(StockRecordQuerySet, "locked", lambda records: records.order_by("pk"))
    monkeypatch.setattr(reservations, "lock_available", look)
    found = rush(0)
    assert found.oversold > 0
    assert not found.is_sound
