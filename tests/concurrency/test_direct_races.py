"""One key sent twice at once: without the lock on the key one sender fails, with it both get the request."""

from __future__ import annotations

from datetime import datetime
from threading import Barrier
from typing import Any

import pytest
from django.db import IntegrityError

from catalog.partner import services as stock
from catalog.partner.models import StockRecord
from marketplace.procurement.models import PurchaseRequest
from marketplace.procurement.services import direct
from tests.factories import trade
from tests.threads import PATIENCE_SECONDS, run_together

NOW = datetime.fromisoformat("2020-03-15T10:00:00+08:00")

pytestmark = pytest.mark.usefixtures("race_database")


def sent_twice() -> tuple[list[object], StockRecord]:
    """What two senders of the same body with the same key get."""
    trade.land()
    school, record = trade.unit(), trade.goods(trade.seller(), NOW)

    def send() -> object:
        try:
            return direct.submit_lines(
                user=school.requester, institution=school.institution, key="k",
                lines={record.pk: direct.Wanted(300)}, delivery=trade.delivery(), now=NOW,
            ).pk  # fmt: skip
        except IntegrityError as error:
            return type(error)

    found = run_together([send, send])
    record.refresh_from_db()
    return found, record


def test_without_the_lock_one_of_them_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    barrier = Barrier(2)
    frozen = direct.freeze

    def freeze_together(*arguments: Any) -> PurchaseRequest:
        barrier.wait(PATIENCE_SECONDS)
        return frozen(*arguments)

    monkeypatch.setattr(direct, "advisory_lock", lambda *_arguments: None)
    monkeypatch.setattr(stock, "lock_stock", lambda _ids: None)  # it holds up the other as well
    monkeypatch.setattr(direct, "freeze", freeze_together)
    found, _record = sent_twice()
    assert IntegrityError in found


def test_both_get_the_one_request() -> None:
    found, record = sent_twice()
    assert found == [PurchaseRequest.objects.get().pk] * 2
    assert record.net_stock_level == 700
