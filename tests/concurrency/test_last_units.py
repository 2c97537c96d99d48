"""The rush for the last units: without the guard it oversells, with it all is sold and nothing twice."""

import threading
from collections.abc import Iterable
from datetime import datetime

import pytest
from django.db import connection

from catalog.partner import services as stock
from catalog.partner.models import StockRecord
from catalog.partner.services import reservations
from catalog.partner.services.ledger import lock_rows
from marketplace.core.database.roles import as_owner
from tests.soak.last_units import BUYERS, rush
from tests.threads import PATIENCE_SECONDS

A_FEW = 16


@pytest.mark.usefixtures("race_database_of_module")
@pytest.mark.parametrize("seed", range(5))
def test_the_last_units_are_sold_once_and_nothing_that_is_wanted_is_left_over(seed: int) -> None:
    found = rush(seed)
    assert found.is_sound, found
    assert 0 < found.buyers_served < BUYERS


@pytest.mark.usefixtures("race_database")
def test_without_the_guard_the_same_rush_oversells(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is left is read before the lock, no constraint stands behind: a quarter of the buyers will do."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE partner_stockrecord DROP CONSTRAINT stock_never_oversold")
    together, all_have_looked = threading.Barrier(A_FEW), threading.Event()

    def look(stock_record_ids: Iterable[int], _now: datetime) -> dict[int, int]:
        records = StockRecord.objects.in_bulk(list(stock_record_ids))
        if not all_have_looked.is_set():
            together.wait(PATIENCE_SECONDS)
            all_have_looked.set()
        lock_rows(records)
        return {pk: record.net_stock_level for pk, record in records.items()}

    monkeypatch.setattr(stock, "lock_stock", lambda _ids: None)  # it holds up the others as well
    monkeypatch.setattr(reservations, "lock_available", look)
    found = rush(0, A_FEW)
    assert found.oversold > 0
    assert not found.is_sound
