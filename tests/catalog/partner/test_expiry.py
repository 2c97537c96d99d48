"""Reservations end by themselves: the beat sees to it every minute, and whoever buys does not wait for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog.partner import services, tasks
from catalog.partner.models import Reservation, StockMovement
from catalog.partner.queries import stock_differences
from marketplace.celery import app
from marketplace.settings.celery import CELERY_BEAT_SCHEDULE
from tests.factories import goods

pytestmark = pytest.mark.django_db


def test_the_beat_gives_back_what_has_run_out_every_minute_and_the_history_says_so() -> None:
    entry = CELERY_BEAT_SCHEDULE["expire-reservations"]
    app.loader.import_default_modules()
    assert (app.tasks[entry["task"]].run, entry["schedule"]) == (tasks.expire_reservations.run, 60.0)
    begun = timezone.now() - timedelta(hours=72)
    record = goods.stock_record(in_stock=10, now=begun)
    for key, hours in (("request:1", 71), ("request:2", 73)):
        end = begun + timedelta(hours=hours)
        services.reserve(source_key=key, lines={record.pk: 4}, expires_at=end, now=begun)
    for _twice in range(2):
        tasks.expire_reservations()
    record.refresh_from_db()
    assert (record.num_allocated, Reservation.objects.get().source_key) == (4, "request:2")
    movements = record.movements.order_by("pk").values_list("reason", "source_key", "delta_allocated")
    assert list(movements)[1:] == [
        ("reserved", "request:1", 4), ("reserved", "request:2", 4), ("expired", "request:1", -4),
    ]  # fmt: skip
    assert stock_differences() == []


def test_every_change_of_stock_has_its_reason_in_the_history() -> None:
    """Each reason that there is, once, with what it changed in stock and in what is reserved."""
    now = goods.NOW
    record, later = goods.stock_record(in_stock=10, now=now), now + timedelta(hours=1)
    services.reserve(source_key="a", lines={record.pk: 2}, expires_at=None, now=now)
    services.release(source_key="a", now=now)
    services.reserve(source_key="b", lines={record.pk: 3}, expires_at=later, now=now)
    services.expire_reservations(now=later)
    services.reserve(source_key="c", lines={record.pk: 5}, expires_at=None, now=later)
    services.free(source_key="c", lines={record.pk: 1}, now=later, reason="cancelled:buyer")
    services.ship(source_key="c", lines={record.pk: 4}, now=later)
    movements = record.movements.order_by("pk")
    assert list(movements.values_list("reason", "delta_in_stock", "delta_allocated")) == [
        ("counted", 10, 0),
        ("reserved", 0, 2),
        ("released", 0, -2),
        ("reserved", 0, 3),
        ("expired", 0, -3),
        ("reserved", 0, 5),
        ("freed", 0, -1),
        ("shipped", -4, -4),
    ]
    assert set(movements.values_list("reason", flat=True)) == set(StockMovement.Reason.values)
    assert stock_differences() == []
